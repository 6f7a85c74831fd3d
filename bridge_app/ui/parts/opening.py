"""How a dialog is opened: nothing waits for its answer, and a closed one is not kept."""

from PySide6.QtCore import QEvent, QMetaMethod, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.parts.mnemonics import part_letters
from bridge_app.ui.parts.seeing_scroll import SeeingScroll

SEEN_ANEW = (QEvent.Type.Show, QEvent.Type.LayoutRequest)
"""What is seen of a dialog may be something else now."""
FRAME_PX = 40
"""What the system draws around a window takes about so much of the height."""


def open_dialog(dialog: QDialog) -> None:
    """Show a dialog above its window; returns at once, and the dialog goes when it is closed."""
    dialog.setModal(True)
    dialog.finished.connect(dialog.deleteLater)
    fit(dialog, dialog.screen().availableSize() - QSize(0, FRAME_PX))
    _Manners(dialog)
    dialog.open()


def fit_window(window: QWidget, wanted: QSize) -> None:
    """As large as it wants to be, as far as the screen has room for it and its frame."""
    window.resize(wanted.boundedTo(window.screen().availableSize() - QSize(0, FRAME_PX)))


def fit(dialog: QDialog, room: QSize) -> None:
    """Let one scroll that is too large for the screen: letters may be twice as large as usual."""
    layout, needed = dialog.layout(), dialog.minimumSizeHint()
    if layout is None or (needed.width() <= room.width() and needed.height() <= room.height()):
        if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
            dialog.resize(dialog.size().boundedTo(room))
        return
    wanted = dialog.size().expandedTo(dialog.sizeHint()).boundedTo(room)
    inside, area = QWidget(), SeeingScroll()
    inside.setLayout(layout)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # whatever has the keyboard is scrolled to
    area.setWidget(inside)
    around = QVBoxLayout(dialog)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    around.activate()  # from now on it may be smaller
    dialog.resize(wanted)


class _Manners(QObject):
    """What Qt's dialogs do otherwise than people expect.

    They stay as high as they were with more said in them, and cut it. With one letter for two
    places, they wait for another key. Of buttons that Enter does not press from a field, it
    presses another one than the one that has the keyboard. A field for which Enter does something
    of its own gets the dialog closed with it. And of several pages it leaves but one a button that
    Enter presses from a field.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._defaults = [one for one in dialog.findChildren(QPushButton) if one.isDefault()]
        dialog.installEventFilter(self)
        for pages in dialog.findChildren(QStackedWidget):
            pages.currentChanged.connect(self._turned)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: something wants another size, or a key that nobody in the dialog took."""
        if watched is self._dialog and event.type() in SEEN_ANEW:
            self._grow()
            self._part_letters()
        if watched is self._dialog and event.type() is QEvent.Type.Show:
            self._give_page_its_default()
        if watched is self._dialog and isinstance(event, QKeyEvent) and _is_enter(event):
            part = self._dialog.focusWidget()
            if isinstance(part, QPushButton | QToolButton):
                part.click()
                return True
            if isinstance(part, QLineEdit) and _has_done_it(part):
                return True
        return super().eventFilter(watched, event)

    def _turned(self) -> None:
        self._part_letters()
        self._give_page_its_default()

    def _give_page_its_default(self) -> None:
        for button in self._defaults:
            if button.isVisibleTo(self._dialog):
                button.setDefault(False)  # or the dialog is not told
                button.setDefault(True)

    def _part_letters(self) -> None:
        part_letters(self._dialog)

    def _grow(self) -> None:
        dialog = self._dialog
        layout = dialog.layout()
        if layout is None or not layout.hasHeightForWidth() or not dialog.isVisible():
            return
        wanted = layout.totalHeightForWidth(dialog.width())
        room = dialog.screen().availableGeometry().height()
        if dialog.height() < wanted <= room:
            dialog.resize(dialog.width(), wanted)


def _has_done_it(field: QLineEdit) -> bool:
    """Does Enter do something of its own in this field? It did so before the dialog got the key."""
    return field.isSignalConnected(QMetaMethod.fromSignal(field.returnPressed))


def _is_enter(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    pressed = event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat()
    return enters and pressed and plain == Qt.KeyboardModifier.NoModifier
