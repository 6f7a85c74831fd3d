"""What a screen reader gets: the accessibility bus of a desktop, asked as screen readers ask it."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
EVENTS = "org.a11y.atspi.Event.Object"
PATIENCE_S = 30
NOWHERE = "/org/a11y/atspi/null"
LABELLED_BY = 2
STATES = {
    "checkable": 41,
    "checked": 4,
    "enabled": 8,
    "focusable": 11,
    "focused": 12,
    "showing": 25,
    "visible": 30,
}
"""Places in the set of states, by AT-SPI."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that can be told of: a window, a control, a row."""

    reader: "ScreenReader"
    owner: str
    path: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self._property("Name"))

    @property
    def description(self) -> str:
        """What is told besides."""
        return str(self._property("Description"))

    @property
    def role(self) -> str:
        """What it is, in AT-SPI's words."""
        return str(self._call("GetRoleName"))

    @property
    def states(self) -> frozenset[str]:
        """Those that are known here."""
        low, high = self._call("GetState")
        both = low | (high << 32)
        return frozenset(name for name, place in STATES.items() if both >> place & 1)

    @property
    def children(self) -> "list[Node]":
        """What is in it."""
        return [
            Node(self.reader, owner, path)
            for owner, path in self._call("GetChildren")
            if path != NOWHERE
        ]

    def below(self, most: int = 200) -> "Iterator[Node]":
        """It and all in it that is shown; of long lists so many."""
        yield self
        for child in self.children[:most]:
            if "visible" in child.states:
                yield from child.below(most)

    def press(self) -> None:
        """Do what it is there for."""
        self._call("DoAction", "i", (0,), ACTION)

    def _property(self, name: str) -> Any:
        properties = "org.freedesktop.DBus.Properties"
        return self._call("Get", "ss", (ACCESSIBLE, name), properties)[1]

    def _call(
        self, name: str, signature: str = "", body: tuple[Any, ...] = (), port: str = ACCESSIBLE
    ) -> Any:
        return self.reader.call(DBusAddress(self.path, self.owner, port), name, signature, body)


class ScreenReader:
    """Sits on the accessibility bus of the session at `address`; hears what `events` names."""

    def __init__(self, address: str, events: Sequence[str] = ()) -> None:
        with open_dbus_connection(address) as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            asked = new_method_call(bus, "GetAddress")
            reply = session.send_and_get_reply(asked, timeout=PATIENCE_S)
        self._bus: DBusConnection = open_dbus_connection(reply.body[0])
        rule = MatchRule(type="signal", interface=EVENTS)
        self._events: deque[Any] = self._bus.filter(rule, bufsize=None).queue
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE_S)
        for event in events:
            self._register(event)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def applications(self) -> list[Node]:
        """The programs on it."""
        return Node(self, REGISTRY, ROOT).children

    def call(self, address: DBusAddress, name: str, signature: str, body: tuple[Any, ...]) -> Any:
        """The answer's one value, or its values. Raises what the bus says against it."""
        message = new_method_call(address, name, signature or None, body)
        found = unwrap_msg(self._bus.send_and_get_reply(message, timeout=PATIENCE_S))
        return found[0] if len(found) == 1 else found

    def heard(self) -> Any:
        """What the next event carries, the oldest first. Raises TimeoutError."""
        return self._bus.recv_until_filtered(self._events, timeout=PATIENCE_S).body

    def _register(self, event: str) -> None:
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        self._bus.send_and_get_reply(
            new_method_call(registry, "RegisterEvent", "sass", (f"object:{event}", [], "")),
            timeout=PATIENCE_S,
        )
