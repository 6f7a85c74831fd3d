"""The calls that sign in, without a person at hand: password, code, organisation, refresh token.

Source: reference/photoshelter.md, 4.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bridge_app.domain.errors import BridgeError, CredentialsError, RefusedByServiceError
from bridge_app.libraries.photoshelter.answers import Envelope, envelope, refusal
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.errors import (
    ApiKeyRefusedError,
    NoCodeStepError,
    NotThereError,
    NotUnderstoodError,
    SignInAgainError,
    SignInRefusedError,
    WrongAddressError,
    refused,
)
from bridge_app.libraries.photoshelter.reading import (
    as_list,
    as_object,
    attributes,
    identity,
    included,
    name,
    whole,
)
from bridge_app.libraries.photoshelter.retrying import Wire
from bridge_app.libraries.photoshelter.session import Ask, call_of, newest
from bridge_app.libraries.photoshelter.values import Organization
from bridge_app.storage.secrets import Secret

CODE_ASKED = "it asks for a code"
NOTHING_KEPT = "the password is not kept"
NO_TOKEN = "its answer holds no token"  # noqa: S105 - words for people
TOKEN = re.compile(r"[!-~]{1,8192}")
RENEWED_AT = 0.8
"""The part of its life after which an access token is renewed. Source: reference, 4.3."""
LONGEST_LIFE_S = 10 * 365 * 86_400
USUAL_LIFE_S = 3_600


def asked(wire: Wire, ask: Ask, credentials: ShelterCredentials) -> Envelope:
    """Ask once, without a session that could be renewed. Raises what a refusal means."""
    reply = wire.reply(call_of(ask, credentials))
    if refusal(reply) is not None:
        raise wire.trouble(reply)
    return envelope(reply, service=wire.service)


def by_password(
    wire: Wire, credentials: ShelterCredentials
) -> tuple[ShelterCredentials, bool, tuple[Organization, ...]]:
    """A session by e-mail and password: whether a code is missing yet, and the organisations told.

    It is one of cookies only where the service gives no token.

    Raises SignInRefusedError, ApiKeyRefusedError, WrongAddressError, and the transient errors.
    """
    wire.cookies.take_up("")
    try:
        fresh, told = (_by_cookie if credentials.by_cookie else _by_token)(wire, credentials)
    except NotThereError as error:
        raise WrongAddressError(detail=f"there is no such service at {wire.service}") from error
    top = {**as_object(told.data), **told.top}
    return fresh, bool(top.get("two_factor")), organizations_of(top.get("org"))


def by_code(wire: Wire, credentials: ShelterCredentials, code: str) -> ShelterCredentials:
    """The session after its code. Source: reference/photoshelter.md, 4.4 (our contract)."""
    form = {"code": code}
    ask = Ask(method="POST", path="/two-factor/verify", form=form)
    try:
        told = _signed_in(wire, ask, credentials)
    except NotThereError as error:
        raise refused(NoCodeStepError, wire.service, "HTTP 404") from error
    if credentials.by_cookie:
        return newest(wire, credentials)
    return replace(credentials, token=token_of(told, wire.service))


def enter_organization(wire: Wire, credentials: ShelterCredentials) -> None:
    """Take the session into its organisation: without that, the library looks empty."""
    if credentials.organization_id:
        form = {"org_id": credentials.organization_id}
        path = "/organization/authenticate"
        asked(wire, Ask(method="POST", path=path, form=form, repeatable=True), credentials)


def who(wire: Wire, credentials: ShelterCredentials) -> tuple[str, tuple[Organization, ...]]:
    """The user's id ("" if it is not told) and the organisations they belong to."""
    ask = Ask(path="/user/session", query={"include": "organizations"})
    data = asked(wire, ask, credentials).data
    told = included(data, "organizations") or attributes(data).get("organizations")
    return identity(data), organizations_of(told)


def renewed(wire: Wire, ended: ShelterCredentials) -> ShelterCredentials:
    """A new session in the place of an ended one, without a person.

    Raises SignInAgainError where only the person can, SignInRefusedError.
    """
    if ended.refresh is not None:
        fresh = by_refresh_token(wire, ended)
    elif ended.password is not None:
        fresh, needs_code, _ = by_password(wire, ended)
        if needs_code:
            raise refused(SignInAgainError, wire.service, CODE_ASKED)
    else:
        raise refused(SignInAgainError, wire.service, NOTHING_KEPT)
    enter_organization(wire, fresh)
    return newest(wire, fresh)


