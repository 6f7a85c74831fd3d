"""The entry point `asset-bridge`: words to commands, errors to sentences and exit statuses."""

import argparse
import gc
import importlib
import signal
import sys
from collections.abc import Sequence

from bridge_app import __version__
from bridge_app.app.logs import start_logging
from bridge_app.cli.audit_arguments import add_audit
from bridge_app.cli.cloud_arguments import add_cloud
from bridge_app.cli.commands import Subparsers
from bridge_app.cli.mapping_arguments import add_mapping
from bridge_app.cli.mirror_arguments import add_mirror
from bridge_app.cli.output import DONE, FAILED, REFUSED, USAGE, note
from bridge_app.cli.policy_arguments import add_decision, add_policies
from bridge_app.cli.push_options import add_push_options
from bridge_app.cli.recording_arguments import add_library_recording, add_recording
from bridge_app.cli.rendition_arguments import add_renditions
from bridge_app.cli.review_arguments import add_review
from bridge_app.cli.rights_arguments import add_rights
from bridge_app.cli.shelter_arguments import add_library_shelter
from bridge_app.domain.errors import BridgeError, GateRefusalError, InvalidInputError

INTERRUPTED = 130
MAX_LATENCY_S = 60


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 failed, 2 usage, 3 refused by the gate."""
    arguments = parser().parse_args(argv)
    if argv is None:
        # Ended is like interrupted: what was begun is closed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        start_logging(debug=arguments.debug)
        # Each command loads what it needs: a listing must not wait for Qt, or for the sandbox.
        module, name = arguments.run.split(":")
        command = getattr(importlib.import_module(f"bridge_app.cli.{module}"), name)
        if argv is None:
            # What is loaded by now stays: it need not be looked through for garbage.
            gc.freeze()
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
    _add_metadata(commands)
    add_mapping(commands, _command)
    add_renditions(commands, _command)
    _add_transfers(commands)
    _add_accounts(commands)
    add_cloud(commands, _command)
    add_recording(commands, _command)
    add_audit(commands, _command)
    add_rights(commands, _command)
    add_review(commands, _command)
    add_policies(commands, _command)
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
    serve = _command(
        commands,
        "sandbox",
        "service:sandbox",
        "serve Cloudinary's and PhotoShelter's APIs on this machine until interrupted",
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
    serve.add_argument("--secure-delivery-base", default="", metavar="URL")
    serve.add_argument(
        "--latency", type=_seconds, default=0.0, metavar="SECONDS", help="of every request"
    )
    serve.add_argument("--samples", action="store_true", help="as new environments have them")
    _add_service_settings(serve)
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


def _add_service_settings(serve: argparse.ArgumentParser) -> None:
    """What the real service has in its console."""
    plans = ("sandbox", "free", "plus", "advanced", "enterprise")
    serve.add_argument("--plan", choices=plans, default="sandbox", help="limits of sizes and calls")
    serve.add_argument("--calls-per-hour", type=_count, metavar="N", help="of the Admin API")
    serve.add_argument("--strict-transformations", action="store_true")
    serve.add_argument("--auth-token-key", default="", metavar="HEX", help="of delivery tokens")
    serve.add_argument("--host", action="append", default=[], metavar="NAME=CLOUD")
    serve.add_argument("--remote-file", action="append", default=[], metavar="URL=FILE")
    serve.add_argument("--tls-certificate", default="", metavar="FILE", help="to serve https")
    serve.add_argument("--tls-key", default="", metavar="FILE", help="of that certificate")
    serve.add_argument("--provisioning", default="", metavar="account://KEY:SECRET@ID")
    serve.add_argument(
        "--shelter",
        choices=("sample", "empty", "off"),
        default="sample",
        help="what the PhotoShelter-style service begins with",
    )
    serve.add_argument("--shelter-key", default="", metavar="KEY", help="of that service")
    serve.add_argument("--rate", default="", metavar="CALLS/SECONDS", help="of that service")
    serve.add_argument("--strict", action="store_true", help="no passwords in addresses there")


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= MAX_LATENCY_S:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {MAX_LATENCY_S}")
    return seconds


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is too few")
    return number


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
    add_library_recording(inner, _command)
    add_library_shelter(inner, _command)


def _add_assets(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    add_mirror(commands, _command)
    _command(
        commands, "show", "catalog:show", "show one asset with its history", json=True
    ).add_argument("asset")
    for name in ("approve", "reject", "request-changes"):
        verdict = _command(
            commands, name, "catalog:decide", "record this decision on the content of assets"
        )
        verdict.add_argument("assets", nargs="+", metavar="ASSET")
        verdict.add_argument("--comment")
        add_decision(verdict)


def _add_metadata(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    edit = _command(
        commands,
        "edit",
        "metadata:edit",
        "change tags, context and metadata of assets in a Cloudinary environment",
        json=True,
    )
    edit.add_argument("assets", nargs="+", metavar="ASSET")
    edit.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="title, caption, display_name, tags, context.KEY, or a metadata field",
    )
    edit.add_argument("--add-tag", action="append", default=[], metavar="TAG")
    edit.add_argument("--remove-tag", action="append", default=[], metavar="TAG")
    edit.add_argument("--dry-run", action="store_true", help="only print what would change")
    edit.add_argument("--wait", action="store_true", help="deliver now and wait for the end")
    text = "Structured metadata."
    inner = commands.add_parser("metadata", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    _command(inner, "fields", "metadata:fields", "list the fields and their values", json=True)


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
    add_push_options(push)
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
    use = _command(inner, "use", "account:use", "switch to an account", json=True)
    use.add_argument("environment")
    text = "log out: forget an account, its secret and its login"
    remove = _command(inner, "remove", "account:remove", text, json=True)
    remove.add_argument("environment")
    remove.add_argument(
        "--forget-cache", action="store_true", help="what is catalogued of it here goes too"
    )
    text = "say how an account is called, and what it is for"
    label = _command(inner, "label", "account:label", text, json=True)
    label.add_argument("environment")
    for command in (add, label):
        _add_naming(command)
    _add_account_facts(inner)


def _add_naming(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", help="what you call it")
    command.add_argument("--owner", help="the agency or team it belongs to")
    colours = ("red", "orange", "green", "teal", "blue", "violet", "pink", "none")
    command.add_argument("--colour", choices=colours)
    command.add_argument("--stage", choices=("production", "staging", "development", "none"))


def _add_account_facts(inner: "Subparsers[argparse.ArgumentParser]") -> None:
    text = "what an account has used, what its plan takes, and what its key may do"
    usage = _command(inner, "usage", "account_usage:usage", text, json=True)
    usage.add_argument("environment", nargs="?", help="the one in use by default")
    usage.add_argument("--refresh", action="store_true", help="ask the service first")
    usage.add_argument(
        "--try-again", action="store_true", help="forget what was refused to the key"
    )
    login = _command(inner, "login", "account_login:login", "log in with the browser", json=True)
    login.add_argument("--upload-prefix", metavar="URL")
    login.add_argument("--client-id", metavar="ID", help="our name at the authorization server")
    login.add_argument("--timeout", type=_count, default=300, metavar="SECONDS")
    login.add_argument("--no-browser", action="store_true", help="only print the address to open")
    _add_naming(login)
    text = "list the product environments of a Cloudinary account, by its own keys"
    listing = _command(inner, "environments", "account_login:environments", text, json=True)
    listing.add_argument("account_id", nargs="?", help="one whose keys are kept")
    listing.add_argument("--upload-prefix", metavar="URL")
    listing.add_argument("--keep", action="store_true", help="keep the keys in the key store")


if __name__ == "__main__":
    sys.exit(main())
