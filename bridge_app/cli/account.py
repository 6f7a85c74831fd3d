"""Commands about product environments. A secret is never an argument: those are public."""

import argparse
import getpass
import os
import sys
from dataclasses import asdict, replace

from bridge_app.app.build import Parts
from bridge_app.cli.asking import says_yes
from bridge_app.cli.output import DONE, USAGE, note, say, say_json
from bridge_app.cli.session import opened
from bridge_app.delivery.accounts import Account, NewAccount
from bridge_app.domain.environments import Hue, Login, Naming, Stage
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
        account = parts.worker.add_account(
            replace(new, naming=naming_for(arguments, new.cloud_name))
        )
        desk = parts.worker.environments
        desk.find_out(account.environment)
        denied = [one for one in desk.permissions(account.environment) if one.is_denied]
    note(f"{account.environment} answers and is in use now.")
    for one in denied:
        note(f"  may not {one.capability.value}: {one.reason}")
    return DONE


def list_all(arguments: argparse.Namespace) -> int:
    """List the accounts, without their secrets."""
    with opened() as parts:
        for account in parts.worker.accounts():
            if arguments.json:
                say_json(account_json(account))
            else:
                mark = "*" if account.in_use else " "
                say(f"{mark} {account_line(account)}")
    return DONE


def use(arguments: argparse.Namespace) -> int:
    """Switch to an account."""
    with opened() as parts:
        parts.worker.use_account(arguments.environment)
        account = parts.environments.account(arguments.environment)
    if arguments.json:
        say_json(account_json(account))
    elif account.stage is Stage.PRODUCTION:
        note(f"{account.environment} is in use now. It is production.")
    return DONE


def label(arguments: argparse.Namespace) -> int:
    """Say how an account is called, and what it is for; what is not given stays."""
    with opened() as parts:
        before = parts.environments.account(arguments.environment)
        account = parts.worker.environments.name(
            arguments.environment, _naming(arguments, before.naming)
        )
    if arguments.json:
        say_json(account_json(account))
    else:
        say(account_line(account))
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Log out: forget an account, its secret and its login."""
    environment = arguments.environment
    with opened() as parts:
        parts.environments.account(environment)  # a slip of the pen forgets nothing, and says so
        out = parts.worker.environments.log_out(environment, with_cache=arguments.forget_cache)
    if arguments.json:
        say_json(
            {
                "environment": environment,
                "service_told": out.service_told,
                "cache_forgotten": arguments.forget_cache,
            }
        )
        return DONE
    note(
        f"{environment} is forgotten. What was delivered there stays there; decisions and the "
        "history of deliveries stay here."
    )
    if not out.service_told:
        note("Cloudinary could not be told that the login is over. End it there too.")
    return DONE


def means_production(parts: Parts) -> bool:
    """At a terminal, ask whether it really is production that is meant; elsewhere say so."""
    account = parts.worker.current_account()
    if account is None or account.stage is not Stage.PRODUCTION:
        return True
    told = f"{account.label} ({account.environment}) is production."
    if not sys.stdin.isatty():
        note(told)
        return True
    return says_yes(f"{told} Go on? [y/N]")


def account_json(account: Account) -> dict[str, object]:
    """An account as scripts see it; the names are stable."""
    limits = account.media_limits
    return {
        "environment": account.environment,
        "api_key": account.api_key or None,
        "in_use": account.in_use,
        "name": account.label,
        "owner": account.owner or None,
        "colour": account.hue.value or None,
        "stage": account.stage.value or None,
        "login": account.login.value,
        "folder_mode": account.folder_mode.value if account.folder_mode else None,
        "media_limits": asdict(limits) if limits else None,
    }


def account_line(account: Account) -> str:
    """An account for people."""
    facts = (
        account.label if account.label != account.environment else "",
        account.owner,
        account.stage.value,
        f"{account.folder_mode.value} folders" if account.folder_mode else "",
    )
    opens = "browser login" if account.login is Login.OAUTH else account.api_key
    told = ", ".join(fact for fact in facts if fact)
    return f"{account.environment}  {opens}" + (f"  {told}" if told else "")


def _naming(arguments: argparse.Namespace, before: Naming) -> Naming:
    """How it is to be called; `none` takes a colour or a stage away."""
    return Naming(
        label=before.label if arguments.name is None else arguments.name or before.label,
        owner=before.owner if arguments.owner is None else arguments.owner,
        hue=before.hue if arguments.colour is None else Hue(_or_none(arguments.colour)),
        stage=before.stage if arguments.stage is None else Stage(_or_none(arguments.stage)),
    )


def naming_for(arguments: argparse.Namespace, cloud_name: str) -> Naming | None:
    """How a new one is to be called; None where nothing was said."""
    given = (arguments.name, arguments.owner, arguments.colour, arguments.stage)
    if all(one is None for one in given):
        return None
    return _naming(arguments, Naming(label=cloud_name))


def _or_none(choice: str) -> str:
    return "" if choice == "none" else choice


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
