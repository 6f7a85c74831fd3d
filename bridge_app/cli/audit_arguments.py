"""What `audit` understands."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.domain.audit import AuditKind

KINDS = sorted(kind.value.replace("_", "-") for kind in AuditKind if kind is not AuditKind.OTHER)


def add_audit(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about the record of who did what."""
    text = "The audit trail: who decided, delivered and took away what, and what was refused."
    inner = commands.add_parser("audit", help=text, description=text).add_subparsers(
        dest="audit", required=True, metavar="ACTION"
    )
    listing = add(inner, "list", "audit:listing", "list entries, the newest first", json=True)
    _add_filters(listing)
    listing.add_argument("--limit", type=int, default=100, metavar="N", help="at most (100)")
    text = "write a report of entries to a file: .csv, .json or .pdf"
    export = add(inner, "export", "audit:export", text)
    _add_filters(export)
    export.add_argument("-o", "--output", required=True, metavar="FILE")
    export.add_argument("--replace", action="store_true", help="if there is such a file already")
    text = "check that no entry was altered, dropped, moved or cut off"
    verify = add(inner, "verify", "audit:verify", text, json=True)
    verify.add_argument(
        "--against", metavar="HEAD", help="a head that was kept elsewhere: NUMBER:DIGEST"
    )
    text = "take note of damage that was found: it stays listed, but is no news any more"
    accept = add(inner, "accept", "audit:accept", text)
    accept.add_argument("--reason", required=True, metavar="TEXT", help="why it goes on")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assets", nargs="*", metavar="ASSET", help="only of these")
    parser.add_argument("--who", default="", metavar="NAME", help="only of this person")
    parser.add_argument("--kind", action="append", default=[], choices=KINDS, help="only these")
    parser.add_argument(
        "--search", default="", metavar="QUERY", help="only of assets that this search finds now"
    )
    parser.add_argument("--words", default="", metavar="TEXT", help="only with this in them")
    parser.add_argument("--since", default="", metavar="DATE", help="from this day on, in UTC")
    parser.add_argument("--until", default="", metavar="DATE", help="up to this day's end, in UTC")
