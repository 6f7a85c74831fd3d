"""The session with a service: every call carries it, and it is renewed once when it has ended.

Source: reference/photoshelter.md, 3 and 4.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bridge_app.domain.errors import CredentialsError, ServiceTroubleError
from bridge_app.libraries.photoshelter.answers import (
    KEY_INVALID,
    NO_PERMISSION,
    TOKEN_INVALID,
    Envelope,
    Refusal,
    envelope,
    refusal,
)
from bridge_app.libraries.photoshelter.credentials import KeptCredentials, ShelterCredentials
from bridge_app.libraries.photoshelter.errors import SignInAgainError, refused
from bridge_app.libraries.photoshelter.retrying import Wire
from bridge_app.libraries.photoshelter.transport import LONGEST_ANSWER, Call, Reply
from bridge_app.storage.secrets import Secret

if TYPE_CHECKING:
    import httpx

SIGNED_OUT = "you signed out"
LONGEST_REFUSAL = 1 << 20
UNAUTHORIZED = 401
ENDED = "it could not be renewed"
REPEATABLE = frozenset({"GET", "PUT", "DELETE", "PATCH"})
"""What we patch says how things shall be, so that doing it twice is doing it once."""

Query = Mapping[str, str | int]
Renewal = Callable[[Wire, ShelterCredentials], ShelterCredentials]
"""Signs in again without a person. Raises SignInAgainError where that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing that is asked of the service. `path` is below the API's address, and quoted."""

    method: str = "GET"
    path: str
    query: Query = field(default_factory=dict)
    json: object = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    files: Callable[[], Mapping[str, Any]] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool | None = None
    longest: int = LONGEST_ANSWER


def at_path(*parts: str) -> str:
    """A path of these parts, which are words of ours and ids; each is quoted."""
    return "".join("/" + quote(part, safe="") for part in parts)


def call_of(ask: Ask, credentials: ShelterCredentials) -> Call:
    """The call that asks it, with the credentials; these are revealed here and nowhere else."""
    headers = {
        "Accept": "application/json",
        "X-PS-Api-Key": credentials.api_key.reveal(),
        **ask.headers,
    }
    if credentials.token.reveal() and not credentials.by_cookie:
        headers["X-PS-Auth-Token"] = credentials.token.reveal()
        if credentials.refresh is not None:
            headers["Authorization"] = f"Bearer {credentials.token.reveal()}"
    repeatable = ask.method in REPEATABLE if ask.repeatable is None else ask.repeatable
    return Call(
        method=ask.method,
        url=credentials.base_url + ask.path,
        query=tuple((name, str(value)) for name, value in ask.query.items()),
        headers=headers,
        content=lambda: _content(ask),
        repeatable=repeatable,
        longest=ask.longest,
        carries_cookies=credentials.by_cookie,
    )


def newest(wire: Wire, credentials: ShelterCredentials) -> ShelterCredentials:
    """The credentials with the cookies that came last, where these are the session."""
    if not credentials.by_cookie:
        return credentials
    return replace(credentials, token=Secret(wire.cookies.text))


