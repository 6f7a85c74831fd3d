"""A login while it is used, where the key store or the server does not play along."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from bridge_app.delivery import oauth_session
from bridge_app.delivery.oauth import LoginWish, TokenSet
from bridge_app.delivery.oauth_session import LoginSession
from bridge_app.domain.errors import CredentialsError, NoKeyringError
from bridge_app.storage.secrets import Secret

START = datetime(2026, 6, 15, 12, tzinfo=UTC)


class Server:
    """Each refresh token is good once; a used one ends the login."""

    def __init__(self) -> None:
        self.number = 1
        self.ended = False

    def renew(self, tokens: TokenSet, _: LoginWish, *, at: datetime) -> TokenSet:
        """As `oauth.renew`."""
        if self.ended or tokens.refresh != Secret(f"refresh-{self.number}"):
            self.ended = True
            raise CredentialsError(service="test", detail="used")
        self.number += 1
        return tokens_of(self.number, at)


def tokens_of(number: int, at: datetime) -> TokenSet:
    return TokenSet(
        access=Secret(f"access-{number}"),
        refresh=Secret(f"refresh-{number}"),
        expires_at=at + timedelta(hours=1),
        scopes=("upload",),
        cloud_name="studio",
    )


class Shelf:
    """A key store that may be locked, and a clock."""

    def __init__(self) -> None:
        self.kept: TokenSet | None = tokens_of(1, START)
        self.locked = False
        self.now = START

    def save(self, tokens: TokenSet) -> None:
        """Keep, if it is open."""
        if self.locked:
            raise NoKeyringError
        self.kept = tokens


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(oauth_session, "renew", made.renew)
    return made


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def session(shelf: Shelf) -> LoginSession:
    return LoginSession(
        LoginWish(),
        load=lambda: shelf.kept,
        save=shelf.save,
        exclusive=nullcontext,
        now=lambda: shelf.now,
    )


def test_a_token_is_renewed_half_a_minute_before_it_ends(server: Server, shelf: Shelf) -> None:
    made = session(shelf)
    shelf.now = START + timedelta(minutes=59, seconds=29)
    assert made.token() == Secret("access-1")
    shelf.now = START + timedelta(minutes=59, seconds=30)
    assert made.token() == Secret("access-2")
    assert shelf.kept is not None
    assert shelf.kept.refresh == Secret("refresh-2")


def test_new_tokens_that_could_not_be_kept_are_used_and_kept_later(
    server: Server, shelf: Shelf
) -> None:
    made = session(shelf)
    shelf.now += timedelta(hours=1)
    shelf.locked = True
    with pytest.raises(NoKeyringError):
        made.token()
    shelf.locked = False
    assert made.token() == Secret("access-2")
    assert shelf.kept is not None
    assert shelf.kept.access == Secret("access-2")


def test_what_the_key_store_still_holds_then_is_never_presented_again(
    server: Server, shelf: Shelf
) -> None:
    made = session(shelf)
    shelf.now += timedelta(hours=1)
    shelf.locked = True
    with pytest.raises(NoKeyringError):
        made.token()
    shelf.now += timedelta(hours=2)
    shelf.locked = False
    assert made.token() == Secret("access-3")
    assert not server.ended


def test_requests_on_their_way_with_an_earlier_token_get_the_newest(
    server: Server, shelf: Shelf
) -> None:
    made = session(shelf)
    made.token()
    assert made.replacement("access-1") == Secret("access-2")
    assert made.replacement("access-1") == Secret("access-2")
    assert made.replacement("somebody-elses") is None
    assert server.number == 2


def test_what_another_program_renewed_meanwhile_is_taken_over(server: Server, shelf: Shelf) -> None:
    ours, theirs = session(shelf), session(shelf)
    ours.token()
    shelf.now += timedelta(hours=1)
    assert theirs.token() == Secret("access-2")
    assert ours.token() == Secret("access-2")
    assert not server.ended


def test_without_tokens_one_logs_in_again(server: Server, shelf: Shelf) -> None:
    shelf.kept = None
    made = session(shelf)
    assert made.replacement("access-1") is None
    with pytest.raises(CredentialsError, match="log in again"):
        made.token()
