"""The words about Cloudinary accounts."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers, count


def add_accounts(commands: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    """Product environments, and logins to them."""
    text = "Cloudinary product environments."
    inner = commands.add_parser("account", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    add = command(inner, "add", "account:add", "check an account with the service and keep it")
    add.add_argument("cloud_name", nargs="?")
    add.add_argument("api_key", nargs="?")
    add.add_argument(
        "--upload-prefix", metavar="URL", help="the API's address, if not Cloudinary's"
    )
    add.add_argument("--cname", metavar="HOST", help="the delivery host, if not the shared one")
    command(
        inner, "list", "account:list_all", "list the accounts, without their secrets", json=True
    )
    use = command(inner, "use", "account:use", "switch to an account", json=True)
    use.add_argument("environment")
    text = "log out: forget an account, its secret and its login"
    remove = command(inner, "remove", "account:remove", text, json=True)
    remove.add_argument("environment")
    remove.add_argument(
        "--forget-cache", action="store_true", help="what is catalogued of it here goes too"
    )
    text = "say how an account is called, and what it is for"
    label = command(inner, "label", "account:label", text, json=True)
    label.add_argument("environment")
    for naming in (add, label):
        _add_naming(naming)
    _add_account_facts(inner, command)


def _add_naming(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", help="what you call it")
    command.add_argument("--owner", help="the agency or team it belongs to")
    colours = ("red", "orange", "green", "teal", "blue", "violet", "pink", "none")
    command.add_argument("--colour", choices=colours)
    command.add_argument("--stage", choices=("production", "staging", "development", "none"))


def _add_account_facts(inner: "Subparsers[argparse.ArgumentParser]", command: Adds) -> None:
    text = "what an account has used, what its plan takes, and what its key may do"
    usage = command(inner, "usage", "account_usage:usage", text, json=True)
    usage.add_argument("environment", nargs="?", help="the one in use by default")
    usage.add_argument("--refresh", action="store_true", help="ask the service first")
    usage.add_argument(
        "--try-again", action="store_true", help="forget what was refused to the key"
    )
    login = command(inner, "login", "account_login:login", "log in with the browser", json=True)
    login.add_argument("--upload-prefix", metavar="URL")
    login.add_argument("--client-id", metavar="ID", help="our name at the authorization server")
    login.add_argument("--timeout", type=count, default=300, metavar="SECONDS")
    login.add_argument("--no-browser", action="store_true", help="only print the address to open")
    _add_naming(login)
    text = "list the product environments of a Cloudinary account, by its own keys"
    listing = command(inner, "environments", "account_login:environments", text, json=True)
    listing.add_argument("account_id", nargs="?", help="one whose keys are kept")
    listing.add_argument("--upload-prefix", metavar="URL")
    listing.add_argument("--keep", action="store_true", help="keep the keys in the key store")
