"""The words about libraries, and the assets in them."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.cli.mirror_arguments import add_mirror
from bridge_app.cli.policy_arguments import add_decision
from bridge_app.cli.recording_arguments import add_library_recording
from bridge_app.cli.shelter_arguments import add_library_shelter


def add_library(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Where masters live."""
    text = "Where masters live."
    inner = commands.add_parser("library", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    command(inner, "add", "catalog:library_add", "add a folder and look through it").add_argument(
        "path"
    )
    command(inner, "list", "catalog:library_list", "list the libraries", json=True)
    command(
        inner, "sync", "catalog:library_sync", "look through one library, or all, again"
    ).add_argument("name", nargs="?")
    command(
        inner, "remove", "catalog:library_remove", "forget a library; its files stay"
    ).add_argument("name")
    add_library_recording(inner, command)
    add_library_shelter(inner, command)


def add_assets(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Assets of the catalog: found, shown, decided on."""
    add_mirror(commands, command)
    command(
        commands, "show", "catalog:show", "show one asset with its history", json=True
    ).add_argument("asset")
    for name in ("approve", "reject", "request-changes"):
        verdict = command(
            commands, name, "catalog:decide", "record this decision on the content of assets"
        )
        verdict.add_argument("assets", nargs="+", metavar="ASSET")
        verdict.add_argument("--comment")
        add_decision(verdict)
