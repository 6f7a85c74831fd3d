"""Records of a feed, whatever form it has: a table (CSV), JSON lines, or one JSON document.

One bad record costs itself: the next one is read from where it begins.
"""

import csv
import json
import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from bridge_app.channels.feed_documents import items_of
from bridge_app.channels.feed_lines import LONGEST_LINE, Line, lines_of
from bridge_app.domain.product_feed import LONGEST_SHOWN, Fault, Finding, printable
from bridge_app.domain.product_feed_rows import KNOWN

SEPARATORS = ",;\t|"
SHOWN = {",": ",", ";": ";", "\t": "tab", "|": "|"}
MOST_LINES_IN_RECORD = 400
"""Lines that one record of a table may have; a quotation mark that is left open would take all."""
NEEDED = ("sku", "updated_at")
DEEPEST = 60
"""Levels of JSON that anybody needs."""

LISTS = ("products", "items", "data", "rows")
"""What documents call the list of their products."""

Record = tuple[int, Mapping[str, object]]
Names = Mapping[str, str]


def records_of(chunks: Iterable[bytes], names: Names) -> Iterator[Record | Finding]:
    """Records by our names of columns, each with its line, and what was no record.

    `chunks` are UTF-8; `names` maps their names of columns, as they are written, to ours. What the
    header lacks is told, and then there is nothing else.
    """
    pieces = iter(chunks)
    first = b""
    while b"\n" not in first.lstrip() and len(first) < LONGEST_LINE:
        more = next(pieces, b"")
        if not more:
            break
        first += more
    start = first.lstrip()[:1]
    whole: Iterable[bytes] = chain([first], pieces)
    if b"\n" not in first and b"\r" in first:
        # Lines end as they did on old computers.
        whole = (piece.replace(b"\r", b"\n") for piece in whole)
        first = first.replace(b"\r", b"\n")
    if start == b"[" or (start == b"{" and not _is_an_object(first)):
        yield from _renamed(_from_document(whole), names)
    elif start == b"{":
        yield from _renamed(_from_lines(lines_of(whole)), names)
    else:
        yield from _from_table(lines_of(whole), names)


def _is_an_object(first: bytes) -> bool:
    """Is the first line an object of its own, and no beginning of a document?"""
    line = first.lstrip().partition(b"\n")[0].strip()
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return line.endswith(b"}")
    return isinstance(found, dict) and not any(isinstance(found.get(name), list) for name in LISTS)


def _renamed(found: Iterable[Record | Finding], names: Names) -> Iterator[Record | Finding]:
    if not names:
        yield from found
        return
    for one in found:
        if isinstance(one, Finding):
            yield one
        else:
            yield one[0], {names.get(name, name): value for name, value in one[1].items()}


def _from_lines(lines: Iterable[Line]) -> Iterator[Record | Finding]:
    for line in lines:
        if line.data is None:
            yield Finding(line=line.number, code=Fault.LINE_TOO_LONG)
        elif line.data.strip():
            yield _object(line.number, line.data)


def _from_document(chunks: Iterable[bytes]) -> Iterator[Record | Finding]:
    for number, data in items_of(chunks):
        if data is None:
            yield Finding(line=number, code=Fault.LINE_TOO_LONG)
        else:
            yield _object(number, data)


def _object(number: int, data: bytes) -> Record | Finding:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Finding(line=number, code=Fault.ENCODING)
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        return Finding(line=number, code=Fault.BAD_JSON, value="it is nested too deeply")
    try:
        found = json.loads(text, parse_constant=_no_constant, parse_float=_number)
    except (ValueError, RecursionError) as error:
        return Finding(line=number, code=Fault.BAD_JSON, value=str(error))
    if not isinstance(found, dict):
        return Finding(line=number, code=Fault.NO_OBJECT)
    return number, found


