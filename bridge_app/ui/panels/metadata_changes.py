"""What would be different, field by field, before it is applied; and what is left out, with why."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListView, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from bridge_app.domain.grid_edits import CellChange
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.metadata_wording import standard_text, value_words
from bridge_app.ui.models.lines import Line, LineList

MOST_SHOWN = 1_000
LETTERS = 160


class MetadataChanges(QWidget):
    """Two lists; the second has a tab only while there is something in it."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.tabs = QTabBar()
        self.changes, self.left_out = LineList(self), LineList(self)
        self._pages = QStackedWidget()
        names = (self.tr("What would be different"), self.tr("What is left out"))
        for lines, name in zip((self.changes, self.left_out), names, strict=True):
            view = QListView()
            show_lines(view, lines, looks.theme, looks.icons, name)
            self._pages.addWidget(view)
            self.tabs.addTab(name)
        self.tabs.setAccessibleName(self.tr("Preview"))
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)
        self.show_changes((), ())

    def show_changes(
        self, changes: Sequence[CellChange], left_out: Iterable[tuple[str, str]], *, more: int = 0
    ) -> None:
        """Show these; of what is left out a title and why. `more` are changed, but not listed."""
        faults = tuple(left_out)
        self.changes.take([_line(number, one) for number, one in enumerate(changes[:MOST_SHOWN])])
        self.left_out.take(
            [
                Line(
                    key=str(number), icon="circle-alert", title=one_line(title), text=one_line(why)
                )
                for number, (title, why) in enumerate(faults[:MOST_SHOWN])
            ]
        )
        count = len(changes) + more
        self.tabs.setTabText(0, self.tr("%Ln change(s)", "", count))
        self.tabs.setTabText(1, self.tr("%Ln left out", "", len(faults)))
        self.tabs.setTabVisible(1, bool(faults))
        if not changes and faults:
            self.tabs.setCurrentIndex(1)


def before_after(before: str, after: str) -> str:
    """What there was and what there will be, with an arrow in the direction people read."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{isolated(before)} {'←' if mirrored else '→'} {isolated(after)}"


def _line(number: int, change: CellChange) -> Line:
    before, after = (_short(change, value) for value in (change.before, change.after))
    arrow = before_after(before, after) if before else isolated(after)
    return Line(
        key=str(number),
        icon="pencil-line" if after else "circle-minus",
        title=f"{isolated(one_line(change.name))}  ·  {standard_text(change.path)}",
        text=arrow if after else isolated(before),
        mark="" if after else "–",
    )


def _short(change: CellChange, value: FieldValue) -> str:
    return one_line(value_words(change.path, value)[:LETTERS])
