"""The words of the commands that search, and that fetch from Cloudinary."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_mirror(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Add them; `command` makes one, as in `main`."""
    search = command(commands, "search", "catalog:search", "search the catalog, offline", json=True)
    search.add_argument("query", nargs="*")
    search.add_argument(
        "--cloud",
        action="store_true",
        help="QUERY is an expression of Cloudinary's, which searches the whole environment",
    )
    search.add_argument(
        "--online",
        action="store_true",
        help="the search of PhotoShelter, or of another such service: a page of what it finds",
    )
    search.add_argument("--library", metavar="NAME", help="only in this library")
    search.add_argument(
        "--most", type=int, default=500, metavar="N", help="of a search with --cloud (500)"
    )
    pull = command(commands, "pull", "mirror:pull", "download assets that are in Cloudinary")
    pull.add_argument("assets", nargs="+", metavar="ASSET")
    pull.add_argument("--to", required=True, metavar="DIR", help="nothing there is replaced")
    text = "make a file the new version of a master at Cloudinary or PhotoShelter"
    made = command(commands, "new-version", "new_version:new_version", text, json=True)
    made.add_argument("asset", metavar="ASSET")
    made.add_argument("file", metavar="FILE")
    made.add_argument("--approve", action="store_true", help="approve what the file holds")
    made.add_argument("--dry-run", action="store_true", help="only print what would be done")
    made.add_argument("--wait", action="store_true", help="do it now and wait for the end")
