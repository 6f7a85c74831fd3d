"""The words about other systems: endpoints that are told what happens, and where assets went."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_channels(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """What other systems are told."""
    _add_webhook(commands, add)
    _add_contentstack(commands, add)
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


def _add_contentstack(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "publish approved renditions into entries of Contentstack"
    inner = commands.add_parser("contentstack", help=text, description=text).add_subparsers(
        dest="contentstack_command", required=True, metavar="COMMAND"
    )
    add(inner, "list", "contentstack:show", "the destinations", json=True)
    words = "keep a stack to publish to; its management token is asked for, or read from stdin"
    new = add(inner, "add", "contentstack:add", words)
    new.add_argument("name")
    new.add_argument("api_key")
    new.add_argument("environment", help="the stack's, to publish in")
    words = "us (default), eu, au, azure-na and so on; or other:KIND, which a package brings"
    new.add_argument("--region", default="us", help=words)
    new.add_argument("--branch", default="main")
    new.add_argument(
        "--locale",
        action="append",
        default=[],
        metavar="NAME=CODE",
        help="the stack's locale for a language or a market",
    )
    new.add_argument(
        "--folder", default="Asset Bridge", help="of copies for fields of files; empty: the root"
    )
    ends = ("unpublish", "remove")
    new.add_argument(
        "--on-expiry", choices=ends, default=ends[0], help="of the entry, or of the picture alone"
    )
    add(inner, "remove", "contentstack:remove", "forget a stack").add_argument("name")
    test = add(inner, "test", "contentstack:test", "call a stack, and list its parts", json=True)
    test.add_argument("name")
    listed = add(inner, "entries", "contentstack:entries", "entries of a content type", json=True)
    listed.add_argument("name")
    listed.add_argument("content_type")
    listed.add_argument("--locale", default="")
    words = "put a rendition into an entry's field"
    put = add(inner, "publish", "contentstack:publish", words, json=True)
    for name in ("name", "asset", "preset", "content_type", "entry", "field"):
        put.add_argument(name)
    for name in ("--market", "--language", "--locale"):
        put.add_argument(name, default="")
    put.add_argument("--label", default="", help="of the Cloudinary configuration in the field")
    put.add_argument("--dry-run", action="store_true", help="only say what would be written")
    words = "publish all rows of a table (CSV): each is looked at before anything is written"
    many = add(inner, "publish-many", "contentstack:publish_many", words, json=True)
    many.add_argument("name")
    many.add_argument("file")
    many.add_argument("--dry-run", action="store_true", help="only say what would be written")
    back = add(inner, "unpublish", "contentstack:unpublish", "take an asset back from entries")
    back.add_argument("name")
    back.add_argument("asset")
    back.add_argument("--entry", default="", help="from this one alone")
    back.add_argument("--dry-run", action="store_true", help="only say what would be taken back")
    state = add(inner, "status", "contentstack:status", "what is published at a stack", json=True)
    state.add_argument("name")
