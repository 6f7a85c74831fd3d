"""The words that start services, and look after the profile."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers, count
from bridge_app.cli.uninstall_arguments import add_uninstall

MAX_LATENCY_S = 60


def add_service(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """The demo, the sandbox, and the doctor."""
    demo = command(
        commands, "demo", "opening:demo", "the sample library and the sandbox, without an account"
    )
    demo.add_argument("--headless", action="store_true", help="run the journey without a window")
    serve = command(
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
    doctor = command(
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
    doctor.add_argument(
        "--bundle",
        metavar="OUT.zip",
        help="show a report without secrets and names, and write it; nothing is sent",
    )
    doctor.add_argument(
        "--replace", action="store_true", help="let --bundle write over a file that is there"
    )
    add_uninstall(doctor)


def _add_service_settings(serve: argparse.ArgumentParser) -> None:
    """What the real service has in its console."""
    plans = ("sandbox", "free", "plus", "advanced", "enterprise")
    serve.add_argument("--plan", choices=plans, default="sandbox", help="limits of sizes and calls")
    serve.add_argument("--calls-per-hour", type=count, metavar="N", help="of the Admin API")
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


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port: it has to be 0 to 65535")
    return number


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= MAX_LATENCY_S:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {MAX_LATENCY_S}")
    return seconds
