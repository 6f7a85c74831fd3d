"""The words of the commands about assets in the cloud, and of what tells of their changes."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_cloud(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Add them; `command` makes one, as in `main`."""
    rename = command(commands, "rename", "cloud:rename", "give an asset at Cloudinary another name")
    rename.add_argument("asset", metavar="ASSET")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument(
        "--public-id", action="store_true", help="NAME is a public ID: every address changes"
    )
    move = command(commands, "move", "cloud:move", "put assets at Cloudinary into another folder")
    move.add_argument("assets", nargs="+", metavar="ASSET")
    move.add_argument("--to", required=True, metavar="FOLDER", help='"" is the root')
    delete = command(commands, "delete", "cloud:delete", "delete assets at Cloudinary")
    delete.add_argument("assets", nargs="+", metavar="ASSET")
    restore = command(
        commands, "restore", "cloud:restore", "bring back deleted assets, or one kept version"
    )
    restore.add_argument("assets", nargs="+", metavar="ASSET")
    restore.add_argument("--version", default="", metavar="VERSION", help="as `versions` lists it")
    refresh = command(
        commands, "refresh", "cloud:refresh", "make derived files anew, and drop the CDN's copies"
    )
    refresh.add_argument("assets", nargs="+", metavar="ASSET")
    refresh.add_argument("--eager", action="append", default=[], metavar="TRANSFORMATION")
    access = command(commands, "access", "cloud:access", "say who may have assets, and when")
    access.add_argument("assets", nargs="+", metavar="ASSET")
    access.add_argument("--token", action="store_true", help="only with a token")
    access.add_argument(
        "--from", dest="start", default="", metavar="TIME", help="for all from then"
    )
    access.add_argument("--until", dest="end", default="", metavar="TIME", help="… until then")
    moderate = command(commands, "moderate", "cloud:moderate", "approve or reject at Cloudinary")
    moderate.add_argument("status", choices=("approved", "rejected"))
    moderate.add_argument("assets", nargs="+", metavar="ASSET")
    for made in (rename, move, delete, restore, refresh, access, moderate):
        made.add_argument("--dry-run", action="store_true", help="only print what would be done")
        made.add_argument("--wait", action="store_true", help="do it now and wait for the end")
        made.add_argument("--json", action="store_true", help="one JSON object per line")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    _add_retractions(commands, command)
    _add_address(commands, command)
    _add_questions(commands, command)
    _add_presets(commands, command)
    _add_notifications(commands, command)


def _add_retractions(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    text = "take back what may not be delivered any more, and restore what may be again"
    made = command(commands, "retractions", "retractions:retractions", text, json=True)
    made.add_argument("--dry-run", action="store_true", help="only print what would be done")
    made.add_argument("--record", action="store_true", help="list what was done")
    made.add_argument("--yes", action="store_true", help="do not ask, however many there are")


def _add_address(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    url = command(commands, "url", "cloud:url", "print delivery addresses of assets at Cloudinary")
    url.add_argument("assets", nargs="*", metavar="ASSET")
    url.add_argument(
        "--fetch", action="append", default=[], metavar="URL", help="what Cloudinary fetches there"
    )
    url.add_argument(
        "--tag-list", action="append", default=[], metavar="TAG", help="the images with a tag"
    )
    url.add_argument("--transformation", default="", metavar="T", help='such as "c_fill,w_400"')
    url.add_argument("--format", default="", metavar="FORMAT", help="such as webp")
    url.add_argument("--suffix", default="", metavar="WORDS", help="for people and search engines")
    url.add_argument("--root-path", action="store_true", help="without image/upload")
    url.add_argument("--sign", default="", choices=("sha1", "sha256", "long"))
    ends = url.add_mutually_exclusive_group()
    ends.add_argument(
        "--expires", type=int, default=0, metavar="SECONDS", help="open it with a token so long"
    )
    ends.add_argument("--until", metavar="TIME", help="open it with a token until then")
    url.add_argument("--market", default="", metavar="CODE", help="what it is wanted for: NO, DE")
    url.add_argument("--channel", default="", metavar="NAME", help="the same: web, social")
    url.add_argument("--analytics", default="", metavar="VALUE", help="of the parameter _a")


def _add_questions(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    versions = command(
        commands, "versions", "cloud:versions", "list the versions Cloudinary keeps", json=True
    )
    versions.add_argument("asset", metavar="ASSET")
    versions.add_argument("--download", metavar="VERSION", help="write this one to a file")
    versions.add_argument("-o", "--output", metavar="FILE")
    related = command(
        commands,
        "related",
        "cloud:related",
        "list or change what an asset is related to",
        json=True,
    )
    related.add_argument("asset", metavar="ASSET")
    related.add_argument("--add", action="append", default=[], metavar="ASSET")
    related.add_argument("--remove", action="append", default=[], metavar="ASSET")
    related.add_argument("--dry-run", action="store_true", help="only print what would be done")
    related.add_argument("--wait", action="store_true", help="do it now and wait for the end")


def _add_presets(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    text = "The upload presets of the environment in use."
    inner = commands.add_parser("upload-presets", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    command(inner, "list", "definitions:list_presets", "list them", json=True)
    create = command(inner, "create", "definitions:create_preset", "make one")
    change = command(inner, "change", "definitions:change_preset", "change one; the rest stays")
    delete = command(inner, "delete", "definitions:delete_preset", "remove one")
    for one in (create, change, delete):
        one.add_argument("name", metavar="NAME")
    for one in (create, change):
        one.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
        one.add_argument(
            "--unsigned", action=argparse.BooleanOptionalAction, help="good without a key"
        )
    delete.add_argument("--yes", action="store_true", help="without being asked")


def _add_notifications(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    listen = command(
        commands,
        "listen",
        "notifications:listen",
        "hear of changes until interrupted: by web hooks, or in a channel of one's own",
        json=True,
    )
    listen.add_argument("--port", type=int, help="receive web hooks there")
    listen.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="to receive them on")
    text = "Who is told of changes at Cloudinary."
    inner = commands.add_parser("triggers", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    command(inner, "list", "notifications:list_all", "list the triggers", json=True)
    add = command(inner, "add", "notifications:add", "have somebody told from now on")
    add.add_argument("uri", metavar="URI", help="https://… or poll://CHANNEL")
    add.add_argument("--event", default="all", metavar="TYPE", help="such as upload or delete")
    remove = command(inner, "remove", "notifications:remove", "have somebody told no more")
    remove.add_argument("trigger", metavar="ID")
