"""`asset-bridge doctor --uninstall-plan` and `--uninstall`: what goes, what stays, and doing it."""

import argparse
from collections import defaultdict
from pathlib import Path

from bridge_app.app.desktop_entries import DesktopEntries
from bridge_app.app.installation import installation
from bridge_app.app.profile import profile_home
from bridge_app.app.uninstall import Uninstall
from bridge_app.cli.asking import agrees
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.domain.uninstall_plan import Part, Removal, UninstallPlan
from bridge_app.storage.secrets import SecretStore, choose_store

WIDTH = 10
"""Of the column that says what something is."""


def show_plan(arguments: argparse.Namespace) -> int:
    """Show what would go and what would stay; nothing is changed."""
    _show(_leaving(), arguments)
    return DONE


def uninstall(arguments: argparse.Namespace) -> int:
    """Show the plan and, if a person agrees, carry it out."""
    leaving = _leaving()
    _show(leaving, arguments)
    if not arguments.yes and not agrees("Remove what is listed under “What goes”? [y/N]"):
        note("Nothing was removed. In a script, --yes agrees.")
        return FAILED
    failed = leaving.carry_out(
        with_profile=arguments.with_profile, despite_unsent=arguments.abandon_unsent
    )
    for sentence in failed:
        note(sentence)
    note("Removed." if not failed else "Removed, but for what is named above.")
    return FAILED if failed else DONE


def _leaving() -> Uninstall:
    home = profile_home()
    return Uninstall(
        home, entries=DesktopEntries(), program=installation(), keyring=lambda: _keyring(home)
    )


def _show(leaving: Uninstall, arguments: argparse.Namespace) -> None:
    plan = leaving.plan(with_profile=arguments.with_profile)
    if arguments.json:
        _tell_as_json(plan)
    else:
        _tell(plan)


def _keyring(home: Path) -> SecretStore:
    """The system's keyring; the sealed file of the profile is a file like any other here."""
    return choose_store(profile=home, passphrase=None)


def _tell(plan: UninstallPlan) -> None:
    if plan.unsent:
        say("Not sent yet, and lost with the profile or without its keys:")
        for work in plan.unsent:
            say(f"  {work.count} × {work.what}: {work.example}{' …' if work.count > 1 else ''}")
    say("What goes:")
    for removal in plan.goes:
        if removal.part is not Part.PROGRAM:
            say(f"  {removal.part.value:{WIDTH}} {_about(removal)}")
    for text in _programs(plan):
        say(f"  {Part.PROGRAM.value:{WIDTH}} {text}")
    if not plan.goes:
        say("  nothing")
    say("What stays:")
    for stay in plan.stays:
        say(f"  {stay.name}: {stay.why}")
    if plan.by_hand:
        say("The program itself was put here by others, who take it away again:")
        for command in plan.by_hand:
            say(f"  {command}")
    for trouble in plan.troubles:
        say(f"TROUBLE {trouble}")


def _about(removal: Removal) -> str:
    if removal.line:
        return f"{removal.name}, of it only: {removal.line}"
    if removal.bytes is None:
        return f"the keyring's entry “{removal.name}” of Asset Bridge"
    return f"{removal.name} ({removal.bytes:,} bytes)"


def _programs(plan: UninstallPlan) -> list[str]:
    """The program's files: thousands of a bundle are told by the folder that they are in."""
    ours = [Path(one.name) for one in plan.goes if one.part is Part.PROGRAM]
    sizes = {Path(one.name): one.bytes or 0 for one in plan.goes if one.part is Part.PROGRAM}
    folders: dict[Path, list[Path]] = defaultdict(list)
    top = min((path.parent for path in ours), key=lambda folder: len(folder.parts), default=None)
    for path in ours:
        folders[top if top in path.parents and top else path.parent].append(path)
    return [
        f"{folder} ({len(files):,} files, {sum(sizes[one] for one in files):,} bytes)"
        if len(files) > 1
        else f"{files[0]} ({sizes[files[0]]:,} bytes)"
        for folder, files in folders.items()
    ]


def _tell_as_json(plan: UninstallPlan) -> None:
    for work in plan.unsent:
        say_json({"fate": "unsent", "name": work.example, "what": work.what, "count": work.count})
    for removal in plan.goes:
        facts = {"what": removal.part.value, "bytes": removal.bytes, "line": removal.line or None}
        say_json({"fate": "goes", "name": removal.name, **facts})
    for stay in plan.stays:
        say_json({"fate": "stays", "name": stay.name, "why": stay.why})
    for command in plan.by_hand:
        say_json({"fate": "by_hand", "name": command})
    for trouble in plan.troubles:
        say_json({"fate": "trouble", "name": trouble})
