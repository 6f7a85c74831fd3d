"""What an environment tells of itself, and what is made of it when it is not as documented."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import install
from bridge_app.delivery.learning import LearningConnections
from bridge_app.delivery.usage import (
    read_budget,
    read_folder_mode,
    read_limits,
    read_usage,
    survey,
)
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import MediaLimits, Meter
from bridge_app.domain.errors import CredentialsError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.cloudinary.plans import PLANS
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
OWNER = SandboxAccount(cloud_name="studio", api_key="1234567", api_secret="owners-secret")
GUEST = SandboxAccount(
    cloud_name="studio", api_key="7654321", api_secret="guests-secret", allow=("upload",)
)


@pytest.fixture
def free(decoder: DecoderPool) -> Iterator[Sandbox]:
    """A sandbox on the free plan in fixed folder mode."""
    connections = LearningConnections(now=lambda: NOW)
    install(connections)
    made = Sandbox(
        accounts=(OWNER, GUEST),
        decoder=decoder,
        folder_mode="fixed",
        settings=Settings(plan=PLANS["free"]),
    )
    made.start()
    yield made
    made.stop()
    connections.clear()


def credentials(sandbox: Sandbox, account: SandboxAccount) -> Credentials:
    new = NewAccount.from_url(sandbox.cloudinary_url(account))
    return Credentials(account=new.record(), secret=new.secret)


def test_three_calls_tell_folder_mode_limits_usage_and_budget(free: Sandbox) -> None:
    told = survey(credentials(free, OWNER), at=NOW)

    assert told.folder_mode is FolderMode.FIXED
    assert told.media_limits is not None
    assert told.media_limits.image_bytes == 10 * 1024**2
    assert told.media_limits.most_bytes("video") == 100 * 1024**2
    assert told.usage is not None
    assert (told.usage.plan, told.usage.resources, told.usage.read_at) == ("Free", 0, NOW)
    assert told.usage.meters["credits"].limit == 25
    assert told.budget is not None
    assert (told.budget.limit, told.budget.remaining) == (500, 497)
    assert told.budget.resets_at is not None


def test_what_a_key_may_not_see_is_left_out(free: Sandbox) -> None:
    told = survey(credentials(free, GUEST), at=NOW)
    assert told.folder_mode is FolderMode.FIXED
    assert (told.usage, told.media_limits) == (None, None)
    assert told.budget is not None


def test_a_wrong_key_is_an_error(free: Sandbox) -> None:
    right = credentials(free, OWNER)
    with pytest.raises(CredentialsError):
        survey(Credentials(account=right.account, secret=Secret("wrong")), at=NOW)


def test_a_meter_has_a_share_where_it_has_a_limit() -> None:
    told = read_usage(
        {
            "plan": "Plus",
            "storage": {"usage": 50, "limit": 200, "used_percent": 25.0},
            "bandwidth": {"usage": 7, "credits_usage": 0.5},
            "google_tagging": {"usage": 3, "limit": 10},
            "requests": 12,
        },
        at=NOW,
    )
    assert told.meters["storage"].share == 0.25
    assert told.meters["bandwidth"] == Meter(used=7, credits_used=0.5)
    assert told.meters["bandwidth"].share is None
    assert told.meters["google_tagging"].share == 0.3
    assert told.requests == 12


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(["plan", "storage", "media_limits", "resources", "settings", "credits"])


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(NAMES, JUNK))
def test_whatever_is_told_is_read_or_left_out(told: dict[str, object]) -> None:
    usage = read_usage(told, at=NOW)
    assert all(meter.used >= 0 for meter in usage.meters.values())
    read_folder_mode(told)
    limits = read_limits(told)
    assert limits is None or isinstance(limits, MediaLimits)
    assert read_budget(told) is None
