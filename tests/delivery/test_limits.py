"""The hourly budget: read from answers, kept to before it is spent, and never for uploads."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.limits import Budgets, BudgetSpentError, admin_environment
from bridge_app.domain.environments import HourlyBudget

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
ONE = "Mon, 15 Jun 2026 13:00:00 GMT"
TWO = "Mon, 15 Jun 2026 14:00:00 GMT"


class Hour:
    """Budgets with a clock that the test sets."""

    def __init__(self) -> None:
        self.time = NOON
        self.budgets = Budgets(now=lambda: self.time)

    def hears(self, remaining: int, resets: str = ONE, limit: int = 500) -> None:
        self.budgets.note(
            "studio",
            {
                "x-featureratelimit-limit": str(limit),
                "x-featureratelimit-remaining": str(remaining),
                "x-featureratelimit-reset": resets,
            },
        )

    @property
    def remaining(self) -> int | None:
        known = self.budgets.of("studio")
        return None if known is None else known.remaining


@pytest.fixture
def hour() -> Hour:
    return Hour()


def test_nothing_is_known_before_the_first_answer(hour: Hour) -> None:
    assert hour.budgets.of("studio") is None
    hour.budgets.take("studio", "S")


def test_an_answer_tells_what_is_left(hour: Hour) -> None:
    hour.hears(499)
    assert hour.budgets.of("studio") == HourlyBudget(
        limit=500, remaining=499, resets_at=NOON + timedelta(hours=1)
    )
    assert hour.budgets.of("other") is None


def test_the_last_call_is_made_and_none_after_it(hour: Hour) -> None:
    hour.hears(1)
    hour.budgets.take("studio", "S")
    with pytest.raises(BudgetSpentError) as caught:
        hour.budgets.take("studio", "S")
    assert caught.value.retry_after_s == 3600.0


def test_calls_under_way_are_counted_before_their_answers_come(hour: Hour) -> None:
    hour.hears(3)
    for _ in range(3):
        hour.budgets.take("studio", "S")
    with pytest.raises(BudgetSpentError):
        hour.budgets.take("studio", "S")


def test_answers_in_another_order_never_give_calls_back(hour: Hour) -> None:
    hour.hears(10)
    hour.hears(12)
    assert hour.remaining == 10


def test_a_new_hour_begins_with_a_new_budget(hour: Hour) -> None:
    hour.hears(0)
    hour.time += timedelta(hours=1)
    hour.budgets.take("studio", "S")
    hour.hears(499, TWO)
    assert hour.remaining == 499


def test_a_larger_plan_counts_at_once(hour: Hour) -> None:
    hour.hears(0)
    hour.hears(1500, limit=2000)
    assert hour.remaining == 1500


def test_no_hour_is_longer_than_one_whatever_the_clocks_say(hour: Hour) -> None:
    hour.hears(0, "Mon, 15 Jun 2037 13:00:00 GMT")
    with pytest.raises(BudgetSpentError) as caught:
        hour.budgets.take("studio", "S")
    assert caught.value.retry_after_s == 3600.0
    hour.time += timedelta(hours=1)
    hour.budgets.take("studio", "S")


@given(texts=st.tuples(*(st.text(max_size=30) for _ in range(3))))
def test_whatever_the_headers_say_is_a_budget_or_nothing(texts: tuple[str, str, str]) -> None:
    budgets = Budgets(now=lambda: NOON)
    names = ("limit", "remaining", "reset")
    headers = {f"x-featureratelimit-{name}": text for name, text in zip(names, texts, strict=True)}
    budgets.note("studio", headers)
    known = budgets.of("studio")
    assert known is None or known.remaining >= 0


@pytest.mark.parametrize(
    ("method", "path", "counted"),
    [
        ("GET", "/v1_1/studio/ping", "studio"),
        ("GET", "/v1_1/studio/resources/image/upload/hero", "studio"),
        ("POST", "/v1_1/studio/resources/search", "studio"),
        ("POST", "/v1_1/studio/upload_presets", "studio"),
        ("POST", "/v1_1/studio/resources/image/upload/hero", "studio"),
        ("DELETE", "/v1_1/studio/resources/image/upload", "studio"),
        ("POST", "/v1_1/studio/image/upload", None),
        ("POST", "/v1_1/studio/video/explicit", None),
        ("POST", "/v1_1/studio/raw/destroy", None),
        ("POST", "/v1_1/studio/upload", None),
        ("POST", "/v1_1/studio/asset/destroy", None),
        ("GET", "/v1_1/provisioning/accounts/x/sub_accounts", None),
    ],
)
def test_admin_calls_are_counted_and_uploads_are_not(
    method: str, path: str, counted: str | None
) -> None:
    assert admin_environment(method, f"https://api.cloudinary.com{path}") == counted
