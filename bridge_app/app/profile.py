"""The profile: where it lives, who may work on it, and where its secrets are kept."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.storage.locks import locked
from bridge_app.work.ahead import Ahead

if TYPE_CHECKING:
    from bridge_app.storage.secrets import Secret, SecretStore
    from bridge_app.work.environments import OpenStore

HOME = "ASSET_BRIDGE_HOME"
PASSPHRASE = "ASSET_BRIDGE_PASSPHRASE"  # noqa: S105 - the variable's name


class AlreadyOpenError(BridgeError):
    """Another Asset Bridge works on this profile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Asset Bridge is open already on this profile ({path}). Use that window; what you "
        "queue elsewhere is carried out by it.",
    )


class ProfileTroubleError(BridgeError):
    """The profile cannot be made, or it cannot be written to."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The profile {path} cannot be written to: {detail}. Nothing was changed. Mend its "
        "permissions, or choose another one with ASSET_BRIDGE_HOME.",
    )


def profile_home() -> Path:
    """Where the profile lives: `ASSET_BRIDGE_HOME`, or the system's place for user data."""
    chosen = os.environ.get(HOME)
    if chosen:
        return Path(chosen)
    # Needed where nothing was chosen.
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_data_path("asset-bridge"))


def key_store(home: Path) -> "OpenStore":
    """How the key store of a profile is chosen: keyring, or encrypted file with a passphrase."""
    # The log asks where the profile is, before anything else is loaded.
    from bridge_app.storage.secrets import Secret, choose_store  # noqa: PLC0415

    def opened(passphrase: "Secret | None") -> "SecretStore":
        from_environment = os.environ.get(PASSPHRASE)
        if passphrase is None and from_environment:
            passphrase = Secret(from_environment)
        return choose_store(profile=home, passphrase=passphrase)

    return opened


def key_store_ahead(home: Path) -> "OpenStore":
    """The same, and one that a passphrase opens is being opened already: that takes a while."""
    opened = key_store(home)
    if not os.environ.get(PASSPHRASE):
        return opened
    ahead = Ahead(lambda: opened(None))
    return lambda passphrase: ahead.result() if passphrase is None else opened(passphrase)


def ready(home: Path) -> None:
    """Make the profile where there is none. Raises ProfileTroubleError if it cannot be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise ProfileTroubleError(path=home, detail=error.strerror) from error


@contextmanager
def sole_worker(home: Path) -> Iterator[None]:
    """Hold the profile's lock: one process at a time runs its jobs.

    Raises AlreadyOpenError and ProfileTroubleError.
    """
    ready(home)
    with ExitStack() as holding:
        try:
            holding.enter_context(locked(home / "worker.lock", waits=False))
        except BlockingIOError as error:
            raise AlreadyOpenError(path=home) from error
        except OSError as error:  # such as a lock that somebody else's start has left
            raise ProfileTroubleError(path=home, detail=error.strerror) from error
        yield
