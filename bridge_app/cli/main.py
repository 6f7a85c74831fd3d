"""The entry point `asset-bridge`: words to commands, errors to sentences and exit statuses."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from bridge_app import __version__
from bridge_app.app.logs import start_logging
from bridge_app.cli.output import DONE, FAILED, REFUSED, USAGE, note
from bridge_app.domain.errors import BridgeError, GateRefusalError, InvalidInputError

INTERRUPTED = 130
Subparsers = argparse._SubParsersAction


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 failed, 2 usage, 3 refused by the gate."""
    arguments = parser().parse_args(argv)
    try:
        start_logging(debug=arguments.debug)
        # Each command loads what it needs: a listing must not wait for Qt, or for the sandbox.
        module, name = arguments.run.split(":")
        command = getattr(importlib.import_module(f"bridge_app.cli.{module}"), name)
        return int(command(arguments))
    except GateRefusalError as error:
        note(str(error))
        return REFUSED
    except InvalidInputError as error:
        note(str(error))
        return USAGE
    except BridgeError as error:
        note(str(error))
        return FAILED
    except KeyboardInterrupt:
        note("Interrupted. What is queued stays queued.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def parser() -> argparse.ArgumentParser:
    """The command line as design.md, section 5, promises it, as far as it exists."""
    top = argparse.ArgumentParser(
        prog="asset-bridge",
        description="The window between your masters and Cloudinary. Without a command it opens.",
    )
    top.add_argument("--version", action="version", version=f"Asset Bridge {__version__}")
    top.add_argument("--debug", action="store_true", help="write a detailed log")
    top.set_defaults(run="service:window", command=None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _add_service(commands)
    _add_library(commands)
    _add_assets(commands)
    _add_transfers(commands)
    _add_accounts(commands)
    return top


def _command(
    commands: "Subparsers[argparse.ArgumentParser]",
    name: str,
    run: str,
    text: str,
    *,
    json: bool = False,
) -> argparse.ArgumentParser:
    """A command; `run` names the module below `cli` and the function in it."""
    made = commands.add_parser(name, help=text, description=text)
    made.set_defaults(run=run)
    if json:
        made.add_argument("--json", action="store_true", help="one JSON object per line")
    return made


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port: it has to be 0 to 65535")
    return number


def _add_service(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    demo = _command(
        commands, "demo", "service:demo", "the sample library and the sandbox, without an account"
    )
    demo.add_argument("--headless", action="store_true", help="run the journey without a window")
    render = _command(
        commands,
        "transform",
        "service:transform",
        "render a file locally, and say how true the result is",
        json=True,
    )
    render.add_argument("file")
    render.add_argument("transformation", help='for example "c_fill,w_400,h_300"')
    render.add_argument("-o", "--output", required=True)
    serve = _command(
        commands,
        "sandbox",
        "service:sandbox",
        "serve Cloudinary's API on this machine until interrupted",
    )
    serve.add_argument("--port", type=_port, default=0)
    serve.add_argument("--state", metavar="DIR", help="keep everything there")
    serve.add_argument("--folder-mode", choices=("fixed", "dynamic"), default="dynamic")
    serve.add_argument(
        "--account",
        action="append",
        default=[],
        metavar="URL",
        help="cloudinary://KEY:SECRET@CLOUD of the sandbox's own making",
    )
    serve.add_argument("--delivery-base", metavar="URL")
    doctor = _command(
        commands,
        "doctor",
        "service:doctor",
        "look at what could be wrong here, and say how to mend it",
    )
    doctor.add_argument(
        "--restore-ledger",
        action="store_true",
        help="put the newest backup in the place of a damaged ledger",
    )


def _add_library(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    text = "Where masters live."
    inner = commands.add_parser("library", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    _command(inner, "add", "catalog:library_add", "add a folder and look through it").add_argument(
        "path"
    )
    _command(inner, "list", "catalog:library_list", "list the libraries", json=True)
    _command(
        inner, "sync", "catalog:library_sync", "look through one library, or all, again"
    ).add_argument("name", nargs="?")
    _command(
        inner, "remove", "catalog:library_remove", "forget a library; its files stay"
    ).add_argument("name")


def _add_assets(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    _command(
        commands, "search", "catalog:search", "search the catalog, offline", json=True
    ).add_argument("query", nargs="*")
    _command(
        commands, "show", "catalog:show", "show one asset with its history", json=True
    ).add_argument("asset")
    for name in ("approve", "reject", "request-changes"):
        verdict = _command(
            commands, name, "catalog:decide", "record this decision on the content of assets"
        )
        verdict.add_argument("assets", nargs="+", metavar="ASSET")
        verdict.add_argument("--comment")


def _add_transfers(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    push = _command(
        commands,
        "push",
        "transfer:push",
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
    listing = _command(
        commands, "jobs", "transfer:jobs", "list jobs, unfinished ones first", json=True
    )
    listing.add_argument("--limit", type=int, default=200)
    _command(commands, "retry", "transfer:retry", "queue a failed job again").add_argument(
        "id", type=int
    )
    _command(
        commands, "cancel", "transfer:cancel", "cancel a job that is not running"
    ).add_argument("id", type=int)


def _add_accounts(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    text = "Cloudinary product environments."
    inner = commands.add_parser("account", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    add = _command(inner, "add", "account:add", "check an account with the service and keep it")
    add.add_argument("cloud_name", nargs="?")
    add.add_argument("api_key", nargs="?")
    add.add_argument(
        "--upload-prefix", metavar="URL", help="the API's address, if not Cloudinary's"
    )
    add.add_argument("--cname", metavar="HOST", help="the delivery host, if not the shared one")
    _command(
        inner, "list", "account:list_all", "list the accounts, without their secrets", json=True
    )
    _command(inner, "use", "account:use", "switch to an account").add_argument("environment")
    _command(inner, "remove", "account:remove", "forget an account and its secret").add_argument(
        "environment"
    )


if __name__ == "__main__":
    sys.exit(main())
