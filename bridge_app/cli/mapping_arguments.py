"""The words of the commands about the field mapping."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_mapping(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Add them; `command` makes one, as in `main`."""
    text = "What a master's record says at Cloudinary."
    inner = commands.add_parser("mapping", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    command(inner, "show", "mapping:show", "list the rows of the mapping in use", json=True)
    text = "say what is wrong with a mapping, and which fields Cloudinary lacks for it"
    check = command(inner, "check", "mapping:check", text, json=True)
    check.add_argument("--offline", action="store_true", help="ask no product environment")
    check.add_argument(
        "--create-fields", action="store_true", help="define the fields that are missing"
    )
    text = "show what would be sent of masters; nothing is"
    dry_run = command(inner, "dry-run", "mapping:dry_run", text, json=True)
    dry_run.add_argument("assets", nargs="+", metavar="ASSET")
    dry_run.add_argument("--offline", action="store_true", help="ask no product environment")
    for reading in (check, dry_run):
        reading.add_argument(
            "--file", metavar="FILE", help="another mapping than the one in use, as show prints it"
        )
    text = "have PhotoShelter say what the copies of masters say now, where both may be changed"
    back = command(inner, "bring-back", "mapping:bring_back", text, json=True)
    back.add_argument("assets", nargs="+", metavar="ASSET")
    back.add_argument("--dry-run", action="store_true", help="only print what would change")
    text = "bring masters and their copies together, by which side leads for each field"
    both = command(inner, "sync", "mapping_sync:sync", text, json=True)
    both.add_argument("assets", nargs="+", metavar="ASSET")
    both.add_argument("--dry-run", action="store_true", help="only print what would change")
    both.add_argument("--wait", action="store_true", help="until everything has arrived")
    use = command(inner, "use", "mapping:use", "use another mapping from now on")
    use.add_argument("file", nargs="?", metavar="FILE", help="rows as `show --json` prints them")
    use.add_argument("--default", action="store_true", help="the one that comes with the program")
