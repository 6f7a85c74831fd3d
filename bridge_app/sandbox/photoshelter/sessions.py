"""Who is signed in, by token: sessions and what OAuth allowed, which outlive a restart.

Source: reference/photoshelter.md 4.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridge_app.sandbox.journal import Row
from bridge_app.sandbox.photoshelter.clock import ShelterClock
from bridge_app.sandbox.photoshelter.errors import ShelterError, no_permission, not_signed_in
from bridge_app.sandbox.photoshelter.records import Person
from bridge_app.sandbox.photoshelter.store import ShelterStore

TABLE = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a token stands for. `pending`: a code is still to be told; `cookie`: it is a cookie."""

    token: str
    user: str
    organization: str = ""
    pending: bool = False
    cookie: bool = False
    ends: datetime | None = None


class Sessions:
    """Makes, finds and ends sessions.

    Args:
        store: Where they are kept.
        clock: The service's clock.
        new_token: Makes unguessable texts.
        token_seconds: How long a session lasts; None: until it is ended.
    """

    def __init__(
        self,
        store: ShelterStore,
        clock: ShelterClock,
        *,
        new_token: Callable[[], str],
        token_seconds: int | None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_token = new_token
        self._token_seconds = token_seconds

    def person(self, email: str, password: str) -> Person:
        """Who these words belong to.

        Raises:
            ShelterError: 401, nobody.
        """
        for one in self._store.people():
            named = one.email.lower() == email.strip().lower()
            if named and is_same(one.password, password):
                return one
        raise ShelterError(401, "AuthenticationException", "Invalid email or password")

    def begin(
        self,
        person: Person,
        *,
        organization: str = "",
        cookie: bool = False,
        confirmed: bool = False,
    ) -> Session:
        """Sign somebody in, in an organization where one is named.

        With a second factor that is not `confirmed` the token is good for that alone.

        Raises:
            ShelterError: 401, the person is no member of it.
        """
        if organization:
            check_membership(person, organization)
        made = Session(
            token=self._new_token(),
            user=person.id,
            organization=organization,
            pending=bool(person.two_factor_code) and not confirmed,
            cookie=cookie,
            ends=self._ends(self._token_seconds),
        )
        self._put(made)
        return made

    def grant(self, person_id: str, organization: str, *, seconds: int) -> Session:
        """A session for a program that a person allowed to act for them."""
        made = Session(
            token=self._new_token(),
            user=person_id,
            organization=organization,
            ends=self._ends(seconds),
        )
        self._put(made)
        return made

    def find(self, token: str) -> Session:
        """The session of a token.

        Raises:
            ShelterError: 401, there is none, or it has ended.
        """
        row = self._store.row(TABLE, token)
        session = _from_row(token, row) if row else None
        if session is None or (session.ends and session.ends <= self._clock.now()):
            raise not_signed_in()
        return session

    def person_of(self, session: Session) -> Person:
        """Whose session it is.

        Raises:
            ShelterError: 401, the person is gone.
        """
        person = self._store.person(session.user)
        if person is None:
            raise not_signed_in()
        return person

    def enter(self, session: Session, organization: str) -> None:
        """The session is in this organization from now on; "": in none."""
        self._put(
            Session(
                token=session.token,
                user=session.user,
                organization=organization,
                cookie=session.cookie,
                ends=session.ends,
            )
        )

    def renewed(self, session: Session) -> Session | None:
        """The same session with a new token; the old one ends. None where it ended meanwhile."""
        row = self._store.row(TABLE, session.token)
        if row is None:
            return None
        self.end(session.token)
        session = _from_row(session.token, row)
        made = Session(
            token=self._new_token(),
            user=session.user,
            organization=session.organization,
            pending=session.pending,
            cookie=session.cookie,
            ends=self._ends(self._token_seconds),
        )
        self._put(made)
        return made

    def end(self, token: str) -> None:
        """The token is good for nothing any more."""
        if self._store.row(TABLE, token):
            self._store.delete_row(TABLE, token)

    def end_all(self) -> None:
        """Everybody is signed out."""
        for token in self._store.rows(TABLE):
            self.end(token)

    def _ends(self, seconds: int | None) -> datetime | None:
        return None if seconds is None else self._clock.now() + timedelta(seconds=seconds)

    def _put(self, session: Session) -> None:
        self._store.put_row(
            TABLE,
            session.token,
            {
                "user": session.user,
                "organization": session.organization,
                "pending": session.pending,
                "cookie": session.cookie,
                "ends": session.ends.isoformat() if session.ends else "",
            },
        )


def is_same(secret: str, given: str) -> bool:
    """Whether somebody knows a secret; it takes as long whatever they say."""
    one, other = (text.encode("utf-8", "surrogatepass") for text in (secret, given))
    return hmac.compare_digest(one, other)


def check_membership(person: Person, organization: str) -> None:
    """The person is a member of the organization.

    Raises:
        ShelterError: 401, it is not so.
    """
    if organization not in person.organizations:
        raise no_permission("Organization")


def _from_row(token: str, row: Row) -> Session:
    ends = datetime.fromisoformat(row["ends"]) if row["ends"] else None
    return Session(**{**row, "token": token, "ends": ends})
