"""The words about pushes and jobs."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.domain.push_policies import (
    Access,
    DeliveryType,
    IdFrom,
    Moderated,
    OnConflict,
    ShownAs,
)


def add_transfers(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Pushes, and what is queued."""
    push = command(
        commands,
        "push",
        "sending:push",
        "plan a push, show it, and queue or carry it out",
        json=True,
    )
    push.add_argument("assets", nargs="*", metavar="ASSET")
    push.add_argument("--approved", action="store_true", help="everything that is approved")
    push.add_argument("--wait", action="store_true", help="send now and wait for the end")
    push.add_argument("--dry-run", action="store_true", help="only print the plan")
    push.add_argument("--folder", default="", help="target folder")
    push.add_argument("--tag", action="append", default=[])
    push.add_argument("--preset", help="upload preset")
    _add_push_options(push)
    listing = command(
        commands, "jobs", "transfer:jobs", "list jobs, unfinished ones first", json=True
    )
    listing.add_argument("--limit", type=int, default=200)
    command(commands, "retry", "transfer:retry", "queue a failed job again").add_argument(
        "id", type=int
    )
    command(commands, "cancel", "transfer:cancel", "cancel a job that is not running").add_argument(
        "id", type=int
    )


def _add_push_options(push: argparse.ArgumentParser) -> None:
    """Say on the command line what the push form's further options say."""
    push.add_argument(
        "--context", action="append", default=[], metavar="NAME=VALUE", help="contextual metadata"
    )
    push.add_argument(
        "--metadata",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="a value of a structured field, by its external ID or label",
    )
    push.add_argument(
        "--moderation",
        choices=[one.value for one in Moderated],
        default=Moderated.NO.value,
        help="manual: what arrives waits for a person in Cloudinary's moderation",
    )
    push.add_argument(
        "--eager",
        action="append",
        default=[],
        metavar="NAME",
        help="a preset or set whose renditions Cloudinary makes as the masters arrive",
    )
    push.add_argument(
        "--table", metavar="CSV", help="texts by market for the renditions of --eager"
    )
    push.add_argument(
        "--on-conflict",
        choices=[one.value for one in OnConflict],
        help="what becomes of assets of which an earlier version is delivered",
    )
    push.add_argument(
        "--id-from",
        choices=[one.value for one in IdFrom],
        default=IdFrom.FILE_NAME.value,
        help="how public IDs are made",
    )
    push.add_argument(
        "--shown-as",
        choices=[one.value for one in ShownAs],
        default=ShownAs.PUBLIC_ID.value,
        help="display names",
    )
    push.add_argument(
        "--access",
        choices=[one.value for one in Access],
        default=Access.PUBLIC.value,
        help="who may see what is delivered",
    )
    push.add_argument(
        "--type",
        choices=[one.value for one in DeliveryType],
        default=DeliveryType.UPLOAD.value,
        help="delivery type; with --url it has to be private or authenticated",
    )
    push.add_argument("--url", help="let Cloudinary fetch this file by itself; needs --public-id")
    push.add_argument("--public-id", help="where a file fetched by --url goes")
