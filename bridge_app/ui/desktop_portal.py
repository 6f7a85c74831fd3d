"""What a desktop portal on the session bus says of the desktop's settings, now and later."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusVariant,
)

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
PATIENCE_MS = 2_000


class DesktopPortal(QObject):
    """Asks for settings, each by its group and key; GUI thread only."""

    told = Signal(object, object)  # (group, key), value

    def __init__(self, asked: Sequence[tuple[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._asked = asked
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("_setting_changed(QDBusMessage)")
        # PySide takes text, and says that it takes bytes.
        bus.connect(PORTAL, PATH, SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload]
        for wish in asked:
            call = QDBusMessage.createMethodCall(PORTAL, PATH, SETTINGS, "Read")
            call.setArguments(list(wish))
            watcher = QDBusPendingCallWatcher(bus.asyncCall(call, PATIENCE_MS), self)
            watcher.finished.connect(partial(self._answered, wish, watcher))

    def _answered(self, wish: tuple[str, str], watcher: QDBusPendingCallWatcher) -> None:
        if not watcher.isError():
            self._tell(wish, watcher.reply().arguments()[0])
        watcher.deleteLater()

    @Slot(QDBusMessage)
    def _setting_changed(self, message: QDBusMessage) -> None:
        """The bus: somebody has changed one of the desktop's settings."""
        group, key, value = message.arguments()
        if (group, key) in self._asked:
            self._tell((group, key), value)

    def _tell(self, wish: tuple[str, str], value: object) -> None:
        while isinstance(value, QDBusVariant):
            value = value.variant()
        self.told.emit(wish, value)
