"""Somebody at the window: clicks, keys and drops, and what can be seen afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset
from bridge_app.domain.query import Query
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.dropping import file_url
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import FolderRole
from bridge_app.ui.parts.chip import FilterChip

PATIENCE_MS = 30_000
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)


class Person:
    """Does to one window what people do."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something can be seen."""
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    # What can be seen

    @property
    def names(self) -> list[str]:
        """The names in the middle of the window, in their order."""
        model = self.window.middle.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def sees(self, *names: str) -> None:
        """Wait until exactly these are shown, in this order."""
        self.until(lambda: self.names == list(names))

    def asset(self, name: str) -> Asset:
        """What the middle of the window knows of the asset of that name."""
        asset = self.window.middle.model.asset(self.names.index(name))
        assert asset is not None
        return asset

    @property
    def inspected(self) -> str:
        """The name of the one asset in the inspector; "" for none or several."""
        asset = self.window.sides.inspector.asset
        return asset.name if asset else ""

    @property
    def account(self) -> str:
        """The account and its connection, at the window's foot."""
        buttons = self.window.sides.account.findChildren(QAbstractButton)
        return next(b.accessibleName() for b in buttons if b.accessibleName().startswith("Account"))

    @property
    def transfers(self) -> str:
        """What the transfer bar says."""
        return self.window.sides.transfers.bar.headline.text

    # What is done

    def click(self, widget: QWidget, place: QPoint | None = None, held: object = PLAIN) -> None:
        """A click on the widget's middle, or somewhere else on it."""
        assert isinstance(held, Qt.KeyboardModifier)
        self.qtbot.mouseClick(widget, LEFT, held, place or widget.rect().center())

    def press(self, words: str, inside: QWidget | None = None) -> None:
        """Click the visible button whose words begin like this, once it can be clicked."""

        def found() -> list[QAbstractButton]:
            buttons = (inside or self.window).findChildren(QAbstractButton)
            fits = [one for one in buttons if one.text().replace("&", "").strip().startswith(words)]
            return [one for one in fits if one.isVisible() and one.isEnabled()]

        self.until(lambda: bool(found()))
        self.click(found()[0])

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """A key, for the assets in the middle."""
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        view = self.window.middle.browser.grid.view
        view.setFocus()
        self.qtbot.keyClick(view, key, held)

    def choose(self, *names: str) -> None:
        """Click one asset, and the others with Ctrl held down."""
        view, held = self.window.middle.browser.grid.view, PLAIN
        for name in names:
            self.until(lambda name=name: name in self.names)  # type: ignore[misc]
            index = self.window.middle.model.index(self.names.index(name), 0)
            view.scrollTo(index)
            self.click(view.viewport(), view.visualRect(index).center(), held)
            held = CONTROL
        only = names[0] if len(names) == 1 else ""
        self.until(lambda: self.inspected == only)
        assert self.window.middle.selection.count == len(names)

    def go_to(self, place: Query) -> None:
        """Click a place in the sidebar; a folder's library is unfolded before."""
        tree = self.window.sides.folders.tree
        view = self.window.sides.folders.findChildren(QTreeView)[0]
        self.until(lambda: tree.index_for(place).data(FolderRole.QUERY) == place)
        above = tree.index_for(place).parent()
        if above.isValid() and not view.isExpanded(above):
            self.click(view.viewport(), view.visualRect(above).center())
            self.qtbot.keyClick(view, Qt.Key.Key_Right)
        self.until(lambda: not view.visualRect(tree.index_for(place)).isEmpty())
        self.click(view.viewport(), view.visualRect(tree.index_for(place)).center())

    def search(self, text: str) -> None:
        """Empty the search field with Escape and type into it, as an input method does."""
        field = self.window.middle.browser.search_bar.findChildren(QLineEdit)[0]
        self.click(field)
        if field.text():
            self.qtbot.keyClick(field, Qt.Key.Key_Escape)
        for letter in text:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(field, event)
        assert field.text() == text

    def filter(self, title: str, choice: str) -> None:
        """Take a choice in a filter's menu."""
        chips = self.window.middle.browser.findChildren(FilterChip)
        chip = next(one for one in chips if one.accessibleName().startswith(f"{title}:"))
        menu = chip.filter_menu
        next(one for one in menu.actions() if one.text() == choice).trigger()

    def open_tab(self, title: str) -> None:
        """Click a tab of the inspector."""
        tabs = self.window.sides.inspector.findChildren(QTabBar)[0]
        number = next(n for n in range(tabs.count()) if tabs.tabText(n) == title)
        self.click(tabs, tabs.tabRect(number).center())
        assert tabs.currentIndex() == number

    def drop(self, *paths: Path) -> None:
        """Let go of files or folders over the window."""
        mime = QMimeData()
        mime.setUrls([file_url(path) for path in paths])
        copy = Qt.DropAction.CopyAction
        over = QDragEnterEvent(QPoint(300, 300), copy, mime, LEFT, PLAIN)
        QApplication.sendEvent(self.window, over)
        assert over.isAccepted()
        drop = QDropEvent(QPointF(300, 300), copy, mime, LEFT, PLAIN)
        QApplication.sendEvent(self.window, drop)

    def dialog(self, kind: type[D]) -> D:
        """The dialog of that kind, once it is there."""

        def found() -> list[D]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.until(lambda: bool(found()))
        return found()[0]

    def explain(self, words: str, verdict: str) -> None:
        """Write into the dialog that asks why, and press the button with the verdict."""
        dialog = self.dialog(DecideDialog)
        dialog.findChildren(QPlainTextEdit)[0].insertPlainText(words)
        self.press(verdict, dialog)
        self.until(lambda: not self.window.findChildren(DecideDialog))

    def planned(self) -> PushSheet:
        """Press the push button; the sheet, once its plan is there."""
        self.press("Push", self.window.middle.browser.search_bar)
        sheet = self.dialog(PushSheet)
        self.until(lambda: sheet.plan is not None)
        return sheet

    def push(self) -> None:
        """Push what is chosen as the sheet proposes it."""
        sheet = self.planned()
        self.press("Push", sheet)
        self.until(lambda: not self.window.findChildren(PushSheet))
