"""Chips of filters that are typed: keywords, a folder, rights that end; a click takes one away."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton

from bridge_app.domain.query import Query
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.messages import one_line

translate = QCoreApplication.translate  # a name that lupdate knows
FIELDS = ("keywords", "inside", "ends_within_days")


def typed_texts(query: Query) -> list[str]:
    """What each of these filters of a query says."""
    return [text for text in _texts(query) if text]


def _texts(query: Query) -> tuple[str, str, str]:
    """One text for each of `FIELDS`, "" for none."""
    words = ", ".join(one_line(word) for word in in_reading_order(query.keywords))
    days = query.ends_within_days
    return (
        translate("filter", "Keyword: {words}").format(words=words) if words else "",
        translate("filter", "In {folder}").format(folder=one_line(query.inside))
        if query.inside
        else "",
        translate("filter", "Rights end within %Ln day(s)", "", n=days) if days else "",
    )


class TypedChips(QObject):
    """`removed` carries the query without the filter that was clicked."""

    removed = Signal(object)  # Query

    def __init__(self) -> None:
        super().__init__()
        self._query = Query()
        self.chips: Sequence[QToolButton] = [QToolButton() for _ in FIELDS]
        for chip, field in zip(self.chips, FIELDS, strict=True):
            chip.setProperty("chip", True)  # noqa: FBT003 - Qt's property
            chip.setCheckable(True)
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setToolTip(self.tr("Take this filter away"))
            chip.clicked.connect(partial(self._remove, field))
            chip.setVisible(False)

    def show_query(self, query: Query) -> None:
        """Show which of these filters a query has."""
        self._query = query
        for chip, text in zip(self.chips, _texts(query), strict=True):
            chip.setText(text.replace("&", "&&"))
            chip.setAccessibleName(text)
            chip.setChecked(bool(text))
            chip.setVisible(bool(text))

    def set_icon(self, icon: QIcon) -> None:
        """The sign of taking away."""
        for chip in self.chips:
            chip.setIcon(icon)

    def _remove(self, field: str, *_: bool) -> None:
        usual = getattr(Query(), field)
        self.removed.emit(replace(self._query, **{field: usual}))
