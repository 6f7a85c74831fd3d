"""The underlined letters of a menu, or of a dialog: each leads to one place alone.

Texts come from several places and are translated one by one, so that nobody who writes one can
see which letters are taken. The first of two keeps its letter, and the other gets another one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from string import ascii_uppercase

from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QMenu, QTabBar, QWidget

MARK = re.compile(r"&(.)")
BEHIND = re.compile(r"\(&(\w)\)")
"""Where letters do not belong to the script, one stands behind the words."""


def part_mnemonics(menu: QMenu) -> None:
    """Let no two entries of a menu, or of one in it, have the same letter."""
    entries = [entry for entry in menu.actions() if not entry.isSeparator()]
    for entry, text in zip(entries, parted([one.text() for one in entries]), strict=True):
        if entry.text() != text:
            entry.setText(text)
    for entry in entries:
        inner = entry.menu()
        if isinstance(inner, QMenu):
            part_mnemonics(inner)


def part_letters(dialog: QWidget) -> None:
    """Let no two buttons, labels, groups or tabs that are seen in it have the same letter."""
    places = list(lettered(dialog))
    texts = [text for text, _ in places]
    for (text, write), new in zip(places, parted(texts), strict=True):
        if new != text:
            write(new)


def lettered(dialog: QWidget) -> Iterator[tuple[str, Callable[[str], object]]]:
    """Each text with a letter that is seen in it, and what writes another one there."""
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisibleTo(dialog) or widget.window() is not dialog.window():
            continue
        for text, write in _texts_of(widget):
            if letter_of(text):
                yield text, write


def _texts_of(widget: QWidget) -> Iterator[tuple[str, Callable[[str], object]]]:
    match widget:
        case QAbstractButton():
            yield widget.text(), widget.setText
        case QLabel() if widget.buddy() is not None:
            yield widget.text(), widget.setText
        case QGroupBox():
            yield widget.title(), widget.setTitle
        case QTabBar():
            for place in range(widget.count()):
                yield widget.tabText(place), partial(widget.setTabText, place)


def parted(texts: Sequence[str]) -> list[str]:
    """The same texts; who has a letter that is taken has a free one, or none if there is none."""
    taken = {letter_of(text) for text in texts}
    seen: set[str] = set()
    made = []
    for text in texts:
        letter, result = letter_of(text), text
        if letter and letter in seen:
            result = _elsewhere(text, taken)
        seen.add(letter_of(result))
        taken |= seen
        made.append(result)
    return made


def letter_of(text: str) -> str:
    """The letter that is underlined, as it is typed; "" for none."""
    marked: list[str] = [letter for letter in MARK.findall(text) if letter != "&"]
    return marked[0].casefold() if marked else ""


def _elsewhere(text: str, taken: set[str]) -> str:
    behind = BEHIND.search(text)
    if behind:
        free = next((one for one in ascii_uppercase if one.casefold() not in taken), behind[1])
        return f"{text[: behind.start(1)]}{free}{text[behind.end(1) :]}"
    plain = MARK.sub(lambda found: found[0] if found[1] == "&" else found[1], text)
    free_places = [
        place
        for place, letter in enumerate(plain)
        if letter.isalnum() and letter.casefold() not in taken
    ]
    begins = [place for place in free_places if place == 0 or plain[place - 1] == " "]
    for place in (*begins, *free_places):
        return f"{plain[:place]}&{plain[place:]}"
    return plain