def by_refresh_token(wire: Wire, ended: ShelterCredentials) -> ShelterCredentials:
    """New tokens for a browser's sign-in. Source: reference/photoshelter.md, 4.3."""
    refresh = ended.refresh.reveal() if ended.refresh else ""
    form = {"grant_type": "refresh_token", "refresh_token": refresh}
    try:
        return by_grant(wire, ended, form)
    except (RefusedByServiceError, CredentialsError) as error:
        raise refused(SignInAgainError, wire.service, "the login has ended") from error


def by_grant(
    wire: Wire, credentials: ShelterCredentials, grant: Mapping[str, str]
) -> ShelterCredentials:
    """Tokens for a grant (a code, or a refresh token); sent once, since both are good once."""
    secret = credentials.client_secret.reveal() if credentials.client_secret else ""
    form = {
        **grant,
        "client_id": credentials.client_id,
        "client_secret": secret,
        "redirect_uri": credentials.redirect_uri,
    }
    ask = Ask(method="POST", path="/oauth/token", form=form)
    told = asked(wire, ask, replace(credentials, token=Secret("")))
    found = {**attributes(told.data), **told.top}
    access, refresh = found.get("access_token"), found.get("refresh_token")
    life_s = whole(found.get("expires_in"), least=1, most=LONGEST_LIFE_S) or USUAL_LIFE_S
    return replace(
        credentials,
        token=_token(access, wire.service),
        refresh=_token(refresh, wire.service) if refresh else credentials.refresh,
        renew_at=wire.now() + timedelta(seconds=life_s * RENEWED_AT),
    )


def account_of(credentials: ShelterCredentials) -> str:
    """Our name of the account: the same for whoever works in that organisation."""
    place = credentials.organization_id or credentials.user_id or credentials.email
    return sha256(f"{credentials.base_url}\0{place}".encode()).hexdigest()[:16]


def organizations_of(told: object) -> tuple[Organization, ...]:
    """Organisations in whatever shape they are told; each once."""
    found = {one.id: one for each in as_list(told) for one in _organization(each)}
    return tuple(found.values())


def token_of(told: Envelope, service: str) -> Secret:
    """The token at the top of an answer, or within its data. Raises NotUnderstoodError."""
    return _token(_says_token(told), service)


def _says_token(told: Envelope) -> object:
    return told.top.get("token") or as_object(told.data).get("token")


def _organization(record: Any) -> Iterator[Organization]:
    found = identity(record) or identity(included(record, "organization"))
    called = attributes(record).get("name", as_object(record).get("name"))
    if found:
        yield Organization(id=found, name=name(called, found))


def _by_token(wire: Wire, credentials: ShelterCredentials) -> tuple[ShelterCredentials, Envelope]:
    try:
        told = _in_mode("token", wire, credentials)
    except SignInRefusedError as error:
        # Is it the way that is refused, or the person?
        if type(error.__cause__) is not RefusedByServiceError:
            raise
        return _by_cookie(wire, credentials)
    if wire.cookies.text and not _says_token(told):
        return newest(wire, replace(credentials, by_cookie=True)), told
    return replace(credentials, token=token_of(told, wire.service)), told


def _by_cookie(wire: Wire, credentials: ShelterCredentials) -> tuple[ShelterCredentials, Envelope]:
    told = _in_mode("cookie", wire, credentials)
    if not wire.cookies.text:
        raise refused(NotUnderstoodError, wire.service, NO_TOKEN)
    return newest(wire, replace(credentials, by_cookie=True)), told


def _in_mode(mode: str, wire: Wire, credentials: ShelterCredentials) -> Envelope:
    """Sign in; cookies that the answer sets are heard, whatever the mode."""
    password = credentials.password.reveal() if credentials.password else ""
    form = {"email": credentials.email, "password": password, "mode": mode}
    ask = Ask(method="POST", path="/authenticate", form=form, repeatable=True)
    return _signed_in(wire, ask, replace(credentials, token=Secret(""), by_cookie=True))


def _signed_in(wire: Wire, ask: Ask, credentials: ShelterCredentials) -> Envelope:
    try:
        return asked(wire, ask, credentials)
    except (ApiKeyRefusedError, NotThereError):
        raise
    except (CredentialsError, RefusedByServiceError) as error:
        raise _refusal(wire.service, error) from error


def _refusal(service: str, error: BridgeError) -> BridgeError:
    return refused(SignInRefusedError, service, str(error.facts.get("detail", "")))


def _token(found: object, service: str) -> Secret:
    """A token that can stand in a header."""
    if isinstance(found, str) and TOKEN.fullmatch(found):
        return Secret(found)
    raise refused(NotUnderstoodError, service, NO_TOKEN)
