"""Tables as spreadsheets put them on the clipboard: read from text and HTML, and written as both.

A block is a rectangle of texts. What Excel, LibreOffice, Google Sheets and Numbers write differs
in one point only: whether a cell with quotes or line breaks is quoted in the plain text.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser

Block = tuple[tuple[str, ...], ...]
"""Rows of equally many texts; line breaks in them are \\n."""

MOST_CELLS = 1_000_000
"""Who pastes more has copied whole columns of a spreadsheet by accident."""
RISKY = ("=", "+", "-", "@", "\t")
"""A spreadsheet takes a cell that begins so for a formula."""
SPAN = re.compile(r"\d{1,4}", re.ASCII)
SPACES = re.compile(r"[ \t\r\n\f]+")


def block_of(text: str, html: str = "") -> Block:
    """The table that lies on a clipboard; () if there is none.

    Plain text keeps every space and is preferred. Where quotes make it ambiguous, or a cell holds
    line breaks that are not quoted, the HTML beside it decides.
    """
    plain = parsed_tsv(text)
    marked = parsed_html(html) if html else ()
    if marked and (not plain or '"' in text or _shape(plain) != _shape(marked)):
        return marked
    return plain


def parsed_tsv(text: str) -> Block:
    """Tab-separated text as rows and columns; short rows are filled up with empty cells."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").replace("\0", "")
    if not text:
        return ()
    return _filled(_tsv_rows(text))


def parsed_html(html: str) -> Block:
    """The first table of an HTML text; () if it has none. Cells over several places count once."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return _filled(iter(reader.rows))


def tsv_of(block: Block) -> str:
    """The block as text that spreadsheets take; cells with tabs or line breaks are quoted."""
    return "\n".join("\t".join(_quoted(_harmless(cell)) for cell in row) for row in block)


def html_of(block: Block) -> str:
    """The block as a table whose cells spreadsheets take as text, never as formulas or dates."""
    rows = "".join(
        f"<tr>{''.join(f'<td style={TEXT_STYLE}>{_marked(cell)}</td>' for cell in row)}</tr>"
        for row in block
    )
    return f'<meta charset="utf-8"><table>{rows}</table>'


TEXT_STYLE = '''"mso-number-format:'\\@';white-space:pre-wrap"'''


def _shape(block: Block) -> tuple[int, int]:
    return len(block), len(block[0]) if block else 0


def _tsv_rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    place, end = 0, len(text)
    while True:
        cell, place = _tsv_cell(text, place)
        row.append(_as_typed(cell))
        if place >= end:
            yield row
            return
        if text[place] == "\n":
            yield row
            row = []
        place += 1


def _tsv_cell(text: str, start: int) -> tuple[str, int]:
    """One cell, and the place of the tab or line break that ends it."""
    if text.startswith('"', start):
        quoted = _quoted_cell(text, start + 1)
        if quoted is not None:
            return quoted
    ends = [found for mark in "\t\n" if (found := text.find(mark, start)) >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _quoted_cell(text: str, start: int) -> tuple[str, int] | None:
    """A cell in quotes; None if nothing ends it, so that the quote is a part of the text."""
    place = start
    while (found := text.find('"', place)) >= 0:
        if text.startswith('"', found + 1):
            place = found + 2
            continue
        end = found + 1
        if end < len(text) and text[end] not in "\t\n":
            return None
        return text[start:found].replace('""', '"'), end
    return None


def _as_typed(cell: str) -> str:
    """A cell that we made harmless for spreadsheets, as it was."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell


def _harmless(cell: str) -> str:
    """A leading apostrophe keeps a spreadsheet from calculating what somebody wrote."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _quoted(cell: str) -> str:
    if not any(mark in cell for mark in '\t\n"'):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _marked(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")


def _filled(rows: Iterator[Sequence[str]]) -> Block:
    kept: list[Sequence[str]] = []
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > MOST_CELLS:
            break
        kept.append(row)
    width = max((len(row) for row in kept), default=0)
    if not width:
        return ()
    return tuple((*row, *("",) * (width - len(row))) for row in kept)


class _TableReader(HTMLParser):
    """Collects the cells of the first table; tables within its cells are their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._depth = 0
        self._over = False
        self._cell: list[str] | None = None
        self._wide = 1
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """HTMLParser: something begins."""
        if tag == "table":
            self._depth += 1
        elif tag in ("style", "script"):
            self._hidden = True
        if self._over or not self._depth:
            return
        if tag == "tr" and self._depth == 1:
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div", "tr", "li") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """HTMLParser: something ends."""
        if tag in ("style", "script"):
            self._hidden = False
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_cell()
                self._over = True

    def handle_data(self, data: str) -> None:
        """HTMLParser: letters; how their source is broken into lines means nothing."""
        if self._cell is not None and not self._hidden and not self._over:
            self._cell.append(SPACES.sub(" ", data))

    def close(self) -> None:
        """HTMLParser: the text is over, perhaps in the middle of a cell."""
        super().close()
        self._end_cell()

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        span = attributes.get("colspan") or ""
        self._wide = min(int(span), 1000) if SPAN.fullmatch(span) else 1
        self._cell = []

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        lines = "".join(self._cell).split("\n")
        text = "\n".join(SPACES.sub(" ", line).strip(" ") for line in lines)
        text = text.replace("\N{NO-BREAK SPACE}", " ").strip("\n")
        self.rows[-1] += [text, *("",) * (max(1, self._wide) - 1)]
        self._cell = None
