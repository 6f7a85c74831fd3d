"""What was told of environments, kept as it was and forgotten as a whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import (
    Hue,
    Learnt,
    Login,
    MediaLimits,
    Meter,
    Naming,
    Stage,
    Usage,
)
from bridge_app.storage.accounts import AccountRecord, Places
from bridge_app.storage.environment_facts import Organisation
from bridge_app.storage.ledger import open_ledger

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
USAGE = Usage(
    read_at=NOW,
    plan="Plus",
    last_updated="2026-06-14",
    meters={"credits": Meter(used=1.5, limit=25), "storage": Meter(used=7, credits_used=0.1)},
    resources=3,
    derived=None,
    requests=9,
)
WEB = AccountRecord(
    environment="web", api_key="1", upload_prefix=None, cname=None, label="web", hue=Hue.RED
)


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    ledger = open_ledger(tmp_path / "ledger.db")
    yield Places(ledger)
    ledger.close()


def test_usage_is_read_back_as_it_was_told(places: Places) -> None:
    assert places.facts.usage("web") is None
    places.facts.put_usage("web", USAGE)
    assert places.facts.usage("web") == USAGE


def test_the_newest_lesson_about_a_capability_counts(places: Places) -> None:
    denied = Learnt(capability="upload", allowed=False, at=NOW, reason="no")
    allowed = Learnt(capability="upload", allowed=True, at=NOW)
    places.facts.put_learnt("web", denied)
    places.facts.put_learnt("web", allowed)
    places.facts.put_learnt("archive", denied)
    assert places.facts.learnt() == {"web": (allowed,), "archive": (denied,)}


def test_an_account_keeps_its_names_and_limits_when_its_key_changes(places: Places) -> None:
    places.put_account(WEB, at=NOW)
    naming = Naming(label="Shop", owner="Northlight", hue=Hue.TEAL, stage=Stage.PRODUCTION)
    places.name_account("web", naming)
    places.put_folder_mode("web", FolderMode.FIXED)
    places.put_media_limits("web", MediaLimits(image_bytes=10))
    login = AccountRecord(
        environment="web",
        api_key="",
        upload_prefix="https://api-eu.cloudinary.com",
        cname=None,
        label="ignored",
        login=Login.OAUTH,
        client_id="us",
    )
    places.put_account(login, at=NOW)

    (account,) = places.accounts()
    assert account.naming == naming
    assert (account.folder_mode, account.media_limits) == (
        FolderMode.FIXED,
        MediaLimits(image_bytes=10),
    )
    assert (account.login, account.client_id, account.api_key) == (Login.OAUTH, "us", "")
    assert account.in_use


def test_what_was_told_goes_with_the_account(places: Places) -> None:
    places.put_account(WEB, at=NOW)
    places.facts.put_usage("web", USAGE)
    places.facts.put_learnt("web", Learnt(capability="upload", allowed=True, at=NOW))
    places.remove_account("web")
    assert places.facts.usage("web") is None
    assert places.facts.learnt() == {}


def test_organisations_are_kept_by_their_id(places: Places) -> None:
    one = Organisation(account_id="a", name="A", api_key="1")
    again = Organisation(account_id="a", name="B", api_key="2", upload_prefix="https://x")
    places.facts.put_organisation(one, at=NOW)
    places.facts.put_organisation(again, at=NOW)
    assert places.facts.organisations() == (again,)
    places.facts.remove_organisation("a")
    assert places.facts.organisations() == ()
