"""Libraries that other packages bring: found by their entry points, loaded when one is used.

A package names an object that fits `LibraryMaker` in the entry point group `GROUP`; the name of
the entry point is the kind of library. See docs/libraries.md.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import EntryPoint
from typing import Protocol, cast

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.shelter import BETWEEN
from bridge_app.libraries.remote import RemoteLibrary
from bridge_app.storage import packages
from bridge_app.storage.secrets import Secret

GROUP = "asset_bridge.libraries"
OWN_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


class NotInstalledError(BridgeError):
    """The package that brings a kind of library is not there, or is broken."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Libraries of the kind {kind} need a package that {detail}. What is catalogued of them "
        "stays.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a person is asked to sign in. `usual` is what an empty answer means."""

    name: str
    label: str
    is_secret: bool = False
    usual: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What came of a sign-in.

    `account` is the same whenever somebody signs in to the same library: letters, digits, `_` and
    `-`, at most 40. `kept` goes into the key store and nowhere else.
    """

    account: str
    name: str
    address: str
    kept: Secret
    email: str = ""


class KeptSecret(Protocol):
    """Where the secret of one account is kept. Methods block and raise BridgeError."""

    def load(self) -> Secret | None:
        """What is kept; None after signing out."""

    def save(self, secret: Secret) -> None:
        """Keep another one in its place."""

    def exclusive(self) -> AbstractContextManager[object]:
        """A lock that all processes of the profile share, held while a session is renewed."""


class LibraryMaker(Protocol):
    """One kind of library. Methods block and raise BridgeError only."""

    @property
    def title(self) -> str:
        """What people call the service."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a person is asked, in this order."""

    def sign_in(self, answers: Mapping[str, Secret], *, now: Callable[[], datetime]) -> SignedIn:
        """Sign in with the answers, by the names of the questions. Raises CredentialsError."""

    def open(self, account: str, kept: KeptSecret, *, now: Callable[[], datetime]) -> RemoteLibrary:
        """The library, ready for calls; nothing is asked of the service yet.

        `account` stands in each `ShelterAsset` that it tells.
        """


def installed() -> dict[str, EntryPoint]:
    """The kinds that installed packages bring; nothing of theirs is loaded."""
    return packages.installed(GROUP)


def maker(kind: str) -> LibraryMaker:
    """Load what makes libraries of a kind. Raises NotInstalledError."""
    return cast(LibraryMaker, packages.loaded(GROUP, kind, NotInstalledError))


def account_of(kind: str, signed: SignedIn) -> str:
    """Our name of an account. Raises InvalidInputError for a name that is none."""
    if not OWN_NAME.fullmatch(signed.account):
        raise InvalidInputError(
            what=signed.name, detail=QT_TRANSLATE_NOOP("facts", "its package names no account")
        )
    return f"{kind}{BETWEEN}{signed.account}"
