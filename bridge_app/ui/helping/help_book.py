"""The pages of the help as a book: chapters that are shown, and passages that are found.

No Qt: it is read and searched in any thread.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

HEADING = re.compile(r"(#{1,6}) +(.+?)\s*$")
FENCE = re.compile(r"\s*(```|~~~)")
MARKS = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),  # pictures and links: their words
    (re.compile(r"`|\*\*|(?<!\w)[*_]|[*_](?!\w)"), ""),
    (re.compile(r"^\s*(?:[-*+]|\d+\.)\s+"), ""),
)
RULE_OF_TABLE = re.compile(r"\s*\|[\s|:-]+\|\s*$")
BEGINS = re.compile(r"\s*([-*+] |\d+\. |\||#)")
LONG_CHARS = 20_000
"""A page of more than this is shown chapter by chapter."""
LEFT_OUT = "decisions"
"""For those who change the program; they are read by links, and neither listed nor found."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place in the book: a page by its path below the folder, and a heading of it."""

    page: str
    anchor: str = ""

    def follow(self, link: str) -> "Address | None":
        """Where a link of this page leads; None for what is outside of the book."""
        name, _, anchor = unquote(link).partition("#")
        if not name:
            return Address(self.page, anchor)
        steps: list[str] = list(Path(self.page).parent.parts)
        for step in name.split("/"):
            if step == "..":
                if not steps:
                    return None
                steps.pop()
            elif step != ".":
                steps.append(step)
        page = "/".join(steps)
        return Address(page, anchor) if page.endswith(".md") else None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A heading and what stands below it, up to the next one."""

    address: Address
    level: int
    title: str
    above: tuple[str, ...]
    """The headings that this one stands below, from the page's title on."""
    markdown: str

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Its text as one reads it, without the marks of Markdown and without the heading."""
        return tuple(_paragraphs(self.markdown.splitlines()[1:]))


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What is shown at once: a page, or a part of a long one."""

    address: Address
    title: str
    passages: tuple[Passage, ...]

    @property
    def markdown(self) -> str:
        """All of it."""
        return "\n".join(passage.markdown for passage in self.passages)


class Book:
    """All pages.

    Args:
        pages: The text of each page by its path.
    """

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._passages = {name: tuple(_passages(name, text)) for name, text in pages.items()}
        self.chapters = {
            name: tuple(_chapters(found, long=len(pages[name]) > LONG_CHARS))
            for name, found in self._passages.items()
            if found
        }

    def title(self, page: str) -> str:
        """What a page calls itself."""
        return self._passages[page][0].title

    def chapter(self, address: Address) -> Chapter | None:
        """Where an address leads: a heading that is gone leads to the top of its page."""
        chapters = self.chapters.get(address.page, ())
        for chapter in chapters:
            if any(passage.address == address for passage in chapter.passages):
                return chapter
        return next(iter(chapters), None)

    def passages(self) -> Iterator[Passage]:
        """All that can be found."""
        for name, found in self._passages.items():
            if not name.startswith(f"{LEFT_OUT}/"):
                yield from found


def read_book(folder: Path) -> Book:
    """The book whose pages lie below a folder. Blocks."""
    return Book(
        {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*.md"))
        }
    )


def anchor_of(heading: str) -> str:
    """The name that a heading is linked by, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def plain(line: str) -> str:
    """A line as it is read."""
    for mark, instead in MARKS:
        line = mark.sub(instead, line)
    return line.strip()


def _passages(page: str, text: str) -> Iterator[Passage]:
    trail: list[tuple[int, str]] = []
    for lines in _cut(text.splitlines()):
        found = HEADING.match(lines[0])
        if found is None:  # what stands above the first heading
            continue
        level, title = len(found[1]), plain(found[2])
        while trail and trail[-1][0] >= level:
            trail.pop()
        yield Passage(
            address=Address(page, anchor_of(found[2])),
            level=level,
            title=title,
            above=tuple(name for _, name in trail),
            markdown="\n".join(lines),
        )
        trail.append((level, title))


def _cut(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each heading; what only looks like one in a block of code is none."""
    part: list[str] = []
    is_code = False
    for line in lines:
        is_code ^= bool(FENCE.match(line))
        if part and not is_code and HEADING.match(line):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _chapters(passages: Sequence[Passage], *, long: bool) -> Iterator[Chapter]:
    begins = [at for at, one in enumerate(passages) if at == 0 or (long and one.level == 2)]
    for at, end in zip(begins, [*begins[1:], len(passages)], strict=True):
        first = passages[at]
        yield Chapter(address=first.address, title=first.title, passages=tuple(passages[at:end]))


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines that belong together as one; each row of a table and each item of a list apart."""
    gathered: list[str] = []
    for line in (*lines, ""):
        is_new = not line.strip() or FENCE.match(line) or BEGINS.match(line)
        if is_new and gathered:
            yield plain(" ".join(gathered))
            gathered = []
        if line.strip() and not FENCE.match(line) and not RULE_OF_TABLE.match(line):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            gathered.append(" · ".join(cells) if line.lstrip().startswith("|") else line.strip())
