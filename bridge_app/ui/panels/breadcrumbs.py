"""Where one is, from everything down to the folder: each step a way up, each gap a way aside."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from bridge_app.domain.query import Query
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.folder_tree import FolderRole, FolderTree, Place
from bridge_app.ui.theme import Theme

GAP_PX, ICON_PX = 20, 14
WIDEST_PX = 220
MOST_LISTED = 300


class Crumb(NamedTuple):
    """One step: its name, and the query that finds what is there."""

    title: str
    query: Query


def crumbs_of(tree: FolderTree, query: Query) -> list[Crumb]:
    """The way to what a query shows, from everything on."""
    index = tree.index_for(query)
    way: list[Crumb] = []
    while index.isValid():
        way.insert(0, Crumb(str(index.data()), index.data(FolderRole.QUERY)))
        index = index.parent()
    everything = tree.index_for(Query())
    if everything.isValid() and (not way or way[0].query != Query()):
        way.insert(0, Crumb(str(everything.data()), Query()))
    return way


def below(tree: FolderTree, query: Query) -> list[Crumb]:
    """The places right below one; the libraries below everything."""
    index = tree.index_for(query)
    parent = QModelIndex() if query == Query() else index
    rows = (tree.index(row, 0, parent) for row in range(tree.rowCount(parent)))
    wanted = Place.LIBRARY if query == Query() else Place.FOLDER
    found = [row for row in rows if row.data(FolderRole.PLACE) is wanted]
    return [Crumb(str(row.data()), row.data(FolderRole.QUERY)) for row in found]


class Breadcrumbs(QWidget):
    """Arrows lead from step to step, `↓` opens what lies below one; one stop for the tab key."""

    chosen = Signal(object)  # Query

    def __init__(self, tree: FolderTree, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._tree = tree
        self._icons = icons
        self._way: list[Crumb] = []
        self._steps: list[QToolButton] = []
        self._gaps: list[QToolButton] = []
        self._pool: list[tuple[QToolButton, QToolButton]] = []
        self._more = QToolButton()
        self._more_menu = QMenu(self._more)
        # Asking Qt what comes before would tie that widget's life to a step's, in Python's eyes.
        self._comes_after: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        self._more.setText("…")
        self._more.setToolTip(self.tr("Steps between"))
        self._more.setAccessibleName(self.tr("Steps between"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._more_menu)
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more_menu.aboutToShow.connect(self._fill_more)
        self.setAccessibleName(self.tr("Where you are"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._dress)

    @property
    def way(self) -> Sequence[Crumb]:
        """What is shown."""
        return tuple(self._way)

    @property
    def shown(self) -> list[str]:
        """The steps that there is room for, as they read."""
        return [one.text() for one in (*self._steps, self._more) if not one.isHidden()]

    def come_after(self, widget: QWidget) -> None:
        """The tab key comes here from this one."""
        self._comes_after = widget

    def show_query(self, query: Query) -> None:
        """Show the way to what a query finds."""
        way = crumbs_of(self._tree, query)
        if way == self._way:
            self._show_gaps()
            return
        had_focus = any(step.hasFocus() for step in self._steps)
        self._way = way
        self._build()
        if had_focus and self._steps:
            self._steps[-1].setFocus()

    def sizeHint(self) -> QSize:
        """Qt: one line."""
        return QSize(200, 28)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: what there is no room for goes, from the middle."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: from step to step, and down into one."""
        onward = -1 if self.isRightToLeft() else 1
        steps = {Qt.Key.Key_Right: onward, Qt.Key.Key_Left: -onward}
        visible = [one for one in self._steps if one.isVisible()]
        at = next((n for n, one in enumerate(visible) if one.hasFocus()), -1)
        if event.key() in steps and at >= 0:
            to = min(len(visible) - 1, max(0, at + steps[Qt.Key(event.key())]))
            visible[to].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Down and at >= 0:
            gap = self._gaps[self._steps.index(visible[at])]
            if gap.isVisible():
                gap.showMenu()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: the other way round, arrows point the other way."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._dress()

    def _build(self) -> None:
        """Steps are used again and never deleted: whoever walked past one would lose its way."""
        while len(self._pool) < len(self._way):
            number = len(self._pool)
            self._pool.append((self._new_step(number), self._new_gap(number)))
            at = self._row.count() - 1
            for widget in self._pool[-1]:
                self._row.insertWidget(at, widget)
                at += 1
            if number == 0:
                self._row.insertWidget(at, self._more)
        used = self._pool[: len(self._way)]
        self._steps = [step for step, _ in used]
        self._gaps = [gap for _, gap in used]
        for step, gap in self._pool[len(self._way) :]:
            step.hide()
            gap.hide()
        for crumb, (step, gap) in zip(self._way, used, strict=True):
            self._name(crumb, step, gap)
        if self._steps:
            last = self._steps[-1]
            last.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if self._comes_after is not None:
                QWidget.setTabOrder(self._comes_after, last)
        self._show_gaps()
        self._dress()
        self._fit()

    def _name(self, crumb: Crumb, step: QToolButton, gap: QToolButton) -> None:
        shown = step.fontMetrics().elidedText(crumb.title, Qt.TextElideMode.ElideMiddle, WIDEST_PX)
        step.setText(shown.replace("&", "&&"))
        step.setAccessibleName(self.tr("Go to {place}").format(place=crumb.title))
        step.setToolTip(crumb.title if shown != crumb.title else "")
        step.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        inside = self.tr("Places in {place}").format(place=crumb.title)
        gap.setAccessibleName(inside)
        gap.setToolTip(inside)

    def _new_step(self, number: int) -> QToolButton:
        made = QToolButton(self)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.clicked.connect(partial(self._choose_step, number))
        return made

    def _new_gap(self, number: int) -> QToolButton:
        made = QToolButton(self)
        made.setFixedWidth(GAP_PX)
        made.setProperty("tight", True)  # noqa: FBT003 - Qt's property
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.aboutToShow.connect(partial(self._fill_gap, menu, number))
        made.setMenu(menu)
        return made

    def _choose_step(self, number: int, *_: bool) -> None:
        if number < len(self._way):
            self.chosen.emit(self._way[number].query)

    def _fill_gap(self, menu: QMenu, number: int) -> None:
        if number < len(self._way):
            self._fill(menu, self._way[number])

    def _fill(self, menu: QMenu, crumb: Crumb) -> None:
        menu.clear()
        places = below(self._tree, crumb.query)
        for place in places[:MOST_LISTED]:
            entry = self._entry(place)
            menu.addAction(entry)
            entry.setParent(menu)
        if len(places) > MOST_LISTED:
            left = self.tr("%Ln more in the sidebar", "", len(places) - MOST_LISTED)
            menu.addAction(left).setEnabled(False)

    def _fill_more(self) -> None:
        self._more_menu.clear()
        for crumb, step in zip(self._way, self._steps, strict=True):
            if step.isHidden():
                entry = self._entry(crumb)
                self._more_menu.addAction(entry)
                entry.setParent(self._more_menu)

    def _entry(self, place: Crumb) -> QAction:
        entry = QAction(place.title.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(place in self._way)
        entry.triggered.connect(partial(self._choose, place.query))
        return entry

    def _choose(self, query: Query, *_: bool) -> None:
        self.chosen.emit(query)

    def _show_gaps(self) -> None:
        """A gap leads on where there is something below, or stands before the next step."""
        for number, (gap, crumb) in enumerate(zip(self._gaps, self._way, strict=True)):
            last = number == len(self._way) - 1
            gap.setEnabled(bool(below(self._tree, crumb.query)))
            gap.setProperty("leads", not last or gap.isEnabled())
        self._fit()

    def _fit(self) -> None:
        """Hide steps from the second one on, until the rest fits."""
        room = self.width()
        widths = [step.sizeHint().width() for step in self._steps]
        widths = [
            width + (GAP_PX if gap.property("leads") else 0)
            for width, gap in zip(widths, self._gaps, strict=True)
        ]
        first_kept = 1
        more = self._more.sizeHint().width()
        while first_kept < len(widths) - 1:
            taken = sum(widths[:1]) + sum(widths[first_kept:]) + (more if first_kept > 1 else 0)
            if taken <= room:
                break
            first_kept += 1
        for number, (step, gap) in enumerate(zip(self._steps, self._gaps, strict=True)):
            is_shown = number == 0 or number >= first_kept
            step.setVisible(is_shown)
            gap.setVisible(is_shown and bool(gap.property("leads")))
        self._more.setVisible(first_kept > 1)

    def _dress(self) -> None:
        name = "chevron-left" if self.isRightToLeft() else "chevron-right"
        for gap in self._gaps:
            gap.setIcon(self._icons.icon(name, size_px=ICON_PX))
