"""The entry point `asset-bridge`: words to commands, errors to sentences and exit statuses."""

import gc
import importlib
import signal
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from bridge_app import __version__
from bridge_app.app.logs import start_logging
from bridge_app.cli.output import DONE, FAILED, REFUSED, USAGE, note
from bridge_app.domain.errors import BridgeError, GateRefusalError, InvalidInputError

if TYPE_CHECKING:
    import argparse

    from bridge_app.cli.commands import Subparsers

INTERRUPTED = 130
WITHOUT_COMMAND: dict[str, Any] = {"run": "opening:window", "command": None}
GARBAGE = 20_000
"""Objects that a command may make before any are looked through: most of them are few and kept."""
FAMILIES = {
    "service_arguments:add_service": ("demo", "sandbox", "doctor"),
    "library_arguments:add_library": ("library",),
    "library_arguments:add_assets": (
        *("search", "pull", "new-version", "show"),
        *("approve", "reject", "request-changes"),
    ),
    "metadata_arguments:add_metadata": ("edit", "metadata", "vocabulary", "template"),
    "mapping_arguments:add_mapping": ("mapping",),
    "rendition_arguments:add_renditions": ("transform", "renditions", "publish", "code", "presets"),
    "transfer_arguments:add_transfers": ("push", "jobs", "retry", "cancel"),
    "account_arguments:add_accounts": ("account",),
    "cloud_arguments:add_cloud": (
        *("rename", "move", "delete", "restore", "refresh", "access", "moderate", "retractions"),
        *("url", "versions", "related", "upload-presets", "listen", "triggers"),
    ),
    "recording_arguments:add_recording": ("write-back", "archive"),
    "audit_arguments:add_audit": ("audit",),
    "rights_arguments:add_rights": ("rights",),
    "review_arguments:add_review": ("review",),
    "policy_arguments:add_policies": ("policy", "override"),
    "kit_arguments:add_kits": ("kit", "channel"),
    "feed_arguments:add_feeds": ("feed",),
    "report_arguments:add_reports": ("report",),
    "channel_arguments:add_channels": (
        "webhook",
        "contentstack",
        "places",
    ),
}
"""Who adds commands, in the order of the help, and which; where it is not said, all are asked."""


PROMISES = {
    "It is tried again by itself.": "Try again later.",
    "The work continues by itself.": "Try again later.",
    "What needs one goes on by itself when the next hour begins; uploads go on meanwhile.": (
        "Try again when the next hour begins; uploads are not counted."
    ),
}
"""Nothing goes on once a command has ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 failed, 2 usage, 3 refused by the gate."""
    words = sys.argv[1:] if argv is None else list(argv)
    if argv is None:
        # What is loaded stays: until all is there, nothing has to be looked through for garbage.
        gc.disable()
    words, opened = _opened(words)
    arguments = _understood(words)
    arguments.opened = opened
    if argv is None:
        # Ended is like interrupted: what was begun is closed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        start_logging(debug=arguments.debug)
        # Each command loads what it needs: a listing must not wait for Qt, or for the sandbox.
        module, name = arguments.run.split(":")
        command = getattr(importlib.import_module(f"bridge_app.cli.{module}"), name)
        if argv is None:
            gc.freeze()
            gc.enable()
            gc.set_threshold(GARBAGE)
        return int(command(arguments))
    except GateRefusalError as error:
        note(str(error))
        return REFUSED
    except InvalidInputError as error:
        note(str(error))
        return USAGE
    except BridgeError as error:
        said = str(error)
        for promise, truth in PROMISES.items():
            said = said.replace(promise, truth)
        note(said)
        return FAILED
    except KeyboardInterrupt:
        note("Interrupted. What is queued stays queued.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def parser(words: Sequence[str] = ("--help",)) -> "argparse.ArgumentParser":
    """The command line.

    Of `words` that are a command, and those alone, it knows what they need.
    """
    import argparse  # noqa: PLC0415 - a window that is asked for without words needs none

    top = argparse.ArgumentParser(
        prog="asset-bridge",
        description="The window between your masters and Cloudinary. Without a command it opens.",
    )
    top.add_argument("--version", action="version", version=f"Asset Bridge {__version__}")
    top.add_argument("--debug", action="store_true", help="write a detailed log")
    top.set_defaults(**WITHOUT_COMMAND)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for family in _families(words):
        module, name = family.split(":")
        getattr(importlib.import_module(f"bridge_app.cli.{module}"), name)(commands, _command)
    return top


def _understood(words: Sequence[str]) -> "argparse.Namespace | SimpleNamespace":
    """What the words say; without any, what a parser would say of none."""
    if words:
        return parser(words).parse_args(words)
    return SimpleNamespace(**WITHOUT_COMMAND, debug=False)


def _opened(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The words of a command, and the links and files that are to be shown where there is none."""
    options = [word for word in words if word == "--debug"]
    named = [word for word in words if word not in {"--debug", "--"}]
    if not named or any(named[0] in known for known in FAMILIES.values()):
        return words, ()
    from bridge_app.cli.opening import names_something  # noqa: PLC0415 - commands need it not

    return (options, tuple(named)) if names_something(named) else (words, ())


def _families(words: Sequence[str]) -> Sequence[str]:
    """Who has to be asked: the one who knows the command, or everybody; nobody without one."""
    command = next((word for word in words if word != "--debug"), None)
    if command is None:
        return ()
    knowing = [family for family, known in FAMILIES.items() if command in known]
    return knowing or tuple(FAMILIES)


def _command(
    commands: "Subparsers[argparse.ArgumentParser]",
    name: str,
    run: str,
    text: str,
    *,
    json: bool = False,
) -> "argparse.ArgumentParser":
    """A command; `run` names the module below `cli` and the function in it."""
    made = commands.add_parser(name, help=text, description=text)
    made.set_defaults(run=run)
    if json:
        made.add_argument("--json", action="store_true", help="one JSON object per line")
    return made


if __name__ == "__main__":
    sys.exit(main())
