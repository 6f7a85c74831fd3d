"""Tables on the clipboard: what spreadsheets write is read, and what we write they read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.domain.grid_tables import block_of, html_of, parsed_html, parsed_tsv, tsv_of

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12).filter(
    lambda text: not text.startswith("'")
)
BLOCKS = st.integers(1, 4).flatmap(
    lambda wide: st.lists(
        st.lists(CELLS, min_size=wide, max_size=wide).map(tuple), min_size=1, max_size=4
    )
)

EXCEL_HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><style><!-- td {color:black;} --></style></head><body>
<!--StartFragment--><table border=0>
 <tr height=20>
  <td height=20>A &amp; B</td>
  <td>two<br>
    lines</td>
 </tr>
 <tr><td colspan=2>wide   and
   broken</td></tr>
</table><!--EndFragment--></body></html>"""


def test_lines_are_rows_and_tabs_are_columns() -> None:
    assert parsed_tsv("a\tb\r\nc\td\r\n") == (("a", "b"), ("c", "d"))


def test_a_quoted_cell_keeps_its_tabs_line_breaks_and_quotes() -> None:
    assert parsed_tsv('"two\nlines"\t"a ""word"""\n"x\ty"\tz') == (
        ("two\nlines", 'a "word"'),
        ("x\ty", "z"),
    )


@pytest.mark.parametrize("text", ['"said" he', '5" wide', '"open', '"'])
def test_a_quote_that_quotes_no_cell_is_a_part_of_the_text(text: str) -> None:
    assert parsed_tsv(text) == ((text,),)


def test_short_rows_are_filled_up_and_an_empty_clipboard_is_no_table() -> None:
    assert parsed_tsv("a\tb\tc\nd") == (("a", "b", "c"), ("d", "", ""))
    assert parsed_tsv("") == ()
    assert parsed_tsv("\n") == ()


def test_an_apostrophe_that_keeps_a_formula_from_running_is_taken_off_again() -> None:
    assert tsv_of((("=SUM(A1)", "-1", "'tis"),)) == "'=SUM(A1)\t'-1\t'tis"
    assert parsed_tsv("'=SUM(A1)\t'-1\t'tis") == (("=SUM(A1)", "-1", "'tis"),)


@given(BLOCKS)
@settings(max_examples=40)
def test_what_is_copied_as_text_is_pasted_as_it_was(block: list[tuple[str, ...]]) -> None:
    text = tsv_of(tuple(block))
    if text and text != "\n":
        found = parsed_tsv(text + "\n")
        assert found == tuple(block)


def test_a_table_of_a_web_page_is_read_without_its_source_line_breaks() -> None:
    assert parsed_html(EXCEL_HTML) == (("A & B", "two\nlines"), ("wide and broken", ""))


def test_what_is_copied_as_html_is_read_as_it_was() -> None:
    block = (("=A1", "<b>", "two\nlines"), ("1 & 2", "", "é"))
    assert parsed_html(html_of(block)) == block


@pytest.mark.parametrize("html", ["", "<p>words</p>", "<table></table>", "<table><tr>"])
def test_html_without_cells_is_no_table(html: str) -> None:
    assert parsed_html(html) == ()


def test_a_table_that_is_cut_off_or_nested_does_not_break_the_reader() -> None:
    assert parsed_html("<table><tr><td>a<td>b") == (("a", "b"),)
    nested = "<table><tr><td>a<table><tr><td>inner</td></tr></table></td><td>b</td></tr></table>"
    rows = parsed_html(nested)
    assert rows[0][-1] == "b"


def test_plain_text_is_preferred_where_it_is_unambiguous() -> None:
    assert block_of("a  b\tc", "<table><tr><td>a b</td><td>c</td></tr></table>") == (("a  b", "c"),)


def test_html_decides_where_quotes_or_line_breaks_make_the_text_ambiguous() -> None:
    html = "<table><tr><td>&quot;x&quot;</td></tr></table>"
    assert block_of('"x"', html) == (('"x"',),)
    two_lines = "<table><tr><td>one<br>two</td></tr></table>"
    assert block_of("one\ntwo", two_lines) == (("one\ntwo",),)
    assert block_of("words", "<p>words</p>") == (("words",),)
