"""Rows of product feeds: what is taken, what is refused and why, and how rows become products."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.product_feed import (
    Fault,
    Feed,
    FeedResult,
    Finding,
    MediaLink,
    ProductKey,
    push_key,
    result_from,
    result_text,
)
from bridge_app.domain.product_feed_check import check_feed
from bridge_app.domain.product_feed_groups import product_of
from bridge_app.domain.product_feed_names import (
    DEFAULT_PATTERN,
    NamePatternError,
    images_named,
    name_patterns,
    sku_key,
)
from bridge_app.domain.product_feed_out import COLUMNS, neutralised, table_line
from bridge_app.domain.product_feed_rows import Row, is_checked, row_of
from bridge_app.domain.product_feed_use import EU_MEMBERS, Words, folder_of, held_back, uses_of
from bridge_app.domain.reasons import Reason

GOOD = {"sku": "SKU-1", "product_name": "Jacket", "updated_at": "2026-11-20T08:00:00Z"}
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def taken(**cells: object) -> Row:
    row = row_of(GOOD | cells, 2)
    assert isinstance(row, Row), row
    return row


def refused(**cells: object) -> tuple[str, Fault]:
    found = row_of(GOOD | cells, 2)
    assert isinstance(found, Finding)
    assert found.message
    return found.field, found.code


def test_a_product_is_known_by_sku_market_and_language() -> None:
    assert taken().key == ProductKey("SKU-1", "WW", "en")
    assert taken(sku=" a ", market="de", language="pt-BR").key == ProductKey("a", "DE", "pt-BR")


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"sku": " "}, "sku", Fault.MISSING),
        ({"sku": "x" * 65}, "sku", Fault.TOO_LONG),
        ({"product_name": ""}, "product_name", Fault.MISSING),
        ({"product_name": "a\x00b"}, "product_name", Fault.BAD_TEXT),
        ({"product_name": "Ger\ufffdt"}, "product_name", Fault.ENCODING),
        ({"product_name": ["a"]}, "product_name", Fault.BAD_TEXT),
        ({"updated_at": ""}, "updated_at", Fault.MISSING),
        ({"updated_at": "2026-11-20T08:00:00"}, "updated_at", Fault.NAIVE_TIME),
        ({"updated_at": "yesterday"}, "updated_at", Fault.BAD_DATE),
        ({"rights_expires": "2026-02-30"}, "rights_expires", Fault.BAD_DATE),
        ({"rights_starts": "2027-01-01", "rights_expires": "2026-01-01"}, "rights_expires", None),
        ({"op": "remove"}, "op", Fault.BAD_OP),
        ({"gtin": "123"}, "gtin", Fault.BAD_GTIN),
        ({"campaign": "Spring 27"}, "campaign", Fault.BAD_CAMPAIGN),
        ({"market": "XX"}, "market", Fault.BAD_MARKET),
        ({"language": "german!"}, "language", Fault.BAD_LANGUAGE),
        ({"usage_rights": "web;tv"}, "usage_rights", Fault.BAD_USAGE),
        ({"media_ref": "hero.jpg", "slot": "hero"}, "media_ref", Fault.BAD_REF),
        ({"media_ref": "file:a.jpg"}, "slot", Fault.MISSING),
        ({"media_ref": "file:a.jpg", "slot": "front"}, "slot", Fault.BAD_SLOT),
        ({"media_ref": "file:a.jpg", "slot": "alt", "position": "-1"}, "position", None),
        ({"media": "file:a.jpg"}, "media", Fault.BAD_TEXT),
        ({"x_erp": "a" * 5000}, "x_erp", Fault.TOO_LONG),
    ],
)
def test_what_is_wrong_is_told_by_field_and_code(
    cells: dict[str, object], field: str, code: Fault | None
) -> None:
    found = refused(**cells)
    assert found[0] == field
    assert code in (None, found[1])


def test_a_bare_date_is_the_start_of_its_day_and_as_an_end_its_end() -> None:
    told = taken(rights_starts="2026-03-31", rights_expires="2026-03-31").told
    assert told["rights_starts"] == "2026-03-31T00:00:00.000000+00:00"
    assert told["rights_expires"] == "2026-04-01T00:00:00.000000+00:00"
    zoned = taken(embargo_until="2026-03-31T10:00:00+02:00").told["embargo_until"]
    assert zoned == "2026-03-31T08:00:00.000000+00:00"


def test_a_wrong_check_digit_is_only_worth_a_word() -> None:
    assert not taken(gtin="4012345678901").warnings
    assert [one.code for one in taken(gtin="4012345678902").warnings] == [Fault.GTIN_CHECK]


@given(st.text("0123456789", min_size=12, max_size=12))
def test_exactly_one_digit_checks_a_number(digits: str) -> None:
    assert sum(is_checked(f"{digits}{last}") for last in range(10)) == 1


def test_a_deletion_needs_no_name() -> None:
    row = row_of({"op": "delete", "sku": "SKU-1", "updated_at": "2026-11-20"}, 2)
    assert isinstance(row, Row)
    assert row.is_deletion


@given(
    st.dictionaries(
        st.sampled_from([*COLUMNS, "op", "media", "updated_at"]),
        st.one_of(
            st.text(), st.integers(), st.none(), st.booleans(), st.lists(st.text()), st.floats()
        ),
    )
)
def test_whatever_stands_in_a_row_it_is_taken_or_refused(cells: dict[str, object]) -> None:
    found = row_of(cells, 7)
    assert found.line == 7


# Rows of one product


def test_what_differs_between_rows_is_told_and_the_last_wins() -> None:
    rows = [taken(brand="North"), taken(brand="South"), taken()]
    product, warnings = product_of(rows, is_whole=True)
    assert product.told["brand"] == "South"
    assert [(one.code, one.field) for one in warnings if one.field == "brand"] == [
        (Fault.DIFFERING, "brand")
    ]


def test_images_without_a_position_come_after_those_with_one() -> None:
    rows = [
        taken(media_ref="file:c.jpg", slot="alt"),
        taken(media_ref="file:a.jpg", slot="alt", position="4"),
        taken(media_ref="file:h.jpg", slot="hero"),
    ]
    product, _ = product_of(rows, is_whole=True)
    assert product.links == (
        MediaLink("alt", 4, "file:a.jpg"),
        MediaLink("alt", 5, "file:c.jpg"),
        MediaLink("hero", 0, "file:h.jpg"),
    )


def test_two_images_in_one_place_are_told_and_the_later_one_counts() -> None:
    rows = [
        taken(media_ref="file:a.jpg", slot="hero", position="0"),
        taken(media_ref="file:b.jpg", slot="hero", position="0"),
    ]
    product, warnings = product_of(rows, is_whole=True)
    assert product.links == (MediaLink("hero", 0, "file:b.jpg"),)
    assert [one.code for one in warnings] == [Fault.DUPLICATE]


def test_the_same_sku_twice_is_told() -> None:
    _, warnings = product_of([taken(), taken()], is_whole=True)
    assert [one.code for one in warnings] == [Fault.DUPLICATE]


def test_a_deletion_as_the_last_word_counts() -> None:
    gone = row_of({**GOOD, "op": "delete"}, 9)
    assert isinstance(gone, Row)
    assert product_of([taken(), gone], is_whole=True)[0].is_deleted
    assert not product_of([gone, taken()], is_whole=True)[0].is_deleted


def test_a_product_is_the_same_whenever_it_was_said() -> None:
    one, _ = product_of([taken(brand="a")], is_whole=True)
    later, _ = product_of([taken(brand="a", updated_at="2027-01-01")], is_whole=True)
    other, _ = product_of([taken(brand="b")], is_whole=True)
    assert one.digest == later.digest != other.digest


def test_the_identity_of_a_push_is_that_of_the_contract() -> None:
    assert push_key("SKU-1001", "hero", 0, "I0000zT5.yU_8iO1p") == (
        "b052d4370b78e4d2aa7842435983427af9c496abfbee3012086bfc934bb8a629"
    )


def test_a_feed_is_mostly_bad_above_a_fifth() -> None:
    assert not FeedResult(received=100, bad_rows=20).is_mostly_bad
    assert FeedResult(received=100, bad_rows=21).is_mostly_bad


def test_a_result_is_kept_whole() -> None:
    found = Finding(line=3, code=Fault.BAD_DATE, sku="a", field="updated_at", value="x")
    result = FeedResult(received=2, bad_rows=1, upserted=1, rejected=(found,), warnings=(found,))
    assert result_from(result_text(result)) == result
    assert result.told("f")["rejected"] == [
        {
            "line": 3,
            "sku": "a",
            "field": "updated_at",
            "code": "bad_date",
            "message": "“x” is no date.",
        }
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"source": ""},
        {"source": "ftp://example.com/a.csv"},
        {"source": "https://me:secret@example.com/a.csv"},
        {"every_min": 1},
        {"channel": "tv"},
        {"pushes": True},
        {"pattern": "{slot}"},
    ],
)
def test_a_feed_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    told = {"id": "f", "name": "pim", "source": "/feeds"} | wrong
    with pytest.raises(InvalidInputError) as error:
        check_feed(Feed(**told))  # type: ignore[arg-type]
    assert "secret" not in str(error.value)


# Names of files


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("SKU-1", ("SKU-1", "hero", 0)),
        ("SKU-1_detail", ("SKU-1", "detail", 0)),
        ("SKU-1_3", ("SKU-1", "alt", 3)),
        ("SKU_1_Hero_2", ("SKU_1", "hero", 2)),
    ],
)
def test_a_name_tells_sku_slot_and_position(stem: str, found: tuple[str, str, int]) -> None:
    assert found in [tuple(one) for one in images_named(stem, name_patterns(DEFAULT_PATTERN))]


def test_a_pattern_of_ones_own() -> None:
    patterns = name_patterns("{any}-{sku}[-v{position}]")
    assert ("77", "alt", 2) in images_named("brand-77-v2", patterns)
    for wrong in ("hero", "{sku}{sku}", "{sku", "[{sku}]", "{sku}{size}", "{any}{any}{any}{sku}"):
        with pytest.raises(NamePatternError):
            name_patterns(wrong)


def test_a_sku_is_compared_as_files_can_write_it() -> None:
    assert sku_key("AB/12 x") == sku_key("ab_12_x") == "ab_12_x"


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_it_is_read_soon(stem: str) -> None:
    for one in images_named(stem, name_patterns("{any}_{sku}[_{slot}][_{position}]")):
        assert one.sku


# What is done with it


def test_a_product_holds_its_images_back_outside_its_window_and_channels() -> None:
    told = {
        "rights_expires": "2026-11-21T00:00:00.000000+00:00",
        "embargo_until": "2026-11-23T00:00:00.000000+00:00",
        "usage_rights": ["print"],
    }
    assert held_back(told, channel="ecommerce", at=NOW) == (
        Reason.RIGHTS_NOT_YET,
        Reason.RIGHTS_ENDED,
        Reason.CHANNEL,
    )
    assert held_back({"usage_rights": ["unrestricted"]}, channel="web", at=NOW) == ()
    assert held_back({}, channel="web", at=NOW) == ()


def test_europe_is_each_of_its_members_and_the_world_everywhere() -> None:
    assert [use.market for use in uses_of("EU", "web")] == list(EU_MEMBERS)
    assert [use.market for use in uses_of("WW", "web")] == ["WORLD"]
    assert [use.market for use in uses_of("DE", "web")] == ["DE"]


def test_an_image_of_several_products_is_told_all_skus() -> None:
    words = Words()
    words.add("A,1", {"product_name": "Jacket", "campaign": "sp27"}, ("hero", 0), "red")
    words.add("B", {"product_name": "Coat", "campaign": "sp27"}, ("alt", 1), "")
    assert words.tags == ("sku:A_1", "sku:B", "sp27")
    assert dict(words.context) == {
        "sku": "A,1;B",
        "product_name": "Jacket",
        "slot": "hero",
        "position": "0",
        "alt": "red",
    }
    assert folder_of("shop/{campaign}", {}) == "shop/library"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =1", "\r=1"])
def test_formulas_are_neutralised_for_spreadsheets(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}"
    line = table_line({"product_name": cell}, for_spreadsheets=True)
    assert not re.search(r'(^|,)"?\s*[=+\-@]', line)
    assert table_line({"product_name": cell}, for_spreadsheets=False).count("'") == 0


def test_other_cells_are_left_alone() -> None:
    assert neutralised("https://example.com/a-b") == "https://example.com/a-b"
    assert table_line({"sku": 'a"b,c'}, for_spreadsheets=True).startswith('"a""b,c",')
