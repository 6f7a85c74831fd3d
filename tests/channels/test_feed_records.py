"""Feeds as they come, good and bad: every record, or the line that was none, and never the rest."""

import codecs
import csv
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.channels.feed_lines import LONGEST_LINE, in_utf8, lines_of
from bridge_app.channels.feed_records import records_of
from bridge_app.domain.product_feed import Fault, FeedUnreadableError, Finding

HEADER = "sku,product_name,updated_at\n"


def in_pieces(data: bytes, size: int = 7) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def read(
    data: str | bytes, names: dict[str, str] | None = None, *, size: int = 4096, encoding: str = ""
) -> tuple[dict[int, dict[str, object]], list[tuple[int, Fault]]]:
    raw = data.encode() if isinstance(data, str) else data
    good, bad = {}, []
    for one in records_of(in_utf8(in_pieces(raw, size), encoding), names or {}):
        if isinstance(one, Finding):
            bad.append((one.line, one.code))
        else:
            good[one[0]] = dict(one[1])
    return good, bad


@pytest.mark.parametrize("size", [1, 7, 4096])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_with_and_without_a_mark(size: int, mark: bytes, end: str) -> None:
    text = HEADER + 'a,"Jacke, ""Gr\u00e4t""\nrot",x\nb,Coat,y'
    good, bad = read(mark + text.replace("\n", end).encode(), size=size)
    assert not bad
    assert [one["sku"] for one in good.values()] == ["a", "b"]
    assert str(good[2]["product_name"]).split() == ["Jacke,", '"Gr\u00e4t"', "rot"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_what_says_its_encoding_is_read_in_it(encoding: str) -> None:
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    good, bad = read(mark + (HEADER + "a,Gr\u00e4t,x\n").encode(encoding), size=3)
    assert (good[2]["product_name"], bad) == ("Gr\u00e4t", [])


def test_another_encoding_costs_its_lines_or_is_named() -> None:
    data = (HEADER + "a,Gr\u00e4t,x\nb,Coat,y\n").encode("latin-1")
    assert read(data) == (
        {3: {"sku": "b", "product_name": "Coat", "updated_at": "y"}},
        [(2, Fault.ENCODING)],
    )
    good, bad = read(data, encoding="latin-1")
    assert (good[2]["product_name"], bad) == ("Gr\u00e4t", [])
    with pytest.raises(FeedUnreadableError):
        read(data, encoding="klingon")


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_found_by_the_header(separator: str) -> None:
    text = (HEADER + "a,Coat,x\n").replace(",", separator)
    assert read(text)[0][2] == {"sku": "a", "product_name": "Coat", "updated_at": "x"}


def test_mixed_separators_and_missing_cells_cost_their_lines() -> None:
    good, bad = read(HEADER + "a;Coat;x\nb,Coat\nc,Coat,x\n\n  \n")
    assert list(good) == [4]
    assert bad == [(2, Fault.SEPARATOR), (3, Fault.COLUMNS)]


def test_without_its_needed_columns_nothing_of_a_table_is_taken() -> None:
    good, bad = read("article,product_name\na,Coat\n")
    assert not good
    assert (1, Fault.MISSING_COLUMN) in bad


def test_columns_of_other_names_are_read_as_ours() -> None:
    good, bad = read(
        "Artikel,Datum,Farbe,x_erp\na,2026-01-01,red,7\n", {"Artikel": "sku", "Datum": "updated_at"}
    )
    assert (good[2]["sku"], good[2]["x_erp"]) == ("a", "7")
    assert bad == [(1, Fault.UNKNOWN_COLUMN)]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line() -> None:
    good, bad = read(HEADER + 'a,"Coat,x\n' + "".join(f"b{n},Coat,x\n" for n in range(900)))
    assert bad == [(2, Fault.OPEN_QUOTE)]
    assert len(good) == 900


def test_a_line_of_any_length_is_passed_over_and_little_of_it_is_held() -> None:
    def chunks() -> Iterator[bytes]:
        yield HEADER.encode()
        yield b"a,Coat"
        for _ in range(256):
            yield b"x" * (1 << 18)
        yield b"\nb,Coat,y\n"

    found = list(records_of(chunks(), {}))
    assert isinstance(found[0], Finding)
    assert (found[0].line, found[0].code) == (2, Fault.LINE_TOO_LONG)
    assert [one[0] for one in found[1:] if not isinstance(one, Finding)] == [3]


@given(st.binary(max_size=400), st.integers(1, 9))
def test_lines_are_those_of_the_text_however_it_is_cut(data: bytes, size: int) -> None:
    wanted = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    if wanted[-1] == b"" and not data.endswith(b"\r"):
        wanted.pop()
    found = [line.data for line in lines_of(in_pieces(data, size))]
    assert found == wanted


PRODUCTS = [{"sku": "a", "media": [{"slot": "hero"}]}, {"sku": 'b"]}', "n": {"x": [1]}}]


@pytest.mark.parametrize("size", [1, 5, 4096])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("inside", [False, True])
def test_one_document_is_read_item_by_item(size: int, indent: int | None, inside: bool) -> None:
    whole = {"products": PRODUCTS, "next": ["x"]} if inside else PRODUCTS
    data = json.dumps(whole, indent=indent).encode()
    found = list(records_of(in_pieces(data, size), {}))
    assert [one[1] for one in found if not isinstance(one, Finding)] == PRODUCTS


@pytest.mark.parametrize("size", [1, 4096])
def test_json_lines_cost_a_bad_line_itself(size: int) -> None:
    lines = ['{"sku":"a"}', "{oops", "[1]", '{"sku":NaN}', "", '{"sku":"b"}', '{"sku":"Gr\\ud800"}']
    good, bad = read("\n".join(lines), size=size)
    assert [one["sku"] for one in good.values()] == ["a", "b", "Gr\ud800"]
    assert bad == [(2, Fault.BAD_JSON), (3, Fault.NO_OBJECT), (4, Fault.BAD_JSON)]


def test_deep_nesting_is_refused_before_it_is_read() -> None:
    deep = '{"sku":' + "[" * 5000 + "]" * 5000 + "}"
    assert read('{"sku":"a"}\n' + deep)[1] == [(2, Fault.BAD_JSON)]


@pytest.mark.parametrize(
    ("document", "line", "fault"),
    [
        ('[{"sku":"a"},\n1]', 2, Fault.NO_OBJECT),
        ('[{"sku":"a"},\n"b"]', 2, Fault.NO_OBJECT),
        ('[{"sku":"a"},\n["b"]]', 2, Fault.NO_OBJECT),
        ('[{"sku":"a"}\n' + "," + "[" * 5000 + "]" * 5000 + "]", 2, Fault.BAD_JSON),
        ('[{"sku":"a"},\n', 2, Fault.BAD_JSON),
        ('{"products":[\n{"sku":"a"}]', 2, Fault.BAD_JSON),
        ('{"products":[\n{"sku":"a"}], "next": "b', 2, Fault.BAD_JSON),
    ],
)
def test_what_is_no_product_in_a_document_and_one_that_is_cut_off_is_told(
    document: str, line: int, fault: Fault
) -> None:
    good, bad = read(document)
    assert [one["sku"] for one in good.values()] == ["a"]
    assert bad == [(line, fault)]


def test_an_item_beyond_all_measure_is_passed_over() -> None:
    large = json.dumps({"sku": "x" * (LONGEST_LINE + 1)})
    good, bad = read(f'[{{"sku":"a"}},\n{large},\n{{"sku":"b"}}]')
    assert [one["sku"] for one in good.values()] == ["a", "b"]
    assert bad == [(2, Fault.LINE_TOO_LONG)]


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_feed_without_anything_is_told_to_be_empty(text: str) -> None:
    assert read(text) == ({}, [(1, Fault.NO_LINES)])


@given(st.binary(max_size=300), st.sampled_from([b"", b"[", b"{", HEADER.encode()]))
def test_whatever_comes_it_is_read_to_its_end(data: bytes, start: bytes) -> None:
    read(start + data, size=11)


@pytest.mark.parametrize("encoding", ["hex", "rot13", "idna", "undefined", "a\0b", "klingon"])
def test_what_is_no_encoding_of_text_is_told(encoding: str) -> None:
    with pytest.raises(FeedUnreadableError):
        read(HEADER + "a,Coat,x\n", encoding=encoding)


def test_a_first_line_that_is_one_long_cell_is_told_and_nothing_else() -> None:
    csv.field_size_limit(131_072)  # as Python has it, before any table was read
    good, bad = read("a" * 200_000 + "\nb,Coat,y\n")
    assert not good
    assert (1, Fault.MISSING_COLUMN) in bad


def test_a_number_that_no_number_is_costs_its_row() -> None:
    good, bad = read('{"sku":"a","x_price":1e999}\n{"sku":"b","x_price":1e99}\n')
    assert (list(good), bad) == ([2], [(1, Fault.BAD_JSON)])
