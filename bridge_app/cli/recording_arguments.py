"""What `write-back`, `archive` and `library intake` understand."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers

MODES = ("manifest", "file", "link", "off")


def add_recording(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about what masters' services are told, and keep."""
    text = "record at masters' PhotoShelter library what is published of them"
    write = add(commands, "write-back", "write_back:write_back", text, json=True)
    write.add_argument("assets", nargs="*", metavar="ASSET")
    write.add_argument("--all", action="store_true", help="everything that is or was published")
    write.add_argument("--dry-run", action="store_true", help="only print what would be written")
    text = "archive a campaign's collection: shown first, resumable, verified, undoable"
    archive = add(commands, "archive", "archive:archive", text, json=True)
    archive.add_argument("collection", nargs="?", metavar="COLLECTION", help="its path, or its id")
    archive.add_argument("--library", metavar="NAME", help="where there are several")
    archive.add_argument("--year", type=int, help="where it goes: _Archive/YEAR")
    archive.add_argument(
        "--copies",
        choices=("keep", "restrict", "remove"),
        default="restrict",
        help="what becomes of the copies at Cloudinary",
    )
    archive.add_argument("--originals", action="store_true", help="keep the masters' files too")
    archive.add_argument("-o", "--output", metavar="DIR", help="the folder that is made")
    archive.add_argument("--dry-run", action="store_true", help="only print the plan")
    archive.add_argument("--yes", action="store_true", help="do not ask")
    archive.add_argument("--list", action="store_true", help="list the archives")
    archive.add_argument("--go-on", metavar="ID", help="carry the rest of an archive out")
    archive.add_argument("--undo", metavar="ID", help="take an archive back")


def add_library_recording(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add what is chosen for a PhotoShelter library: intake folders, and how it is told."""
    text = "say how published renditions are recorded at a library's masters"
    mode = add(inner, "write-back", "write_back:choose_mode", text)
    mode.add_argument("name", metavar="LIBRARY")
    mode.add_argument("mode", choices=(*MODES, "inherit"))
    mode.add_argument("--folder", metavar="PATH", help="for one collection only")
    text = "Folders that take in other people's work, and what waits in them for a review."
    intake = inner.add_parser("intake", help=text, description=text).add_subparsers(
        dest="intake", required=True, metavar="ACTION"
    )
    add(intake, "list", "intake:folders", "list intake folders and how much waits", json=True)
    for name, told in (("mark", "what arrives waits for a review"), ("unmark", "it does not")):
        marked = add(intake, name, "intake:mark", f"in this folder {told}")
        marked.add_argument("name", metavar="LIBRARY")
        marked.add_argument("folder", metavar="PATH")
    queue = add(intake, "queue", "intake:queue", "list what waits for a review", json=True)
    queue.add_argument("name", nargs="?", metavar="LIBRARY")
    decide = add(intake, "decide", "intake:decide", "tag and decide on what waits, all at once")
    decide.add_argument("assets", nargs="*", metavar="ASSET")
    decide.add_argument("--all", metavar="LIBRARY", help="all that waits in this library")
    decide.add_argument("--tag", action="append", default=[], metavar="WORD")
    decide.add_argument("--comment", default="")
    verdict = decide.add_mutually_exclusive_group()
    for name in ("approve", "reject", "request-changes"):
        verdict.add_argument(
            f"--{name}", dest="verdict", action="store_const", const=name, help="all of them"
        )
