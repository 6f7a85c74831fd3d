"""Logging in with the browser, and the environments that an account's own keys list."""

import argparse
import os
import sys
import threading
import webbrowser

from bridge_app.cli.account import account_json, naming_for
from bridge_app.cli.output import DONE, USAGE, note, say, say_json
from bridge_app.cli.session import opened
from bridge_app.delivery.oauth import CLIENT_ID, LoginWish
from bridge_app.delivery.provisioning import AccountKeys

ACCOUNT_URL_VARIABLE = "CLOUDINARY_ACCOUNT_URL"
CLIENT_ID_VARIABLE = "CLOUDINARY_OAUTH_CLIENT_ID"
"""As Cloudinary's own command line has it. Source: reference/cloudinary.md 1.7."""


def login(arguments: argparse.Namespace) -> int:
    """Log in with the browser, and use the environment that was chosen there."""
    wish = LoginWish(
        upload_prefix=arguments.upload_prefix,
        client_id=arguments.client_id or os.environ.get(CLIENT_ID_VARIABLE) or CLIENT_ID,
        timeout_s=arguments.timeout,
    )

    def show(url: str) -> None:
        note(f"Open this address in your browser, and log in there:\n{url}")
        if not arguments.no_browser:
            webbrowser.open(url)

    with opened() as parts:
        account = parts.worker.environments.log_in(wish, show=show, cancelled=threading.Event())
        naming = naming_for(arguments, account.environment)
        if naming is not None:
            account = parts.worker.environments.name(account.environment, naming)
    if arguments.json:
        say_json(account_json(account))
    note(f"{account.environment} answers and is in use now.")
    return DONE


def environments(arguments: argparse.Namespace) -> int:
    """List the product environments of a Cloudinary account, without their secrets."""
    url = os.environ.get(ACCOUNT_URL_VARIABLE, "")
    if not arguments.account_id and not url and not sys.stdin.isatty():
        url = sys.stdin.readline()
    if not arguments.account_id and not url.strip():
        note(
            f"Set {ACCOUNT_URL_VARIABLE} to account://KEY:SECRET@ACCOUNT_ID, send that on "
            "standard input, or name an account whose keys are kept."
        )
        return USAGE
    with opened() as parts:
        desk = parts.worker.environments
        if arguments.account_id:
            keys = desk.account_keys(arguments.account_id)
        else:
            keys = AccountKeys.from_url(url, upload_prefix=arguments.upload_prefix)
        found = desk.product_environments(keys, keep=arguments.keep)
        known = {account.environment for account in parts.worker.accounts()}
    for one in found:
        if arguments.json:
            say_json(
                {
                    "id": one.id,
                    "environment": one.cloud_name,
                    "name": one.name,
                    "enabled": one.enabled,
                    "api_key": one.api_key,
                    "added": one.cloud_name in known,
                }
            )
        else:
            mark = "*" if one.cloud_name in known else " "
            say(f"{mark} {one.cloud_name}  {one.name}" + ("" if one.enabled else "  switched off"))
    return DONE
