"""Stands in for the desktop: shows notices by printing them, and clicks on each. Not a test.

`notification_daemon.py ACTION…` answers on the session bus; each notice is one line of JSON, and
the next ACTION is chosen for it. With `hang` alone it never answers.
"""

import json
import sys

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


def serve(actions: list[str]) -> None:
    with open_dbus_connection(bus="SESSION") as connection:
        connection.send_and_get_reply(message_bus.RequestName(NAME))
        say({"ready": True})
        number = 0
        while True:
            message = connection.receive()
            fields = message.header.fields
            if message.header.message_type is not MessageType.method_call:
                continue
            if fields.get(HeaderFields.member) != "Notify" or actions == ["hang"]:
                continue
            _, replaces, _, title, text, pairs, _, _ = message.body
            number = replaces or number + 1
            connection.send(new_method_return(message, "u", (number,)))
            signature = fields[HeaderFields.signature]
            say(
                {
                    "title": title,
                    "text": text,
                    "actions": pairs,
                    "replaces": replaces,
                    "signature": signature,
                }
            )
            if actions:
                emitter = DBusAddress(PATH, interface=NAME)
                chosen = (number, actions.pop(0))
                connection.send(new_signal(emitter, "ActionInvoked", "us", chosen))


def say(line: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(sys.argv[1:])
