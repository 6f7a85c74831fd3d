"""`push`: while all that it needs is loaded, its key is already being opened."""

import argparse

from bridge_app.app.profile import key_store_ahead, profile_home


def push(arguments: argparse.Namespace) -> int:
    """Plan a push, show it, and queue or carry it out."""
    sends = arguments.wait and not arguments.dry_run
    open_store = key_store_ahead(profile_home()) if sends else None
    # A passphrase takes as long as this does.
    from bridge_app.cli import transfer  # noqa: PLC0415

    return transfer.push(arguments, open_store)
