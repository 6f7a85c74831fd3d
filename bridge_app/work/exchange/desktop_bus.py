"""Tells the desktop what happened, over its own bus: `org.freedesktop.Notifications`.

By jeepney and not by Qt: the numbers of that interface are unsigned, which Qt's Python binding
cannot say. Source: the Desktop Notifications specification.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
ANSWER_S = 3.0
DEFAULT = "default"
"""The action of a click on the notice itself."""

# Linux alone has it, and a window that tells nothing need not load it.
# ruff: noqa: PLC0415


class NoDesktopError(BridgeError):
    """Nobody shows notices here."""

    text = QT_TRANSLATE_NOOP("errors", "The desktop shows no notifications ({detail}).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told; `key` names the matter, and a newer notice of it takes an older one's place.

    `actions` are what can be done, by their name; the first happens on a click as well.
    """

    key: str
    title: str
    text: str
    actions: Mapping[str, str]


Chosen = Callable[[str, str], None]
"""Told the key of a notice and the name of the action, in a thread of its own."""


class DesktopBus:
    """Connects when it is first used. Blocking; any thread."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._lock = threading.Lock()
        self._connection: _Connection | None = None
        self._knowing = threading.Lock()
        self._keys: dict[int, str] = {}
        self._early: dict[int, str] = {}
        self._is_closed = False

    def tell(self, notice: Notice, failed: Callable[[], None]) -> None:
        """Show it from a thread that nobody waits for: a service may hang for as long as it likes.

        `failed` is called there where nobody shows notices.
        """

        def showing() -> None:
            try:
                self.show(notice)
            except NoDesktopError:
                if not self._is_closed:
                    failed()

        threading.Thread(target=showing, name="notice", daemon=True).start()

    def show(self, notice: Notice) -> None:
        """Show it. Raises NoDesktopError."""
        with self._lock:
            if self._connection is None:
                self._connection = _Connection(self._heard)
                with self._knowing:
                    self._keys.clear()
            with self._knowing:
                before = next((one for one, key in self._keys.items() if key == notice.key), 0)
            try:
                number = self._connection.notify(notice, before)
            except NoDesktopError:
                # The next one may find another session, or who shows notices started again.
                connection, self._connection = self._connection, None
                connection.close()
                raise
            if self._is_closed:
                self._let_go()
        with self._knowing:
            self._keys.pop(before, None)
            self._keys[number] = notice.key
            action = self._early.pop(number, None)
        if action is not None:
            self._chosen(notice.key, action)

    def close(self) -> None:
        """Hear of no more choices. Does not wait for who is being told something."""
        self._is_closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._let_go()
            finally:
                self._lock.release()

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _heard(self, number: int, action: str) -> None:
        with self._knowing:
            key = self._keys.get(number)
            if key is None:
                # Chosen before the number of the notice was told; or it is another program's.
                self._early = {number: action}
        if key is not None:
            self._chosen(key, action)


class _Connection:
    """One connection to the bus, and its thread. Raises NoDesktopError when it is made."""

    def __init__(self, heard: Callable[[int, str], None]) -> None:
        try:
            from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
            from jeepney.io.threading import DBusRouter, open_dbus_connection
        except ImportError as error:
            raise NoDesktopError(detail="it has no bus that we know") from error
        try:
            self._address = DBusAddress(PATH, bus_name=SERVICE, interface=SERVICE)
            self._call = new_method_call
            self._opened = open_dbus_connection(bus="SESSION")
            self._router = DBusRouter(self._opened)
            rule = MatchRule(type="signal", interface=SERVICE, member="ActionInvoked", path=PATH)
            self._filter = self._router.filter(rule, queue=_Ear(heard))
            self._router.send_and_get_reply(message_bus.AddMatch(rule), timeout=ANSWER_S)
        except _trouble() as error:
            raise NoDesktopError(detail=type(error).__name__) from error

    def notify(self, notice: Notice, replaces: int) -> int:
        """The number of the notice."""
        names = dict(notice.actions)
        first = next(iter(names.values()), "")
        pairs = {DEFAULT: first, **names} if names else {}
        words: Sequence[str] = [word for pair in pairs.items() for word in pair]
        hints = {"desktop-entry": ("s", "asset-bridge")}
        body = (
            *("Asset Bridge", replaces, "asset-bridge", notice.title, escape(notice.text)),
            *(words, hints, -1),
        )
        message = self._call(self._address, "Notify", "susssasa{sv}i", body)
        try:
            from jeepney.wrappers import unwrap_msg

            (number,) = unwrap_msg(self._router.send_and_get_reply(message, timeout=ANSWER_S))
        except _trouble() as error:
            raise NoDesktopError(detail=type(error).__name__) from error
        return int(number)

    def close(self) -> None:
        with suppress(*_trouble()):
            self._router.close()
            self._opened.close()


class _Ear:
    """Stands where a queue of messages stands otherwise."""

    def __init__(self, heard: Callable[[int, str], None]) -> None:
        self._heard = heard

    def put_nowait(self, message: object) -> None:
        # Any program of the session can say this, in any form; the thread has to outlive it.
        match getattr(message, "body", ()):
            case (int() as number, str() as action):
                self._heard(number, action)


def _trouble() -> tuple[type[Exception], ...]:
    """How the bus, or whoever is asked there, says no."""
    from jeepney.io.common import RouterClosed
    from jeepney.wrappers import DBusErrorResponse

    return (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse, RouterClosed)
