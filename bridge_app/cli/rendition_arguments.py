"""What `transform`, `renditions`, `publish`, `code` and `presets` understand."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.domain.naming_templates import DEFAULT_TEMPLATE, FIELDS

KINDS = (
    "url",
    "html",
    "picture",
    "markdown",
    "css",
    "video_player",
    "gallery",
    "python",
    "javascript",
    "node",
)
"""Those of `transform.code.Code`, which loads libvips, and parsing must not wait for that."""


def add_renditions(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about renditions."""
    text = "render a file locally, and say how true the result is"
    render = add(commands, "transform", "transform:transform", text, json=True)
    render.add_argument("file")
    render.add_argument("transformation", help='for example "c_fill,w_400,h_300"')
    render.add_argument("-o", "--output", required=True)
    render.add_argument(
        "--layers", metavar="DIR", help="pictures and fonts of layers, named by their public IDs"
    )
    text = "what t_ names, as `presets export` writes it"
    render.add_argument("--presets", metavar="FILE", help=text)
    text = "make a set of renditions of assets, as files or at Cloudinary"
    many = add(commands, "renditions", "renditions:renditions", text, json=True)
    many.add_argument("assets", nargs="+", metavar="ASSET")
    many.add_argument(
        "--set", action="append", required=True, metavar="NAME", help="a set, or a preset"
    )
    many.add_argument("-o", "--output", metavar="DIR", help="the folder for the files")
    many.add_argument("--in-cloud", action="store_true", help="make them at Cloudinary instead")
    many.add_argument("--table", metavar="CSV", help="texts and images by market and language")
    many.add_argument(
        "--template",
        default=DEFAULT_TEMPLATE,
        help=f"how files are named; fields: {', '.join(FIELDS)}",
    )
    many.add_argument("--replace", action="store_true", help="files of the same names may go")
    many.add_argument("--dry-run", action="store_true", help="only print the plan")
    text = "have renditions of pushed assets made at Cloudinary, and known as published"
    out = add(commands, "publish", "renditions:publish", text, json=True)
    text = "without one: all that are pushed and approved"
    out.add_argument("assets", nargs="*", metavar="ASSET", help=text)
    out.add_argument(
        "--set", action="append", required=True, metavar="NAME", help="a set, or a preset"
    )
    out.add_argument("--table", metavar="CSV", help="texts and images by market and language")
    out.add_argument("--wait", action="store_true", help="publish now, and wait for the end")
    out.add_argument("--dry-run", action="store_true", help="only print the plan")
    text = "print the code that shows a rendition of a delivered asset"
    code = add(commands, "code", "code:code", text, json=True)
    code.add_argument("asset", metavar="ASSET")
    code.add_argument("preset", metavar="PRESET")
    code.add_argument("--as", dest="kind", choices=KINDS, help="all of them by default")
    text = "offer browsers the widths whose files differ enough, measured so"
    code.add_argument("--widths", choices=("here", "cloudinary"), help=text)
    code.add_argument("--channel", metavar="NAME", help="as this channel's settings show things")
    _add_presets(commands, add)


def _add_presets(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "Rendition presets and sets."
    inner = commands.add_parser("presets", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    add(inner, "list", "presets:list_all", "list presets and sets", json=True)
    text = "add a preset, or change one"
    _add_fields(add(inner, "save", "presets:save", text))
    text = "delete presets or sets"
    add(inner, "remove", "presets:remove", text).add_argument("names", nargs="+", metavar="NAME")
    read = add(inner, "import", "presets:import_file", "add what a JSON document holds")
    read.add_argument("file", metavar="FILE", help="- for standard input")
    write = add(inner, "export", "presets:export_file", "write presets and sets as JSON")
    write.add_argument("names", nargs="*", metavar="NAME", help="all of them by default")
    write.add_argument("-o", "--output", metavar="FILE")
    text = "list the published renditions that a change of a preset leaves behind"
    add(inner, "affected", "presets:affected", text, json=True).add_argument("name")
    text = "list presets beside Cloudinary's named transformations"
    add(inner, "named", "presets:named", text, json=True)
    send = add(inner, "send", "presets:send", "define presets as named transformations")
    take = add(inner, "take", "presets:take", "keep named transformations as presets")
    for command in (send, take):
        command.add_argument("names", nargs="+", metavar="NAME")
    for command in (read, write, send, take):
        command.add_argument("--replace", action="store_true", help="what is there may go")


def _add_fields(save: argparse.ArgumentParser) -> None:
    """What a preset says."""
    save.add_argument("name")
    save.add_argument("transformation")
    save.add_argument("--title", default="")
    save.add_argument("--format", default="", metavar="EXT", help="the master's by default")
    save.add_argument("--channel", default="")
    save.add_argument("--market", action="append", default=[], metavar="CODE")
    save.add_argument("--language", action="append", default=[], metavar="CODE")
    save.add_argument("--width", type=int, default=0, help="what the channel demands")
    save.add_argument("--height", type=int, default=0)
    save.add_argument("--at-most", action="store_true", help="smaller is allowed too")
    save.add_argument(
        "--replace", action="store_true", help="also if it leaves published renditions behind"
    )
