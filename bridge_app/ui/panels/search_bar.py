"""What stands above the assets: search, view, order, size, and the button that pushes."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSlider,
    QToolButton,
    QVBoxLayout,
)

from bridge_app.domain.query import Sort
from bridge_app.domain.query_tokens import unfinished
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import native, portable, unmarked
from bridge_app.ui.panels.asset_grid import MAX_PX, MIN_PX
from bridge_app.ui.panels.filter_bar import FilterBar
from bridge_app.ui.panels.search_tokens import SearchTokens
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.parts.spare_button import SpareButton
from bridge_app.ui.source_names import TIP
from bridge_app.ui.theme import Theme

DEBOUNCE_MS = 90
CLOUD = "cloud:"
"""What a person types before an expression that Cloudinary is to search for."""
SHELTER = "photoshelter:"
"""The same before words that PhotoShelter is to search for."""
STEP_PX = 16
ROOMY_PX = 640
PUSH_PX = 148


class SearchBar(QFrame):
    """Two lines: the search field with the view's controls, and below it the filters.

    Args:
        filters: The second line.
        push: The action behind the primary button.
        views: The checkable actions for grid and list.
    """

    searched = Signal(str)  # what a person typed, once the typing pauses
    cloudWanted = Signal(str)  # an expression for Cloudinary itself, behind `cloud:`
    shelterWanted = Signal(str)  # words for PhotoShelter itself, behind `photoshelter:`
    left = Signal()  # a key asks for the view below
    sortChosen = Signal(object, bool)  # Sort, descending
    widthChosen = Signal(int)  # of a picture, in logical pixels

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        filters: FilterBar,
        push: QAction,
        views: tuple[QAction, QAction],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._push_action = push
        self._filters = filters
        self._field = QLineEdit()
        self.tokens = SearchTokens(self._field)
        self._lens = QAction(self)
        self._clear = QAction(self)
        self._views = [QToolButton(), QToolButton()]
        self._view_actions = views
        self._sort = QToolButton()
        self._sort_menu = QMenu(self._sort)
        self._sorts: Mapping[Sort, QAction] = {}
        self._orders: Mapping[bool, QAction] = {}
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._push = SpareButton(PUSH_PX)
        self._timer = QTimer(self, interval=DEBOUNCE_MS, singleShot=True)
        self._build()
        self._build_sorts()
        self._connect()
        self._dress()

    @property
    def text(self) -> str:
        """What is in the search field."""
        return self._field.text()

    @property
    def field(self) -> QLineEdit:
        """Where a person types."""
        return self._field

    def show_text(self, text: str) -> None:
        """Fill the search field; nothing is emitted."""
        if self._field.text() != text:
            self._field.setText(text)
        self._clear.setVisible(bool(text))

    def show_place(self, name: str) -> None:
        """Say where is searched; "" is everywhere."""
        everywhere = self.tr("Search names, titles, keywords, people …")
        here = self.tr("Search in {place} …").format(place=name)
        self._field.setPlaceholderText(here if name else everywhere)

    def show_sort(self, sort: Sort, *, descending: bool) -> None:
        """Tick the order in use; nothing is emitted."""
        self._sorts[sort].setChecked(True)
        self._orders[descending].setChecked(True)
        self._dress()

    def show_width(self, width_px: int) -> None:
        """Where the slider stands; nothing is emitted."""
        self._size.setValue(width_px)

    def enable_size(self, *, on: bool) -> None:
        """The slider is of use for the grid alone."""
        self._size.setEnabled(on)

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def clear_search(self) -> None:
        """Empty the search field, as a person would."""
        if self._field.text():
            self.show_text("")
            self._timer.stop()
            self.searched.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the keys that lead out of the search field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                if self._field.text():
                    self.clear_search()
                else:
                    self.left.emit()
                return True
            entering = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if entering and self._field.text().startswith((CLOUD, SHELTER)):
                self._timer.stop()
                self._search_there(self._field.text())
                return True
            if entering or event.key() == Qt.Key.Key_Down:
                self._search_now()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is little room, the slider goes; its keys and the wheel stay."""
        self._size.setVisible(event.size().width() >= ROOMY_PX)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a hairline parts it from what is below."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.tokens.border)
        painter.end()

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        self._field.setProperty("search", True)  # noqa: FBT003 - Qt's property
        self._field.setAccessibleName(self.tr("Search"))
        self._field.setMinimumWidth(140)
        self._field.setAcceptDrops(False)
        self._field.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self._field.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._lens.setText(self.tr("Search"))
        self._clear.setText(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Clear the search"))
        self._clear.setVisible(False)
        for button, action in zip(self._views, self._view_actions, strict=True):
            button.setDefaultAction(action)
            button.setIconSize(QSize(18, 18))
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setMenu(self._sort_menu)
        self._sort.setIconSize(QSize(18, 18))
        self._size.setRange(MIN_PX, MAX_PX)
        self._size.setSingleStep(STEP_PX)
        self._size.setPageStep(2 * STEP_PX)
        self._size.setFixedWidth(110)
        self._size.setAccessibleName(self.tr("Size of the thumbnails"))
        self._size.setToolTip(self.tr("Size of the thumbnails"))
        self._push.setProperty("kind", "primary")
        self._push.setIconSize(QSize(17, 17))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._field, 1)
        line.addSpacing(4)
        for button in self._views:
            line.addWidget(button)
        line.addWidget(self._sort)
        line.addSpacing(4)
        line.addWidget(self._size)
        line.addSpacing(6)
        line.addWidget(self._push)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(9)
        layout.addLayout(line)
        layout.addWidget(self._filters)

    def _build_sorts(self) -> None:
        names = {
            Sort.NAME: self.tr("Name"),
            Sort.TAKEN: self.tr("Date taken"),
            Sort.MODIFIED: self.tr("Date modified"),
            Sort.BYTES: self.tr("Size"),
            Sort.RATING: self.tr("Rating"),
            Sort.KIND: self.tr("Type"),
        }
        orders = {False: self.tr("Ascending"), True: self.tr("Descending")}
        self._sorts = {sort: self._sort_menu.addAction(name) for sort, name in names.items()}
        self._sort_menu.addSeparator()
        self._orders = {down: self._sort_menu.addAction(name) for down, name in orders.items()}
        for actions in (self._sorts.values(), self._orders.values()):
            group = QActionGroup(self)
            for action in actions:
                action.setCheckable(True)
                group.addAction(action)
            group.triggered.connect(self._tell_sort)

    def _connect(self) -> None:
        self._field.installEventFilter(self)
        self._field.textEdited.connect(self._edited)
        self._field.returnPressed.connect(self._search_now)
        self.tokens.completed.connect(self._search_now)
        self._timer.timeout.connect(self._search_at_rest)
        self._clear.triggered.connect(self.clear_search)
        self._size.valueChanged.connect(self.widthChosen)
        self._push.clicked.connect(self._push_action.trigger)
        self._push_action.changed.connect(self._follow_push)
        self._theme.changed.connect(self._dress)
        self._follow_push()

    def _edited(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._timer.start()

    def _search_at_rest(self) -> None:
        """A filter that is still being typed is not searched for."""
        if unfinished(self._field.text()) is None:
            self._search_now()

    def _search_now(self) -> None:
        self._timer.stop()
        if self._field.text().startswith((CLOUD, SHELTER)):
            return
        self.searched.emit(self._field.text())

    def _search_there(self, text: str) -> None:
        """A service is to search, not the catalog."""
        if text.startswith(CLOUD):
            self.cloudWanted.emit(text.removeprefix(CLOUD).strip())
        else:
            self.shelterWanted.emit(text.removeprefix(SHELTER).strip())

    def _tell_sort(self) -> None:
        sort = next(sort for sort, action in self._sorts.items() if action.isChecked())
        self.sortChosen.emit(sort, self._orders[True].isChecked())

    def _follow_push(self) -> None:
        self._push.setText(with_gap(self._push_action.text()))
        keys = native(portable(self._push_action.shortcut()))
        words = unmarked(self._push_action.text())
        usual, tip = self._push_action.property(TIP), self._push_action.toolTip()
        if usual is not None and tip != usual:  # the key may not: the service says why
            words, keys = tip, ""
        self._push.setToolTip(f"{words} ({keys})" if keys else words)
        self._push.setEnabled(self._push_action.isEnabled())

    def _dress(self) -> None:
        tokens = self._theme.tokens
        icons = self._icons
        self._lens.setIcon(icons.icon("search", size_px=16))
        self._clear.setIcon(icons.icon("x", size_px=16))
        self._push.setIcon(icons.icon("cloud-upload", colour=tokens.accent_text, size_px=17))
        down = bool(self._orders) and self._orders[True].isChecked()
        name = "arrow-down-wide-narrow" if down else "arrow-up-narrow-wide"
        self._sort.setIcon(icons.icon(name, size_px=18))
        chosen = next((a.text() for a in self._sorts.values() if a.isChecked()), "")
        words = self.tr("Sorted by: {order}").format(order=chosen)
        self._sort.setToolTip(words)
        self._sort.setAccessibleName(words)
