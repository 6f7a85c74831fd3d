"""The words about feeds of products."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.domain.product_feed import MatchBy
from bridge_app.domain.product_feed_names import DEFAULT_PATTERN
from bridge_app.domain.product_feed_out import OutForm


def add_feeds(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Products that come in, and images that go out."""
    text = "products of other systems (PIM, ERP), their images, and the feed that goes out"
    inner = commands.add_parser("feed", help=text, description=text).add_subparsers(
        dest="feed_command", required=True, metavar="COMMAND"
    )
    add(inner, "list", "feed:show", "the feeds", json=True)
    _add_new(inner, add)
    for state in ("on", "off"):
        switch = add(inner, state, "feed:switch", f"switch a feed {state}")
        switch.add_argument("name")
        switch.set_defaults(state=state)
    add(inner, "remove", "feed:remove", "forget a feed and its products").add_argument("name")
    words = "read what a feed has, or a file as its; nothing is pushed"
    take = add(inner, "import", "feed:take", words, json=True)
    take.add_argument("name")
    take.add_argument("file", nargs="?")
    take.add_argument("--dry-run", action="store_true", help="only say what would be taken")
    look = add(inner, "preview", "feed:preview", "what matches, and what does not", json=True)
    look.add_argument("name")
    kinds = ("matched", "unclear", "missing", "unused")
    look.add_argument("--only", choices=kinds, default="", help="one kind of line")
    words = "read a feed and push approved images of its products"
    run = add(inner, "run", "feed:run", words, json=True)
    run.add_argument("name")
    run.add_argument("--dry-run", action="store_true", help="only say what would be done")
    run.add_argument("--wait", action="store_true", help="until they are delivered")
    add(inner, "runs", "feed:runs", "what was read of a feed", json=True).add_argument("name")
    _add_out(inner, add)
    words = "make the secret that posts of a feed are signed with, and show it once"
    add(inner, "secret", "feed_listening:secret", words).add_argument("name")
    words = "receive a feed that others post, until interrupted"
    listen = add(inner, "listen", "feed_listening:listen", words)
    listen.add_argument("name")
    listen.add_argument("--port", type=int, default=0, help="else any that is free")
    listen.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="to receive it on")


def _add_new(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    new = add(inner, "add", "feed:add", "keep a feed; nothing is read yet")
    new.add_argument("name")
    new.add_argument("source", help="a file, a folder, or an address")
    ways = [one.value for one in MatchBy]
    words = "how images are found for products that name none (default file_name)"
    new.add_argument("--match-by", choices=ways, default=ways[0], help=words)
    new.add_argument("--pattern", default="", help=f"of names; the default is {DEFAULT_PATTERN}")
    words = "their name of a column and ours"
    new.add_argument("--column", action="append", default=[], metavar="THEIRS=OURS", help=words)
    new.add_argument("--encoding", default="", help="found out where it is not given")
    new.add_argument("--every", type=int, default=0, metavar="MINUTES", help="read by itself")
    new.add_argument("--push", action="store_true", help="approved images, to this environment")
    new.add_argument("--folder", default="", help="to push into; {campaign} is the product's")
    new.add_argument("--channel", default="ecommerce", help="that images are pushed for")
    new.add_argument("--private", action="store_true", help="the host may be of this network")
    new.add_argument("--token", action="store_true", help="asked for, or read from standard input")


def _add_out(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "write images with their addresses, of what the gate lets be known"
    out = add(inner, "out", "feed:out", text, json=True)
    out.add_argument("name")
    out.add_argument("file")
    out.add_argument("--form", choices=[one.value for one in OutForm], help="else by its name")
    out.add_argument("--preset", action="append", default=[], help="else all of the channels")
    out.add_argument("--channel", action="append", default=[], help="else the feed's")
    words = "for programs: formulas are left as they are, and there is no byte order mark"
    out.add_argument("--raw", action="store_true", help=words)
    words = "also a file of that name that is no earlier feed"
    out.add_argument("--replace", action="store_true", help=words)
