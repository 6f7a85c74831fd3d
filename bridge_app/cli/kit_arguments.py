"""The words about channel kits, and about how channels show what they are given."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.domain.channel_settings import (
    DENSITIES,
    FORMATS,
    QUALITIES,
    Placeholder,
    Platform,
    StorageMode,
)


def add_kits(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Kits and channels."""
    text = "renditions that a channel takes together, with limits of weight"
    inner = commands.add_parser("kit", help=text, description=text).add_subparsers(
        dest="kit_command", required=True, metavar="COMMAND"
    )
    add(inner, "list", "kit:listing", "the kits", json=True)
    show = add(inner, "show", "kit:show", "the renditions and limits of a kit", json=True)
    show.add_argument("kit")
    check = add(inner, "check", "kit:check", "what a kit of assets really weighs", json=True)
    words = "write a kit of assets as a folder, a ZIP or a feed, with a manifest"
    export = add(inner, "export", "kit:export", words, json=True)
    for command in (check, export):
        command.add_argument("kit")
        command.add_argument("assets", nargs="+", metavar="ASSET")
        command.add_argument("--table", metavar="CSV", help="texts and images by market")
    export.add_argument("-o", "--output", required=True, metavar="PATH", help="folder, .zip, feed")
    export.add_argument("--feed", action="store_true", help="list delivery URLs, write no picture")
    export.add_argument("--channel", metavar="NAME", help="the channel whose settings count")
    export.add_argument("--dry-run", action="store_true", help="only print the plan")
    save = add(inner, "save", "kit:save", "add a kit, or change one")
    save.add_argument("kit")
    save.add_argument("--preset", action="append", default=[], metavar="NAME")
    words = "200 (kB) for all, PRESET=100, .gif=50, or PRESET.gif=50"
    save.add_argument("--limit", action="append", default=[], metavar="KB", help=words)
    save.add_argument("--format", action="append", default=[], metavar="EXT", help="shown there")
    save.add_argument("--title")
    save.add_argument("--template", help="how files are named")
    save.add_argument("--use", metavar="CHANNEL", help="what rights call it: web, email, social…")
    add(inner, "remove", "kit:remove", "delete a kit").add_argument("kit")
    _add_channel(commands, add)


def _add_channel(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "how a shop or a site shows what is delivered to it"
    inner = commands.add_parser("channel", help=text, description=text).add_subparsers(
        dest="channel_command", required=True, metavar="COMMAND"
    )
    add(inner, "list", "channel:listing", "the settings of channels", json=True)
    words = "keep settings of a channel; what is not said stays"
    save = add(inner, "save", "channel:save", words, json=True)
    save.add_argument("channel", help="a name; wordpress, adobe-commerce, sap-commerce are ready")
    save.add_argument("--optimise", action="store_true", help="all that plug-ins recommend")
    save.add_argument("--platform", choices=[one.value for one in Platform])
    save.add_argument("--use", metavar="CHANNEL", help="what rights call it: web, ecommerce…")
    save.add_argument("--storage", choices=[one.value for one in StorageMode])
    save.add_argument("--format", choices=(*filter(None, FORMATS), "none"))
    save.add_argument("--quality", choices=(*filter(None, QUALITIES), "none"))
    save.add_argument("--dpr", choices=(*filter(None, DENSITIES), "none"))
    words = "NARROWEST,WIDEST,COUNT in pixels, or none"
    save.add_argument("--breakpoints", metavar="WIDTHS", help=words)
    save.add_argument("--lazy", action=argparse.BooleanOptionalAction)
    save.add_argument("--placeholder", choices=[one.value for one in Placeholder])
    save.add_argument("--seo-suffix", action=argparse.BooleanOptionalAction)
    words = "a folder of the plug-in, that nothing is pushed into; '' for none"
    save.add_argument("--plugin-folder", action="append", metavar="FOLDER", help=words)
    remove = add(inner, "remove", "channel:remove", "forget a channel's settings")
    remove.add_argument("channel")
