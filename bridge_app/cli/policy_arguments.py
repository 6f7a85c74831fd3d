"""What `policy` and `override` understand, and the choice of what a decision is about."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers

OF_RENDITION = "of this preset's rendition, not of the master"


def add_subject(command: argparse.ArgumentParser) -> None:
    """Say of what something is decided: of the master unless a preset is named."""
    command.add_argument("--rendition", metavar="PRESET", help=OF_RENDITION)


def add_decision(command: argparse.ArgumentParser) -> None:
    """Say of what, and in which stage, something is decided."""
    add_subject(command)
    command.add_argument("--stage", default="", metavar="NAME", help="the step of the review")


def add_policies(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about what environments demand."""
    text = "What an environment demands before something leaves."
    inner = commands.add_parser("policy", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    show = add(inner, "show", "policies:show", "print the policies as a JSON document")
    put = add(inner, "set", "policies:put", "put the policies of a JSON document in their place")
    put.add_argument("file", metavar="FILE", help="- for standard input")
    put.add_argument("--dry-run", action="store_true", help="only check the document")
    text = "say what the policies demand of assets, and what the gate says of them"
    check = add(inner, "check", "policies:check", text, json=True)
    check.add_argument("assets", nargs="+", metavar="ASSET")
    check.add_argument("--market", default="", metavar="CODE")
    check.add_argument("--channel", default="", metavar="NAME")
    for command in (show, put, check):
        command.add_argument("--environment", metavar="NAME", help="the one in use by default")
    text = "let assets pass in spite of their review, where a policy lets you; on the record"
    override = add(commands, "override", "policies:override", text)
    override.add_argument("assets", nargs="+", metavar="ASSET")
    override.add_argument("--reason", required=True, metavar="TEXT")
    override.add_argument("--until", metavar="WHEN", help="ISO 8601; without a zone it is UTC")
    override.add_argument("--take-back", action="store_true", help="end it instead")
    add_subject(override)
