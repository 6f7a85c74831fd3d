"""Reads a master of a service by its ID just before anything of it leaves.

The catalog tells how it was at the last sync; what was withdrawn since is known at the service.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    OfflineError,
    TransientError,
)
from bridge_app.domain.jobs import WaitingFor
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.libraries.remote import RemoteLibrary
from bridge_app.work.context import Context
from bridge_app.work.outcome import Waiting

AWAY_S = 60.0
"""How long to wait when the master's service, not Cloudinary, cannot be reached."""


class MasterGoneError(BridgeError):
    """The service has no such master any more."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} is not at its library any more. Nothing was sent or changed."
    )


class MasterAwayError(TransientError):
    """The service of the master cannot be reached, while Cloudinary can."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The library of this master cannot be reached. Nothing was lost: it is tried again by "
        "itself every minute.",
    )


class Masters(Protocol):
    """What is asked about masters of services. Methods block and raise BridgeError only."""

    def refresh_now(self, asset: AssetId) -> ShelterAsset | None:
        """Read one master by its ID, and keep what it is now; None if it is gone."""

    def service(self, account: str) -> RemoteLibrary:
        """An account's service, ready for calls."""


@contextmanager
def masters_service() -> Iterator[None]:
    """Being offline there does not mean that Cloudinary cannot be reached."""
    try:
        yield
    except OfflineError as error:
        raise MasterAwayError from error


def until_back(error: MasterAwayError, context: Context) -> Waiting:
    """The job waits for the service."""
    until = context.now() + timedelta(seconds=AWAY_S)
    return Waiting(reason=WaitingFor.NEXT_TRY, until=until, error=error)
