"""The diagnostic bundle at the terminal: shown in full, then written."""

import argparse
from pathlib import Path

from bridge_app.app.profile import profile_home
from bridge_app.cli.output import DONE, say
from bridge_app.cli.session import opened
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.work.diagnosis.report import Diagnosis, shown_in_full, write_bundle

THERE = QT_TRANSLATE_NOOP("facts", "it is there already; --replace writes over it")


def write(arguments: argparse.Namespace) -> int:
    """Show every word that the bundle holds, and write it."""
    target = Path(arguments.bundle)
    if target.exists() and not arguments.replace:
        raise InvalidInputError(what=str(target), detail=THERE)
    home = profile_home()
    with opened() as parts:
        documents = Diagnosis(home, parts.stock, parts.settings.load(), {}).documents()
    say(shown_in_full(documents))
    write_bundle(target, documents)
    say(f"Written to {arguments.bundle}. It was sent nowhere.")
    return DONE
