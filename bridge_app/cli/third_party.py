"""Libraries that other packages bring: which there are, and how one is signed in to."""

import argparse
import getpass
import os
import sys

from bridge_app.app.build import utc_now
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.cli.session import Scans, wait_until, working
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.shelter import shelter_of
from bridge_app.libraries.third_parties import Question, installed, maker
from bridge_app.storage.secrets import Secret

VARIABLE = "ASSET_BRIDGE_{kind}_{question}"


def connect(arguments: argparse.Namespace) -> int:
    """Sign in to a library of that kind, and read it; without a kind, list the kinds."""
    if arguments.kind is None:
        return _list(as_json=arguments.json)
    kind: str = arguments.kind
    makes = maker(kind)
    answers = {one.name: _answer(kind, one) for one in makes.questions}
    signed = makes.sign_in(answers, now=utc_now)
    scans = Scans()
    with working(scans.hear) as (parts, ours):
        shelters = parts.worker.shelters
        record = shelters.adopt(kind, signed, name=arguments.name or "")
        if not ours:
            note(f"{record.name} was added; the open window reads it.")
            return DONE
        wait_until(shelters.is_idle)
        state = shelters.state(shelter_of(record.id) or "")
    say(f"{record.name}: {state.assets} assets in {state.galleries} galleries.")
    return FAILED if record.id in scans.cut_short else DONE


def _list(*, as_json: bool) -> int:
    for kind, entry in installed().items():
        package = entry.dist.name if entry.dist is not None else ""
        if as_json:
            say_json({"kind": kind, "package": package})
        else:
            say(f"{kind}  {package}")
    return DONE


def _answer(kind: str, question: Question) -> Secret:
    """From the environment, or a person at the terminal. Raises InvalidInputError."""
    named = VARIABLE.format(kind=kind, question=question.name).upper().replace("-", "_")
    given = os.environ.get(named, "")
    if not given and sys.stdin.isatty():
        prompt = f"{question.label}: "
        given = getpass.getpass(prompt) if question.is_secret else input(prompt)
    if not given and not question.usual:
        raise InvalidInputError(what=question.label, detail=f"set {named}, or use a terminal")
    return Secret(given or question.usual)
