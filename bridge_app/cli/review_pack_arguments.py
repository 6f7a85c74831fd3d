"""What `review pack` and `review import` understand."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_review_packs(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about review packs to the group `review`."""
    text = "write a review pack: pictures and a page that opens in any browser"
    pack = add(inner, "pack", "review_pack:pack", text, json=True)
    pack.add_argument("assets", nargs="*", metavar="ASSET")
    pack.add_argument("--request", metavar="ID", help="what a review request asks for, instead")
    pack.add_argument(
        "--set", action="append", default=[], metavar="NAME", help="renditions of a set, or preset"
    )
    pack.add_argument("--master", action="store_true", help="with --set: the masters as well")
    pack.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="a new folder, or OUT.zip"
    )
    pack.add_argument("--title", default="", help="the request's, or the output's name, by default")
    pack.add_argument("--note", default="", help="for the reviewer")
    pack.add_argument("--due", metavar="DATE", help="a day (to its end, here), or a time")
    pack.add_argument("--stage", default="", help="the stage of the review that they decide")
    text = "record the verdicts that came back of a review pack"
    back = add(inner, "import", "review_pack:import_file", text, json=True)
    back.add_argument("file", metavar="FILE")
    back.add_argument("--dry-run", action="store_true", help="only print what would be recorded")