class Session:
    """Asks as one account. Thread-safe; methods block and raise BridgeError."""

    def __init__(self, wire: Wire, kept: KeptCredentials, *, renew: Renewal) -> None:
        self.wire = wire
        self.service = wire.service
        self._kept = kept
        self._renew = renew
        self._lock = threading.Lock()
        self._credentials: ShelterCredentials | None = None
        self._refused: Secret | None = None
        self._unsaved = False

    def asked(self, ask: Ask) -> Envelope:
        """What the service says to it. Raises what its refusal means."""
        return envelope(self.reply(ask), service=self.service)

    def reply(self, ask: Ask) -> Reply:
        """The answer, if it says yes. Raises what its refusal means."""
        credentials = self.credentials()
        reply = self.wire.reply(call_of(ask, credentials))
        no = refusal(reply)
        if no is not None and self._is_over(no, credentials):
            credentials = self.renewed(credentials)
            reply = self.wire.reply(call_of(ask, credentials))
            no = refusal(reply)
        if no is not None:
            raise self.wire.trouble(reply)
        return reply

    @contextmanager
    def opened(self, ask: Ask) -> Iterator["httpx.Response"]:
        """The answer to it with its body still to come; tried once, but for an ended session.

        Redirects are answers. Raises what a refusal means.
        """
        credentials = self.credentials()
        with ExitStack() as stack:
            response = stack.enter_context(self.wire.opened(call_of(ask, credentials)))
            no = self._refused_in(response)
            if no is not None and self._is_over(no[0], credentials):
                call = call_of(ask, self.renewed(credentials))
                response = stack.enter_context(self.wire.opened(call))
                no = self._refused_in(response)
            if no is not None:
                raise self.wire.trouble(no[1])
            yield response

    def _refused_in(self, response: "httpx.Response") -> tuple[Refusal, Reply] | None:
        if response.status_code < 400:
            return None
        reply = self.wire.transport.whole(response, LONGEST_REFUSAL)
        no = refusal(reply)
        return None if no is None else (no, reply)

    def end(self) -> None:
        """Sign out. A session that has ended is not renewed for that."""
        ask = Ask(method="POST", path="/authenticate/logout", repeatable=True)
        with self._lock:
            ended = self._known()
        reply = self.wire.reply(call_of(ask, ended))
        no = refusal(reply)
        if no is not None and no.status != UNAUTHORIZED:
            raise self.wire.trouble(reply)

    def keep_cookies(self) -> None:
        """Keep the newest cookies for the next start, where the session is one of cookies.

        Not while it goes on: a start with older ones signs in again by password.
        """
        with self._lock:
            found = self._credentials
            if found is None or not found.by_cookie:
                return
            fresh = newest(self.wire, found)
            with self._kept.exclusive():
                kept = self._kept.load()
                if kept is not None and kept.token == found.token != fresh.token:
                    self._kept.save(fresh)

    def credentials(self) -> ShelterCredentials:
        """Who we are now; renewed ahead of time where that time is known."""
        with self._lock:
            found = self._known()
            if self._unsaved:
                self._keep(found)
        if found.renew_at is None or self.wire.now() < found.renew_at:
            return found
        try:
            return self.renewed(found)
        except ServiceTroubleError:
            # There is some of its life left, and a 401 if there is none.
            return found

    def renewed(self, ended: ShelterCredentials) -> ShelterCredentials:
        """Credentials in the place of such as have `ended`; once, whoever asks for it.

        Raises SignInAgainError if only the person can.
        """
        with self._lock:
            known = self._known()
            if known.token != ended.token:
                return known
            with self._kept.exclusive():
                # Where ours could not be kept, what is kept is older.
                found = known if self._unsaved else self._kept.load()
                if found is None:
                    self._credentials = None
                    raise refused(SignInAgainError, self.service, SIGNED_OUT)
                self._hold(found)
                if found.token == ended.token:
                    # Held before it is kept: where that fails, the old ones are good no more.
                    self._credentials = found = self._renewal(found)
                    self._keep(found)
            return found

    def _keep(self, fresh: ShelterCredentials) -> None:
        self._unsaved = True
        self._kept.save(fresh)
        self._unsaved = False

    def _renewal(self, ended: ShelterCredentials) -> ShelterCredentials:
        """Asked once for each token: a password that is wrong now would lock the account."""
        if self._refused == ended.token:
            raise refused(SignInAgainError, self.service, ENDED)
        try:
            return self._renew(self.wire, ended)
        except CredentialsError:
            self._refused = ended.token
            raise

    def _known(self) -> ShelterCredentials:
        if self._credentials is None:
            found = self._kept.load()
            if found is None:
                raise refused(SignInAgainError, self.service, SIGNED_OUT)
            self._hold(found)
            return found
        return self._credentials

    def _hold(self, found: ShelterCredentials) -> None:
        self._credentials = found
        if found.by_cookie:
            self.wire.cookies.take_up(found.token.reveal())

    def _is_over(self, no: Refusal, credentials: ShelterCredentials) -> bool:
        """Has the session ended? A 401 alone does not say so (reference, 5)."""
        if no.status != UNAUTHORIZED or no.error_id in (NO_PERMISSION, KEY_INVALID):
            return False
        if no.error_id == TOKEN_INVALID:
            return True
        session = refusal(self.wire.reply(call_of(Ask(path="/user/session"), credentials)))
        return session is not None and session.status == UNAUTHORIZED


def _content(ask: Ask) -> Mapping[str, Any]:
    """The body in httpx's words."""
    if ask.files is not None:
        return {"files": ask.files(), "data": dict(ask.form or {})}
    if ask.form is not None:
        return {"data": dict(ask.form)}
    return {} if ask.json is None else {"json": ask.json}