def _depth(text: str) -> int:
    """How deep it may be nested; what stands in texts counts as well."""
    deepest = depth = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _number(text: str) -> float:
    """A number as JSON has them: it could not be written down again if it were too large."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text[:LONGEST_SHOWN])
    return number


def _no_constant(name: str) -> object:
    raise ValueError(name)


# Tables


def _from_table(lines: Iterable[Line], names: Names) -> Iterator[Record | Finding]:
    source = iter(lines)
    header = next((line for line in source if line.data is None or line.data.strip()), None)
    if header is None:
        yield Finding(line=1, code=Fault.NO_LINES)
        return
    if header.data is None:
        yield Finding(line=header.number, code=Fault.LINE_TOO_LONG)
        return
    text = header.data.decode("utf-8", "replace")
    separator = max(SEPARATORS, key=text.count)
    csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_LINE))
    told = next(csv.reader([text.replace("\r", " ")], delimiter=separator), [])
    columns = [_column(name, names) for name in told]
    yield from _about_header(header.number, columns, told)
    if set(NEEDED) <= set(columns):
        yield from _rows(source, columns, separator)


def _column(name: str, names: Names) -> str:
    plain = name.strip()
    return names.get(plain) or names.get(plain.casefold()) or plain.casefold()


def _about_header(line: int, columns: list[str], told: list[str]) -> Iterator[Finding]:
    for name in NEEDED:
        if name not in columns:
            yield Finding(line=line, code=Fault.MISSING_COLUMN, field=name)
    for name, theirs in zip(columns, told, strict=True):
        if not name:
            continue
        if name not in KNOWN and not name.startswith("x_"):
            yield Finding(line=line, code=Fault.UNKNOWN_COLUMN, field=name, value=theirs)
        elif columns.count(name) > 1:
            yield Finding(line=line, code=Fault.DUPLICATE, field=name, value=theirs)


def _rows(lines: Iterator[Line], columns: list[str], separator: str) -> Iterator[Record | Finding]:
    count = len(columns)
    whole = _Whole(lines, separator)
    reader = csv.reader(iter(whole.next_text, None), delimiter=separator)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            whole.findings.append(Finding(line=whole.line, code=Fault.BAD_TEXT))
            continue
        yield from whole.told()
        if cells is None:
            return
        if len(cells) == count:
            yield whole.line, dict(zip(columns, cells, strict=True))
        elif cells and any(map(str.strip, cells)):
            yield _misshapen(whole, cells, count, separator)


def _misshapen(whole: "_Whole", cells: list[str], count: int, separator: str) -> Finding:
    for other in SEPARATORS:
        if other != separator and count > 1 and whole.text.count(other) == count - 1:
            return Finding(line=whole.line, code=Fault.SEPARATOR, value=SHOWN[other])
    return Finding(
        line=whole.line,
        code=Fault.COLUMNS,
        sku=printable(cells[0][:64]),
        value=f"{len(cells)} ≠ {count}",
    )


class _Whole:
    """Joins lines while a quotation mark is open; what never closes costs its first line.

    `line` is where the newest record begins, `text` what it is, `findings` what was none.
    """

    def __init__(self, lines: Iterator[Line], separator: str) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self._opening = separator + '"'
        self.line, self.text = 0, ""
        self.findings: list[Finding] = []

    def told(self) -> list[Finding]:
        """What was no record since this was asked last."""
        found, self.findings = self.findings, []
        return found

    def next_text(self) -> str | None:
        """The next record; None at the end."""
        while (line := self._next()) is not None:
            text = self._decoded(line)
            if text is None:
                continue
            if '"' in text and self._is_open(text, inside=False):
                text = self._joined(line, text)
                if text is None:
                    continue
            self.line, self.text = line.number, text
            return text
        return None

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _decoded(self, line: Line) -> str | None:
        if line.data is None:
            self.findings.append(Finding(line=line.number, code=Fault.LINE_TOO_LONG))
            return None
        try:
            return line.data.decode("utf-8")
        except UnicodeDecodeError:
            self.findings.append(Finding(line=line.number, code=Fault.ENCODING))
            return None

    def _joined(self, first: Line, text: str) -> str | None:
        """The record that begins with an open quotation mark; None if it does not end soon."""
        taken: list[Line] = []
        pieces, size = [text], len(text)
        while len(taken) < MOST_LINES_IN_RECORD and size <= LONGEST_LINE:
            line = self._next()
            if line is None:
                break
            taken.append(line)
            if line.data is None:
                break
            piece = line.data.decode("utf-8", "replace")
            pieces.append(piece)
            size += len(piece)
            if not self._is_open(piece, inside=True):
                return "\n".join(pieces)
        self._again.extendleft(reversed(taken))
        self.findings.append(Finding(line=first.number, code=Fault.OPEN_QUOTE))
        return None

    def _is_open(self, text: str, *, inside: bool) -> bool:
        """Is a quotation mark open at the end? It opens at the beginning of a cell only."""
        at = 0
        if not inside and text.startswith('"'):
            inside, at = True, 1
        while True:
            if not inside:
                at = text.find(self._opening, at)
                if at < 0:
                    return False
                inside, at = True, at + 2
            at = text.find('"', at)
            if at < 0:
                return True
            if text.startswith('""', at):
                at += 2
            else:
                inside, at = False, at + 1
