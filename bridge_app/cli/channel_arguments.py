"""The words about other systems: endpoints that are told what happens, and where assets went."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_channels(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """What other systems are told."""
    _add_webhook(commands, add)
    places = add(commands, "places", "places:listing", "where assets went", json=True)
    places.add_argument("assets", nargs="*", metavar="ASSET")
    places.add_argument("--stale", action="store_true", help="only what is out of date")


def _add_webhook(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "tell other systems' endpoints what happens, by signed messages"
    inner = commands.add_parser("webhook", help=text, description=text).add_subparsers(
        dest="webhook_command", required=True, metavar="COMMAND"
    )
    add(inner, "list", "webhook:show", "the endpoints", json=True)
    new = add(inner, "add", "webhook:add", "tell an endpoint from now on; prints its secret")
    new.add_argument("name")
    new.add_argument("url")
    new.add_argument(
        "--event", action="append", default=[], metavar="TYPE", help="only these; else all"
    )
    new.add_argument(
        "--private", action="store_true", help="the host may be of this computer or network"
    )
    new.add_argument("--secret", action="store_true", help="asked for, or read from standard input")
    for state in ("on", "off"):
        switch = add(inner, state, "webhook:change", f"switch an endpoint {state}")
        switch.add_argument("name")
        switch.set_defaults(state=state)
    for name, run, words in (
        ("remove", "remove", "tell an endpoint nothing more"),
        ("rotate", "rotate", "give an endpoint a new secret; the one before signs for a day"),
        ("test", "test", "send an endpoint a message that says nothing"),
    ):
        add(inner, name, f"webhook:{run}", words).add_argument("name")
    told = add(inner, "messages", "webhook:messages", "what endpoints were told", json=True)
    told.add_argument("name", nargs="?")
    told.add_argument("--failed", action="store_true", help="only those that nobody took")
    again = add(inner, "resend", "webhook:resend", "send messages again")
    again.add_argument("job", nargs="*", type=int, help="their numbers; else all that failed")
    add(inner, "send", "webhook:send", "send what waits, without a window")
