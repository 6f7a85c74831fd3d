"""Signing in, step by step: key and password, a code, the choice of an organisation.

Source: reference/photoshelter.md, 4.1, 4.3 and 4.4.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import SystemRandom
from typing import Literal

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.libraries.photoshelter.address import service_address, service_name
from bridge_app.libraries.photoshelter.authentication import (
    account_of,
    by_code,
    by_password,
    enter_organization,
    who,
)
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.retrying import Wire
from bridge_app.libraries.photoshelter.session import newest
from bridge_app.libraries.photoshelter.transport import Transport
from bridge_app.libraries.photoshelter.values import Organization
from bridge_app.storage.secrets import Secret

Needs = Literal["code", "organization", "nothing"]
TRIES = 2
"""A person waits in front of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What a person enters; `base_url` may be a bare host.

    Where the password is not kept, the person signs in again when the session ends.
    """

    base_url: str
    api_key: Secret
    email: str
    password: Secret
    keeps_password: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a sign-in stands: it needs a code, an organisation, or nothing more.

    Methods block, and raise SignInRefusedError, ApiKeyRefusedError, OfflineError,
    ServiceTroubleError, RateLimitedError, InvalidInputError for what is no answer.
    """

    needs: Needs
    organizations: tuple[Organization, ...] = ()
    so_far: ShelterCredentials = field(repr=False)
    now: Callable[[], datetime] = field(repr=False)

    def with_code(self, code: str) -> "Step":
        """Go on with a two-factor code; blanks in it don't count."""
        digits = "".join(code.split())
        if not (digits.isascii() and digits.isalnum()):
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The code"),
                detail=QT_TRANSLATE_NOOP("facts", "it has to be digits"),
            )
        with wire_to(self.so_far, self.now) as wire:
            # Another session would need another code.
            signed_in = replace(by_code(wire, self.so_far, digits), password=None)
            return after_sign_in(wire, signed_in)

    def in_organization(self, organization_id: str) -> "Step":
        """Go on in one of the `organizations`."""
        chosen = next((one for one in self.organizations if one.id == organization_id), None)
        if chosen is None:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The organisation"),
                detail=QT_TRANSLATE_NOOP("facts", "it is none of yours"),
            )
        with wire_to(self.so_far, self.now) as wire:
            return _within(wire, self.so_far, chosen)

    @property
    def credentials(self) -> ShelterCredentials:
        """What to keep. Raises InvalidInputError while something is needed."""
        if self.needs != "nothing":
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The sign-in"),
                detail=QT_TRANSLATE_NOOP("facts", "it is not finished"),
            )
        return self.so_far


def begin(sign_in: SignIn, now: Callable[[], datetime]) -> Step:
    """Send key, e-mail and password. Blocking.

    A person in exactly one organisation is taken there without a question.

    Raises WrongAddressError for an address that would send them in the clear, and as `Step`.
    """
    entered = entered_credentials(sign_in.base_url, sign_in.api_key)
    if not sign_in.email.strip() or not sign_in.password.reveal():
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The sign-in"),
            detail=QT_TRANSLATE_NOOP("facts", "e-mail or password is missing"),
        )
    entered = replace(entered, email=sign_in.email.strip(), password=sign_in.password)
    with wire_to(entered, now) as wire:
        signed_in, needs_code, told = by_password(wire, entered)
        if not sign_in.keeps_password:
            signed_in = replace(signed_in, password=None)
        if needs_code:
            return Step(needs="code", so_far=signed_in, now=now)
        return after_sign_in(wire, signed_in, told)


def entered_credentials(base_url: str, api_key: Secret) -> ShelterCredentials:
    """Address and key as entered, checked. Raises WrongAddressError, InvalidInputError."""
    address, key = service_address(base_url), api_key.reveal().strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The API key"),
            detail=QT_TRANSLATE_NOOP("facts", "it is empty or not one word"),
        )
    return ShelterCredentials(
        account="",
        base_url=address,
        api_key=Secret(key),
        token=Secret(""),
        service=service_name(address),
    )


def after_sign_in(
    wire: Wire, credentials: ShelterCredentials, told: tuple[Organization, ...] = ()
) -> Step:
    """What comes after a session was given; `told` are organisations told before."""
    user_id, found = who(wire, credentials)
    known, organizations = replace(credentials, user_id=user_id), found or told
    if len(organizations) == 1:
        return _within(wire, known, organizations[0])
    if organizations:
        so_far = newest(wire, known)
        return Step(needs="organization", organizations=organizations, so_far=so_far, now=wire.now)
    return _finished(wire, known)


@contextmanager
def wire_to(credentials: ShelterCredentials, now: Callable[[], datetime]) -> Iterator[Wire]:
    """A connection for one step."""
    transport = Transport(credentials.service)
    wire = Wire(transport, pacing=Pacing(), now=now, rng=SystemRandom(), tries=TRIES)
    if credentials.by_cookie:
        wire.cookies.take_up(credentials.token.reveal())
    try:
        yield wire
    finally:
        transport.close()


def _within(wire: Wire, credentials: ShelterCredentials, chosen: Organization) -> Step:
    inside = replace(credentials, organization_id=chosen.id, organization=chosen.name)
    enter_organization(wire, inside)
    return _finished(wire, inside)


def _finished(wire: Wire, credentials: ShelterCredentials) -> Step:
    whole = newest(wire, replace(credentials, account=account_of(credentials)))
    return Step(needs="nothing", so_far=whole, now=wire.now)
