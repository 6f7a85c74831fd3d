"""The session while it is used: what goes with a call, when it is renewed, and what is tried again.

The numbers are those of reference/photoshelter.md, 5.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    NoKeyringError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.errors import (
    NoPermissionError,
    NotForThisKindError,
    NotThereError,
    NotUnderstoodError,
    SignInAgainError,
    StoppedError,
)
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.libraries.photoshelter.values import MediaWindow
from bridge_app.storage.secrets import Secret
from tests.libraries.photoshelter.conftest import NOW, Brand, Kept, MakeBrand, Victim, now
from tests.libraries.photoshelter.hostile import OK, Hostile, Said, refused, said
from tests.plain_http import plain

MEDIA = "I0000abcdefghijk"
COUNT = "/galleries/G0000abcdefghijk/child-count"
GALLERY = "G0000abcdefghijk"
EXPIRED = refused(401, "AuthTokenInvalidException")
SIGNED_IN = Said(body=b'{"token":"another-token"}')


def test_an_ended_session_is_renewed_once_and_in_its_organisation(make_brand: MakeBrand) -> None:
    brand = make_brand(token_seconds=3600)
    gallery, service = brand.gallery(), brand.service()
    brand.state.clock.advance(timedelta(hours=2))
    brand.state.clear_log()
    assert service.gallery_counts(gallery) == 0
    assert brand.calls() == [
        f"GET /galleries/{gallery}/child-count",
        "POST /authenticate",
        "POST /organization/authenticate",
        f"GET /galleries/{gallery}/child-count",
    ]
    assert brand.kept.held == brand.kept.saved[-1]


def test_a_session_that_is_renewed_and_refused_again_is_told(
    hostile: Hostile, victim: Victim
) -> None:
    hostile.on(COUNT, EXPIRED)
    hostile.on("/authenticate", SIGNED_IN)
    hostile.on("/organization", OK)
    with pytest.raises(SignInAgainError):
        victim.service.gallery_counts(GALLERY)
    assert hostile.paths().count("POST /authenticate") == 1
    assert hostile.paths().count(f"GET {COUNT}") == 2


def test_a_missing_permission_is_no_ended_session(hostile: Hostile, victim: Victim) -> None:
    hostile.on(COUNT, refused(401, "AcsPermissionException"))
    with pytest.raises(NoPermissionError):
        victim.service.gallery_counts(GALLERY)
    assert hostile.paths() == [f"GET {COUNT}"]


def test_a_refusal_without_a_name_is_looked_into(hostile: Hostile, victim: Victim) -> None:
    hostile.on(COUNT, refused(401))
    with pytest.raises(CredentialsError):
        victim.service.gallery_counts(GALLERY)
    assert hostile.paths() == [f"GET {COUNT}", "GET /user/session"]


def test_a_password_that_is_wrong_now_is_tried_once(hostile: Hostile, victim: Victim) -> None:
    hostile.on(COUNT, EXPIRED)
    hostile.on("/authenticate", refused(401, "AuthenticationException"))
    for _ in range(3):
        with pytest.raises(CredentialsError):
            victim.service.gallery_counts(GALLERY)
    assert hostile.paths().count("POST /authenticate") == 1


@pytest.mark.parametrize("needs_code", [True, False])
def test_a_session_that_needs_its_person_says_so(
    hostile: Hostile, victim: Victim, needs_code: bool
) -> None:
    hostile.on(COUNT, EXPIRED)
    hostile.on("/authenticate", Said(body=b'{"token":"half-a-token","two_factor":true}'))
    if not needs_code:
        assert victim.kept.held is not None
        victim.kept.held = replace(victim.kept.held, password=None)
    with pytest.raises(SignInAgainError):
        victim.service.gallery_counts(GALLERY)
    assert victim.kept.saved == []


def test_threads_renew_a_session_once(hostile: Hostile, victim: Victim) -> None:
    hostile.on(
        COUNT,
        lambda asked: (
            said([], children_count={"total": 7})
            if asked.headers["x-ps-auth-token"] == "another-token"
            else EXPIRED
        ),
    )
    hostile.on("/authenticate", SIGNED_IN)
    hostile.on("/organization", OK)
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: victim.service.gallery_counts(GALLERY), range(24)))
    assert counts == [7] * 24
    assert hostile.paths().count("POST /authenticate") == 1


def test_what_another_process_renewed_is_taken(hostile: Hostile, victim: Victim) -> None:
    hostile.on(
        COUNT,
        lambda asked: (
            said([], total=3) if asked.headers["x-ps-auth-token"] == "another-token" else EXPIRED
        ),
    )
    hostile.on("/authenticate", refused(401))
    with pytest.raises(CredentialsError):
        victim.service.gallery_counts(GALLERY)
    assert victim.kept.held is not None
    victim.kept.held = replace(victim.kept.held, token=Secret("another-token"))
    assert victim.service.gallery_counts(GALLERY) == 3
    assert hostile.paths().count("POST /authenticate") == 1


class Shut(Kept):
    """A key store that takes nothing until it is opened."""

    is_open = False

    def save(self, credentials: ShelterCredentials) -> None:
        if not self.is_open:
            raise NoKeyringError
        super().save(credentials)


def test_a_session_that_could_not_be_kept_is_used_and_kept_later(
    hostile: Hostile, victim: Victim
) -> None:
    kept = Shut(victim.kept.held)
    service = ShelterService("brand", kept, now=now, pacing=victim.patience.pacing())
    hostile.on(
        COUNT,
        lambda asked: (
            said([], total=3) if asked.headers["x-ps-auth-token"] == "another-token" else EXPIRED
        ),
    )
    hostile.on("/authenticate", SIGNED_IN)
    hostile.on("/organization", OK)
    for _ in range(2):
        with pytest.raises(NoKeyringError):
            service.gallery_counts(GALLERY)
    kept.is_open = True
    assert service.gallery_counts(GALLERY) == 3
    assert [one.token for one in kept.saved] == [Secret("another-token")]
    assert hostile.paths().count("POST /authenticate") == 1
    service.close()


def test_a_session_looked_into_by_a_service_in_trouble_is_not_renewed(
    hostile: Hostile, victim: Victim
) -> None:
    hostile.on(COUNT, refused(401))
    hostile.on("/user/session", refused(500))
    with pytest.raises(CredentialsError):
        victim.service.gallery_counts(GALLERY)
    assert "POST /authenticate" not in hostile.paths()


def test_while_tokens_cannot_be_renewed_the_old_ones_are_used_to_their_end(
    hostile: Hostile, victim: Victim
) -> None:
    assert victim.kept.held is not None
    victim.kept.held = replace(victim.kept.held, refresh=Secret("refresh-token"), renew_at=NOW)
    hostile.on("/oauth/token", refused(500), said({"attributes": {"access_token": "new-token"}}))
    hostile.on(COUNT, said([], total=3))
    assert victim.service.gallery_counts(GALLERY) == 3
    assert hostile.asked[-1].headers["authorization"] == "Bearer the-session-token"
    hostile.on("/organization", OK)
    assert victim.service.gallery_counts(GALLERY) == 3
    assert hostile.asked[-1].headers["authorization"] == "Bearer new-token"


def test_who_signed_out_here_is_asked_to_sign_in(hostile: Hostile, victim: Victim) -> None:
    hostile.on("/authenticate/logout", EXPIRED)
    victim.kept.held = None
    with pytest.raises(SignInAgainError, match="signed out"):
        victim.service.gallery_counts(GALLERY)
    assert hostile.asked == []


def test_signing_out_ends_the_session_there(brand: Brand) -> None:
    service = brand.service()
    brand.state.clear_log()
    service.sign_out()
    service.sign_out()
    assert brand.calls() == ["POST /authenticate/logout"] * 2
    assert brand.kept.held is not None
    brand.kept.held = replace(brand.kept.held, password=None)
    with pytest.raises(SignInAgainError):
        service.gallery_counts(brand.gallery())


@pytest.mark.parametrize("status", [502, 503, 504, 429])
def test_a_service_in_trouble_is_asked_five_times_with_growing_pauses(
    hostile: Hostile, victim: Victim, status: int
) -> None:
    hostile.on(COUNT, refused(status))
    with pytest.raises((ServiceTroubleError, RateLimitedError)):
        victim.service.gallery_counts(GALLERY)
    assert hostile.paths() == [f"GET {COUNT}"] * 5
    assert all(wait <= 2.0**n for n, wait in enumerate(victim.patience.waits[-4:]))


def test_it_waits_as_long_as_it_is_asked_to(hostile: Hostile, victim: Victim) -> None:
    slow_down = refused(429, "TooManyRequestsException", **{"Retry-After": "40"})
    hostile.on(COUNT, slow_down, said([], total=2))
    assert victim.service.gallery_counts(GALLERY) == 2
    assert any(39 <= wait <= 40 for wait in victim.patience.waits)


def test_a_longer_pause_than_a_minute_is_the_callers(hostile: Hostile, victim: Victim) -> None:
    hostile.on(COUNT, refused(429, **{"Retry-After": "180"}))
    with pytest.raises(RateLimitedError) as caught:
        victim.service.gallery_counts(GALLERY)
    assert caught.value.retry_after_s == 180
    assert len(hostile.asked) == 1


def test_a_lost_reply_is_asked_for_again_where_twice_is_once(
    hostile: Hostile, victim: Victim
) -> None:
    hostile.on(COUNT, Said(cut=True), said([], total=5))
    hostile.on("/galleries", Said(cut=True))
    assert victim.service.gallery_counts(GALLERY) == 5
    hostile.asked.clear()
    with pytest.raises(ServiceTroubleError):
        victim.service.create_gallery("Spring", ())
    assert hostile.paths().count("POST /galleries") == 1


def test_a_service_that_is_away_is_offline(hostile: Hostile, victim: Victim) -> None:
    hostile.close()
    with pytest.raises(OfflineError):
        victim.service.gallery_counts(GALLERY)


WAYS_TO_SAY_NO: list[tuple[Said, type[BridgeError]]] = [
    (refused(404), NotThereError),
    (Said(status=404, body=b"<html><title>Not found</title></html>"), NotThereError),
    (refused(415, "ResourceNotFoundException"), NotForThisKindError),
    (refused(422), RefusedByServiceError),
    (refused(500), ServiceTroubleError),
    (Said(status=400, body=b'{"errors":{"title":"one object"}}'), RefusedByServiceError),
    (Said(status=400, body=b'{"error":{"title":"at the top"}}'), RefusedByServiceError),
    (Said(status=400, body=b'{"errors":[7,null]}'), RefusedByServiceError),
    (Said(body=b'{"errors":[{"status":"404","title":"in spite of 200"}]}'), NotThereError),
    (Said(status=302, headers={"Location": "https://elsewhere.example"}), NotUnderstoodError),
    (Said(body=b"<html>"), NotUnderstoodError),
    (Said(body=b'"a text"'), NotUnderstoodError),
    (Said(body=b'{"data":NaN}'), NotUnderstoodError),
    (Said(body=b"[" * 100_000), NotUnderstoodError),
    (Said(body=b'{"data":' + b"9" * 5_000 + b"}"), NotUnderstoodError),
    (Said(body=b"\xff\xfe\x00"), NotUnderstoodError),
    (Said(body=b"{}", headers={"Content-Encoding": "gzip"}), ServiceTroubleError),
]


def test_each_way_to_say_no_has_its_error(hostile: Hostile, victim: Victim) -> None:
    for answer, error in WAYS_TO_SAY_NO:
        hostile.on(COUNT, answer)
        with pytest.raises(error):
            victim.service.gallery_counts(GALLERY)


def test_credentials_go_nowhere_but_to_the_service(
    hostile: Hostile, victim: Victim, other: Hostile
) -> None:
    hostile.on(COUNT, Said(status=307, headers={"Location": f"{other.url}/x"}))
    with pytest.raises(NotUnderstoodError):
        victim.service.gallery_counts(GALLERY)
    assert other.asked == []
    assert hostile.asked[-1].headers["x-ps-auth-token"] == "the-session-token"


def test_no_cookie_is_kept(hostile: Hostile, victim: Victim) -> None:
    hostile.on(COUNT, replace(said([], total=1), headers={"Set-Cookie": "acs=1; Path=/"}))
    for _ in range(2):
        victim.service.gallery_counts(GALLERY)
    assert all("cookie" not in one.headers for one in hostile.asked)


def test_what_is_closed_stops(hostile: Hostile, victim: Victim) -> None:
    hostile.on(COUNT, OK)
    victim.service.close()
    with pytest.raises(StoppedError):
        victim.service.gallery_counts(GALLERY)


def test_closing_ends_a_wait(brand: Brand) -> None:
    service, ended = brand.service(), threading.Event()
    service.close()

    def ask() -> None:
        with pytest.raises(StoppedError):
            service.gallery_counts(GALLERY)
        ended.set()

    threading.Thread(target=ask).start()
    assert ended.wait(5)


def test_the_services_clock_is_read_from_its_answers(brand: Brand) -> None:
    there = NOW + timedelta(days=400)
    service = brand.service()
    brand.state.clock.set(there)
    found = service.server_time()
    assert found is not None
    assert abs(found - there) < timedelta(seconds=5)


def test_trouble_of_every_kind_on_the_way_costs_nothing(brand: Brand) -> None:
    gallery = brand.gallery()
    hero = brand.media("hero.jpg", gallery, data=b"12345")
    service = brand.service()
    for fault in ("503;times=2", "429;times=1;retry=3", "drop", "expire-token", "slow;ms=20"):
        plain.post(f"{brand.sandbox.url}/__emu/faults", json={"fault": fault})
        page = service.media_page(MediaWindow(galleries=(gallery,)), 1)
        assert [asset.media_id for asset in page.assets] == [hero], fault
    assert len(brand.kept.saved) == 1
    for fault in ("html404", "bare-errors-object;status=422", "top-level-error;status=422"):
        plain.post(f"{brand.sandbox.url}/__emu/faults", json={"fault": fault})
        with pytest.raises(RefusedByServiceError):
            service.media_page(MediaWindow(galleries=(gallery,)), 1)
