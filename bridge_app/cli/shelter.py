"""Commands about PhotoShelter-style libraries. A secret is never an argument: those are public."""

import argparse
import getpass
import os
import sys
from typing import TYPE_CHECKING

from bridge_app.cli.output import DONE, FAILED, USAGE, note, say, say_json
from bridge_app.cli.session import Scans, wait_until, working
from bridge_app.cli.shelter_choice import chosen_shelter
from bridge_app.domain.errors import InvalidInputError
from bridge_app.storage.secrets import Secret

if TYPE_CHECKING:
    from bridge_app.libraries.photoshelter.sign_in import Step

KEY_VARIABLE = "ASSET_BRIDGE_PHOTOSHELTER_KEY"
PASSWORD_VARIABLE = "ASSET_BRIDGE_PHOTOSHELTER_PASSWORD"  # noqa: S105 - the variable's name


def connect(arguments: argparse.Namespace) -> int:
    """Sign in to a service, add its library, and read it."""
    # httpx takes 0.2 s to load, which other commands need not wait for.
    from bridge_app.libraries.photoshelter.sign_in import SignIn  # noqa: PLC0415

    key = _secret(KEY_VARIABLE, "API key")
    password = _secret(PASSWORD_VARIABLE, "Password")
    if key is None or password is None:
        note(f"Set {KEY_VARIABLE} and {PASSWORD_VARIABLE}, or answer on a terminal.")
        return USAGE
    wish = SignIn(base_url=arguments.address, api_key=key, email=arguments.email, password=password)
    scans = Scans()
    with working(scans.hear) as (parts, ours):
        shelters = parts.worker.shelters
        step = _finished(shelters.begin_sign_in(wish), arguments)
        record = shelters.add(step, name=arguments.name or "")
        if not ours:
            note(f"{record.name} was added; the open window reads it.")
            return DONE
        wait_until(shelters.is_idle)
        state = shelters.state(step.credentials.account)
    say(f"{record.name}: {state.assets} assets in {state.galleries} galleries.")
    return FAILED if record.id in scans.cut_short else DONE


def keep(arguments: argparse.Namespace) -> int:
    """Fetch a folder's pictures (and originals) ahead; its size is said first."""
    with working() as (parts, ours):
        _, account = chosen_shelter(parts, arguments.name)
        shelters, folder = parts.worker.shelters, arguments.folder.strip("/")
        plan = shelters.offline_plan(account, folder, originals=arguments.originals)
        if arguments.json:
            facts = {"assets": plan.assets, "already": plan.already, "previews": plan.previews}
            say_json({**facts, "bytes": plan.preview_bytes + plan.original_bytes})
        else:
            size = plan.preview_bytes + plan.original_bytes
            say(f"{plan.assets} assets, {plan.already} here already; about {size} bytes to fetch.")
        if arguments.dry_run:
            return DONE
        shelters.keep_offline(account, folder, originals=arguments.originals)
        if not ours:
            note("A window is open: it fetches them.")
            return DONE
        wait_until(shelters.is_idle)
        complete = shelters.offline_plan(account, folder, originals=arguments.originals)
    note(f"{complete.already} of {complete.assets} are here.")
    return DONE


def let_go(arguments: argparse.Namespace) -> int:
    """Keep a folder no longer."""
    with working() as (parts, _):
        _, account = chosen_shelter(parts, arguments.name)
        parts.worker.shelters.let_go(account, arguments.folder.strip("/"))
    return DONE


def sign_out(arguments: argparse.Namespace) -> int:
    """End the session and forget key and password; the library stays as it was last seen."""
    with working() as (parts, _):
        record, account = chosen_shelter(parts, arguments.name)
        parts.worker.shelters.sign_out(account)
    note(f"{record.name} is signed out. `library connect` signs in again.")
    return DONE


def _finished(step: "Step", arguments: argparse.Namespace) -> "Step":
    """Answer what a sign-in asks for besides. Raises InvalidInputError."""
    if step.needs == "code":
        code = arguments.code or (input("Code: ") if sys.stdin.isatty() else "")
        if not code:
            raise InvalidInputError(
                what="--code", detail="the service asks for one, and none is given"
            )
        step = step.with_code(code)
    if step.needs == "organization":
        wanted = arguments.organization or _organization(step)
        fits = [one for one in step.organizations if wanted in (one.id, one.name)]
        if len(fits) != 1:
            names = ", ".join(f"{one.name} ({one.id})" for one in step.organizations)
            raise InvalidInputError(what="--organization", detail=f"it has to be one of {names}")
        step = step.in_organization(fits[0].id)
    return step


def _organization(step: "Step") -> str:
    """What a person at the terminal chooses; elsewhere nobody does."""
    if not sys.stdin.isatty():
        return ""
    for one in step.organizations:
        note(f"{one.id}  {one.name}")
    return input("Organisation (name or id): ").strip()


def _secret(variable: str, prompt: str) -> Secret | None:
    given = os.environ.get(variable)
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(f"{prompt}: ")
    return Secret(given) if given else None
