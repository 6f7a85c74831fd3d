"""A place, a search or a filter in a few words: for menus of where one has been."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.query import Query
from bridge_app.ui.messages import (
    approval_text,
    kind_text,
    one_line,
    orientation_text,
    pushed_text,
    rights_text,
    unreadable_text,
)
from bridge_app.ui.parts.typed_chips import typed_texts

translate = QCoreApplication.translate  # a name that lupdate knows
LONGEST = 60
DOT = " · "


def visit_text(query: Query, place: str, *, is_collection: bool = False) -> str:
    """Where it is, what was searched for, and what was filtered; `place` names the first."""
    parts = [place]
    if query.text:
        parts.append(translate("visit", "“{text}”").format(text=one_line(query.text)))
    if not is_collection:
        parts += _filters(query)
    said = DOT.join(parts)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _filters(query: Query) -> Iterator[str]:
    yield from map(kind_text, sorted(query.kinds))
    yield from map(approval_text, sorted(query.approvals))
    yield from map(rights_text, sorted(query.rights))
    yield from map(orientation_text, sorted(query.orientations))
    if query.min_rating:
        yield "★" * query.min_rating
    if query.taken_from or query.taken_until:
        yield translate("visit", "{first} – {last}").format(
            first=query.taken_from or "", last=query.taken_until or ""
        )
    if query.pushed is not None:
        yield pushed_text() if query.pushed else translate("visit", "Not pushed")
    yield from typed_texts(query)
    if query.unreadable:
        yield unreadable_text()
