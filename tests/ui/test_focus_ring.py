"""The frame around what has the keyboard: only as long as nothing else shows where that is."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.parts.focus_ring import FocusRing
from bridge_app.ui.theme import Theme


def frames(area: QWidget) -> list[QWidget]:
    return [
        one
        for one in area.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if one.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) and one.isVisible()
    ]


def test_a_list_is_framed_until_something_in_it_is_chosen(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    ring = FocusRing(qapp, theme)
    window = QWidget()
    qtbot.addWidget(window)
    names = QListView()
    names.setModel(QStringListModel(["one", "two"], names))
    empty = QListView()
    layout = QVBoxLayout(window)
    layout.addWidget(names)
    layout.addWidget(empty)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    empty.setFocus()
    qtbot.waitUntil(lambda: len(frames(empty)) == 1)
    names.setFocus()
    assert len(frames(names)) == 1
    assert frames(empty) == []
    names.setCurrentIndex(names.model().index(1, 0))
    assert frames(names) == []
    names.clearSelection()
    assert len(frames(names)) == 1
    ring.deleteLater()
