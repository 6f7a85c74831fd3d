"""Commands about product environments. A secret is never an argument: those are public."""

import argparse
import getpass
import os
import sys

from bridge_app.cli.output import DONE, USAGE, note, say, say_json
from bridge_app.cli.session import opened
from bridge_app.delivery.accounts import NewAccount
from bridge_app.storage.secrets import Secret

URL_VARIABLE = "CLOUDINARY_URL"


def add(arguments: argparse.Namespace) -> int:
    """Check an account with the service and keep it."""
    if "://" in (arguments.cloud_name or ""):
        note(
            "A Cloudinary URL holds the secret, and arguments can be seen by every program here. "
            f"Put it into {URL_VARIABLE}, or send it on standard input."
        )
        return USAGE
    new = _entered(arguments)
    if new is None:
        note(f"Give the cloud name and the API key, or set {URL_VARIABLE}.")
        return USAGE
    with opened() as parts:
        account = parts.worker.add_account(new)
    note(f"{account.environment} answers and is in use now.")
    return DONE


def list_all(arguments: argparse.Namespace) -> int:
    """List the accounts, without their secrets."""
    with opened() as parts:
        for account in parts.worker.accounts():
            facts = {
                "environment": account.environment,
                "api_key": account.api_key,
                "in_use": account.in_use,
            }
            if arguments.json:
                say_json(facts)
            else:
                mark = "*" if account.in_use else " "
                say(f"{mark} {account.environment}  {account.api_key}")
    return DONE


def use(arguments: argparse.Namespace) -> int:
    """Switch to an account."""
    with opened() as parts:
        parts.worker.use_account(arguments.environment)
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Forget an account and its secret."""
    with opened() as parts:
        parts.worker.remove_account(arguments.environment)
    note(f"{arguments.environment} is forgotten. What was delivered there stays there.")
    return DONE


def _entered(arguments: argparse.Namespace) -> NewAccount | None:
    """The account from the arguments and a prompt, the environment, or standard input."""
    if arguments.cloud_name and arguments.api_key:
        return NewAccount(
            cloud_name=arguments.cloud_name,
            api_key=arguments.api_key,
            secret=Secret(_secret("API secret: ")),
            upload_prefix=arguments.upload_prefix,
            cname=arguments.cname,
        )
    if arguments.cloud_name:
        return None
    url = os.environ.get(URL_VARIABLE) or ("" if sys.stdin.isatty() else sys.stdin.readline())
    return NewAccount.from_url(url) if url.strip() else None


def _secret(prompt: str) -> str:
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
