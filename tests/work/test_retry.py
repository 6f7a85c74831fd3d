"""When a job is tried again, when it gives up, and how many run at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.errors import WrongBytesArrivedError
from bridge_app.delivery.limits import BudgetSpentError
from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    DiskFullError,
    FileChangedError,
    FileTroubleError,
    GateRefusalError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)
from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.outcome import Failed, Waiting
from bridge_app.work.pace import (
    BYTES_AT_ONCE,
    FIRST,
    HEAVY_AT_LEAST,
    LARGEST,
    LIGHT,
    SMALLEST,
    Load,
    Pace,
)
from bridge_app.work.retry import (
    ATTEMPTS,
    FIRST_S,
    LONGEST_S,
    RATE_LIMIT_S,
    after_trouble,
    back_off_s,
)

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
X = Path("x")
WAITS = [
    (OfflineError(service=SERVICE), WaitingFor.NETWORK),
    (CredentialsError(service=SERVICE, detail="d"), WaitingFor.ACCOUNT),
    (RateLimitedError(service=SERVICE, retry_after_s=None), WaitingFor.RATE_LIMIT),
    (BudgetSpentError(service=SERVICE, retry_after_s=9.0), WaitingFor.BUDGET),
    (ServiceTroubleError(service=SERVICE, detail="d"), WaitingFor.NEXT_TRY),
    (
        WrongBytesArrivedError(service=SERVICE, name="n", etag="e", md5="m", detail=""),
        WaitingFor.NEXT_TRY,
    ),
]
FINAL = [
    RefusedByServiceError(service=SERVICE, detail="d"),
    GateRefusalError(name="n", reasons="r"),
    FileTroubleError(path=X, detail="d"),
    FileChangedError(name="n"),
    DiskFullError(path=X),
    BridgeError(),
]


def dice(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311 - for spreading pauses, not for secrets


def kind(error: object) -> str:
    return getattr(error, "value", type(error).__name__)


@pytest.mark.parametrize(("error", "reason"), WAITS, ids=kind)
def test_trouble_that_ends_by_itself_waits_for_its_end(
    error: BridgeError, reason: WaitingFor
) -> None:
    outcome = after_trouble(error, attempts=1, now=NOW, rng=dice())
    assert isinstance(outcome, Waiting)
    assert outcome.reason is reason
    timed = reason in (WaitingFor.RATE_LIMIT, WaitingFor.BUDGET, WaitingFor.NEXT_TRY)
    assert (outcome.until is not None) is timed


@pytest.mark.parametrize("error", FINAL, ids=kind)
def test_trouble_that_stays_ends_the_job_at_once(error: BridgeError) -> None:
    assert after_trouble(error, attempts=1, now=NOW, rng=dice()) == Failed(error=error)


@given(attempts=st.integers(1, 10_000))
def test_a_service_in_trouble_is_tried_so_many_times_and_no_more(attempts: int) -> None:
    error = ServiceTroubleError(service=SERVICE, detail="d")
    outcome = after_trouble(error, attempts=attempts, now=NOW, rng=dice())
    assert isinstance(outcome, Failed) is (attempts >= ATTEMPTS)


@pytest.mark.parametrize(("error", "reason"), WAITS[:3], ids=kind)
def test_patience_with_the_network_the_key_and_the_rate_limit_has_no_end(
    error: BridgeError, reason: WaitingFor
) -> None:
    outcome = after_trouble(error, attempts=1_000_000, now=NOW, rng=dice())
    assert isinstance(outcome, Waiting)
    assert outcome.reason is reason


@given(attempts=st.integers(1, ATTEMPTS), seed=st.integers())
def test_pauses_double_are_spread_and_bounded(attempts: int, seed: int) -> None:
    pause = back_off_s(attempts, dice(seed))
    ceiling = min(LONGEST_S, 2.0 ** (attempts - 1))
    assert ceiling / 2 <= pause <= ceiling


@given(asked=st.none() | st.floats(0, 86_400), seed=st.integers())
def test_nobody_comes_back_before_the_time_the_service_asked_for(
    asked: float | None, seed: int
) -> None:
    error = RateLimitedError(service=SERVICE, retry_after_s=asked)
    outcome = after_trouble(error, attempts=1, now=NOW, rng=dice(seed))
    assert isinstance(outcome, Waiting)
    assert outcome.until is not None
    wanted = RATE_LIMIT_S if asked is None else max(asked, FIRST_S)
    waited = (outcome.until - NOW) / timedelta(seconds=1)
    assert wanted - 1e-5 <= waited <= wanted + max(1.0, wanted / 10) + 1e-5


@pytest.mark.parametrize("asked", [1e12, 1e300, float("inf")])
def test_an_absurd_wait_is_still_a_wait(asked: float) -> None:
    error = RateLimitedError(service=SERVICE, retry_after_s=asked)
    outcome = after_trouble(error, attempts=1, now=NOW, rng=dice())
    assert isinstance(outcome, Waiting)
    assert outcome.reason is WaitingFor.RATE_LIMIT


def test_each_success_adds_a_lane_until_the_service_pushes_back() -> None:
    assert Pace(8).after_success().after_success().lanes == 10


def test_after_that_a_quarter_of_a_round_of_successes_adds_one() -> None:
    pace = Pace(lanes=16).after_push_back(in_flight=15)
    for _ in range(15):
        pace = pace.after_success()
    pace = pace.after_success()
    assert pace.lanes == 8
    assert pace.after_success().lanes == 9


def test_pushing_back_halves_the_lanes_once_for_what_was_on_its_way() -> None:
    pace = Pace(lanes=24).after_push_back(in_flight=23)
    for _ in range(23):
        assert pace.lanes == 12
        pace = pace.after_push_back(in_flight=11)
    assert pace.lanes == 12
    assert pace.after_push_back(in_flight=11).lanes == 6


def test_of_lanes_that_had_nothing_to_do_none_is_counted() -> None:
    assert Pace(lanes=64).after_push_back(in_flight=7).lanes == 4
    assert Pace(lanes=64).after_push_back(in_flight=0).lanes == SMALLEST


@given(st.lists(st.integers(0, 3_000_000_000), max_size=200))
def test_what_is_on_its_way_fits_a_fast_link_or_is_light_or_a_few(sizes: list[int]) -> None:
    load, begun = Load(), []
    for size in sizes:
        if load.admits(size):
            load = load.plus(size)
            begun.append(size)
    assert load.transfers == len(begun)
    heavy = [size for size in begun if size > LIGHT]
    assert len(heavy) >= min(HEAVY_AT_LEAST, sum(size > LIGHT for size in sizes))
    assert sum(heavy) <= max(BYTES_AT_ONCE, sum(heavy[:HEAVY_AT_LEAST]))
    for size in begun:
        load = load.minus(size)
    assert load == Load()


@given(st.lists(st.none() | st.integers(0, 2 * LARGEST), max_size=300))
def test_the_pace_stays_within_its_bounds_and_recovers(history: list[int | None]) -> None:
    pace = Pace()
    assert pace.lanes == FIRST
    for others in history:
        before = pace.lanes
        if others is None:
            pace = pace.after_success()
            assert pace.lanes - before in (0, 1)
        else:
            pace = pace.after_push_back(in_flight=others)
            ran = min(before, others + 1)
            assert pace.lanes in (before, max(SMALLEST, ran // 2))
        assert SMALLEST <= pace.lanes <= LARGEST
    for _ in range(LARGEST * LARGEST):
        pace = pace.after_success()
    assert pace.lanes == LARGEST
