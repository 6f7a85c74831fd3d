"""What people claim of rights reaches the gate everywhere, and what was delivered."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.gate import Reason, Use
from bridge_app.domain.policies import Policy
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.push_policies import Access
from bridge_app.domain.query import Query
from bridge_app.domain.retractions import RetractionState
from bridge_app.domain.rights import EmptyRightsWindowError, RightsState, RightsWindow
from bridge_app.domain.rights_changes import ClaimChange
from bridge_app.domain.rights_claims import (
    NothingLeftError,
    RightsClaim,
    UnknownTerritoryError,
)
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.approvals import OverrideWish
from bridge_app.work.rights import UnknownZoneError, zone_named
from tests.desk import ACCOUNT, Desk, licensed_picture, picture
from tests.plain_http import plain

CLOUD = ACCOUNT.cloud_name
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def masters(desk: Desk, *names: str) -> list[AssetId]:
    """Approved pictures of these names."""
    for seed, name in enumerate(names):
        picture(desk.folder / name, seed, size=(40, 30))
    desk.library()
    desk.approve()
    return [desk.asset(name).id for name in names]


def until(desk: Desk, ends: datetime, *names: str) -> None:
    """Somebody says that the rights in these end then."""
    claim = RightsClaim(window=RightsWindow(ends=ends))
    desk.parts.worker.rights.claim([desk.asset(name).id for name in names], claim)


def found(desk: Desk, *states: RightsState) -> list[str]:
    return sorted(asset.name for asset in desk.assets(Query(rights=frozenset(states))))


def settled(desk: Desk, name: str, state: RetractionState) -> None:
    def holds() -> bool:
        known = desk.parts.worker.retractions.record(CLOUD)
        return any((one.name, one.state) == (name, state) for one in known)

    desk.until(holds, what=f"{name} {state}")


def delivered(desk: Desk, name: str) -> str:
    asset = desk.asset(name)
    assert asset.cloud is not None
    return asset.cloud.url


def rules(sandbox: Sandbox) -> list[dict[str, object]]:
    (stored,) = sandbox.stored(CLOUD)
    return [dict(rule) for rule in stored.access_control]


def test_a_claim_reaches_the_row_the_standing_the_filter_and_the_plan(desk: Desk) -> None:
    hero, _ = masters(desk, "hero.jpg", "other.jpg")
    until(desk, desk.clock() - DAY, "hero.jpg")
    assert desk.asset("hero.jpg").rights.state(desk.clock()) is RightsState.ENDED
    with desk.parts.stock.readers.lent() as reader:
        standing = reader.standing(hero)
    assert standing is not None
    assert standing.rights.state(desk.clock()) is RightsState.ENDED
    assert found(desk, RightsState.ENDED) == ["hero.jpg"]
    assert found(desk, RightsState.OPEN) == ["other.jpg"]
    reasons = {step.name: step.reasons for step in desk.plan().steps}
    assert reasons == {"hero.jpg": (Reason.RIGHTS_ENDED,), "other.jpg": ()}
    desk.push()
    assert {asset.name for asset in desk.assets() if asset.cloud} == {"other.jpg"}


def test_what_is_claimed_after_a_push_was_queued_still_stops_it(desk: Desk) -> None:
    masters(desk, "hero.jpg")
    desk.parts.worker.pause()
    batch = desk.parts.worker.push(desk.plan())
    until(desk, desk.clock() - DAY, "hero.jpg")
    desk.parts.worker.resume()
    (job,) = desk.finished(batch)
    assert job.error is not None
    assert desk.sandbox is not None
    assert desk.sandbox.stored(CLOUD) == []


def test_a_claim_never_widens_what_the_file_says(desk: Desk) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() - 3 * DAY)
    desk.library()
    until(desk, desk.clock() + 30 * DAY, "hero.jpg")
    assert desk.asset("hero.jpg").rights.state(desk.clock()) is RightsState.ENDED
    assert found(desk, RightsState.ENDED) == ["hero.jpg"]


def test_the_newest_claim_holds_and_an_empty_one_takes_all_back(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    until(desk, desk.clock() - DAY, "hero.jpg")
    desk.parts.worker.rights.claim([hero], RightsClaim())
    assert desk.asset("hero.jpg").rights == RightsWindow()
    assert found(desk, RightsState.OPEN) == ["hero.jpg"]
    assert len(desk.parts.worker.rights.claims(hero)) == 2


def test_a_claim_holds_for_copies_and_for_later_versions(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    until(desk, desk.clock() - DAY, "hero.jpg")
    desk.put(desk.folder / "hero.jpg", "copies/again.jpg")
    desk.library()
    assert found(desk, RightsState.ENDED) == ["again.jpg", "hero.jpg"]
    picture(desk.folder / "hero.jpg", 99, size=(41, 31))
    desk.library()
    assert desk.asset("hero.jpg").id == hero
    assert found(desk, RightsState.ENDED) == ["again.jpg", "hero.jpg"]


def test_file_and_claim_that_have_nothing_in_common_are_found_as_unreadable(desk: Desk) -> None:
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() - 3 * DAY)
    desk.library()
    starts = RightsClaim(window=RightsWindow(starts=desk.clock() + DAY))
    desk.parts.worker.rights.claim([desk.asset("hero.jpg").id], starts)
    assert desk.asset("hero.jpg").rights.state(desk.clock()) is RightsState.UNREADABLE
    assert found(desk, RightsState.UNREADABLE) == ["hero.jpg"]
    assert found(desk, RightsState.OPEN, RightsState.ENDED, RightsState.NOT_YET) == []


def test_a_licence_that_ends_at_no_date_keeps_the_gate_shut(desk: Desk) -> None:
    path = licensed_picture(desk.folder / "hero.jpg", until=desk.clock())
    day = desk.clock().date().isoformat().encode()
    path.write_bytes(path.read_bytes().replace(day, b"31.12.2024"))
    desk.library()
    desk.approve()
    assert desk.asset("hero.jpg").rights.state(desk.clock()) is RightsState.UNREADABLE
    (step,) = desk.plan().steps
    assert step.reasons == (Reason.RIGHTS_UNREADABLE,)


def test_a_claim_that_nobody_can_read_keeps_the_gate_shut(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    until(desk, desk.clock() + DAY, "hero.jpg")
    with closing(sqlite3.connect(desk.home / "profile" / "ledger.db")) as ledger:
        ledger.execute("DROP TRIGGER rights_claim_is_final")
        ledger.execute("UPDATE rights_claim SET told = '{'")
        ledger.commit()
    with desk.parts.stock.readers.lent() as reader:
        standing = reader.standing(hero)
    assert standing is not None
    assert standing.rights.state(desk.clock()) is RightsState.UNREADABLE


def test_a_claim_that_ends_now_takes_back_what_was_delivered(desk: Desk) -> None:
    masters(desk, "hero.jpg")
    desk.push()
    url = delivered(desk, "hero.jpg")
    until(desk, desk.clock() - DAY, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert plain.get(url).status_code == 401
    until(desk, desk.clock() + DAY, "hero.jpg")
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert plain.get(url).status_code == 200
    desk.clock.forward(2 * DAY)
    desk.parts.worker.retractions.look()
    settled(desk, "hero.jpg", RetractionState.RETRACTED)


def test_a_claim_takes_back_also_what_has_no_master_here_any_more(desk: Desk) -> None:
    masters(desk, "hero.jpg")
    desk.push()
    url = delivered(desk, "hero.jpg")
    until(desk, desk.clock() + DAY, "hero.jpg")
    desk.parts.worker.remove_library(desk.parts.worker.libraries()[0].id)
    desk.clock.forward(2 * DAY)
    desk.parts.worker.retractions.look()
    desk.until(lambda: plain.get(url).status_code == 401, what="the retraction")


def test_a_push_while_licensed_gets_the_claims_window_and_moves_with_it(
    desk: Desk, sandbox: Sandbox
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    ends = (desk.clock() + 9 * DAY).replace(microsecond=0)
    until(desk, ends, "hero.jpg")
    target = PushTarget(folder="", access=Access.WHILE_LICENSED)
    worker = desk.parts.worker
    desk.finished(worker.push(worker.plan_push([hero], target)))
    assert f"{ends:%Y-%m-%dT%H:%M:%S}" in str(rules(sandbox))
    until(desk, ends + DAY, "hero.jpg")
    desk.until(lambda: f"{ends + DAY:%Y-%m-%dT%H:%M:%S}" in str(rules(sandbox)), what="the move")


def test_a_claim_for_some_markets_locks_what_everybody_could_open(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    desk.push()
    url = delivered(desk, "hero.jpg")
    assert plain.get(url).status_code == 200
    rights = desk.parts.worker.rights
    rights.claim([hero], RightsClaim(territories=frozenset({"NO"})))
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert plain.get(url).status_code == 401
    rights.claim([hero], RightsClaim())
    settled(desk, "hero.jpg", RetractionState.RESTORED)
    assert plain.get(url).status_code == 200


def test_a_push_that_was_planned_for_everybody_is_locked_by_what_is_claimed_since(
    desk: Desk, sandbox: Sandbox
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    plan = desk.plan()
    desk.parts.worker.rights.claim([hero], RightsClaim(channels=frozenset({"print"})))
    desk.finished(desk.parts.worker.push(plan))
    assert rules(sandbox) == [{"access_type": "token"}]


def test_a_token_ends_with_the_rights(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    desk.push()
    worker = desk.parts.worker
    worker.cloud.sync(CLOUD)
    desk.settled()
    (copy,) = [one for one in desk.assets() if one.library.startswith("cloud:")]
    ends = (desk.clock() + DAY).replace(microsecond=0)
    worker.rights.claim([hero], RightsClaim(window=RightsWindow(ends=ends)))
    key = Secret("00112233FF99")
    late = int((ends + DAY).timestamp())
    soon = int((ends - DAY).timestamp())
    for asked, given in ((late, int(ends.timestamp())), (soon, soon)):
        url = worker.cloud_desk.address(copy.id, AddressWish(token_key=key, expires=asked))
        assert f"exp={given}" in url
    worker.rights.claim([hero], RightsClaim(window=RightsWindow(ends=desk.clock() - DAY)))
    with pytest.raises(GateRefusalError):
        worker.cloud_desk.address(copy.id, AddressWish(token_key=key, expires=late))


def test_a_token_ends_with_what_lets_it_pass_and_is_for_what_the_rights_cover(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    desk.push()
    worker = desk.parts.worker
    worker.cloud.sync(CLOUD)
    desk.settled()
    (copy,) = [one for one in desk.assets() if one.library.startswith("cloud:")]
    tonight = (desk.clock() + HOUR).replace(microsecond=0)
    asked = AddressWish(token_key=Secret("00112233FF99"), expires=int((tonight + DAY).timestamp()))
    settings = desk.parts.settings
    settings.save(replace(settings.load(), who="Kim (legal)"))
    worker.policies.put([Policy(name="all", may_override=frozenset({"legal"}))])
    worker.decide([hero], Approval.IN_REVIEW)
    worker.approvals.override([hero], OverrideWish(reason="Tonight.", until=tonight))
    assert f"exp={int(tonight.timestamp())}" in worker.cloud_desk.address(copy.id, asked)
    worker.decide([hero], Approval.APPROVED)
    assert f"exp={asked.expires}" in worker.cloud_desk.address(copy.id, asked)
    worker.rights.claim([hero], RightsClaim(territories=frozenset({"NO"})))
    norwegian = replace(asked, use=Use(market="NO", channel="web"))
    assert f"exp={asked.expires}" in worker.cloud_desk.address(copy.id, norwegian)
    with pytest.raises(GateRefusalError):
        worker.cloud_desk.address(copy.id, replace(asked, use=Use(market="DE")))


def test_claims_are_in_the_audit_trail_and_survive_a_new_catalog(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    until(desk, desk.clock() - DAY, "hero.jpg")
    profile = desk.home / "profile"
    with closing(sqlite3.connect(profile / "ledger.db")) as ledger:
        (kind, asset, detail) = ledger.execute(
            "SELECT kind, asset, detail FROM audit ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert (kind, asset) == ("rights_claim", hero)
    assert "ends" in json.loads(detail)
    desk.parts.close()
    for file in profile.glob("catalog.db*"):
        file.unlink()
    desk.parts = desk.build()
    desk.open()
    desk.library()
    assert found(desk, RightsState.ENDED) == ["hero.jpg"]


def test_claims_are_never_changed_nor_deleted(desk: Desk) -> None:
    masters(desk, "hero.jpg")
    until(desk, desk.clock(), "hero.jpg")
    with closing(sqlite3.connect(desk.home / "profile" / "ledger.db")) as ledger:
        for statement in ("DELETE FROM rights_claim", "UPDATE rights_claim SET who = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                ledger.execute(statement)


def test_a_change_of_many_keeps_what_it_does_not_touch_and_is_all_or_nothing(desk: Desk) -> None:
    one, other = masters(desk, "one.jpg", "other.jpg")
    rights = desk.parts.worker.rights
    rights.claim([one], RightsClaim(licence="A", territories=frozenset({"NO"})))
    change = ClaimChange(channels="web", credit_line=" Photo: Nordlys ")
    assert rights.change([one, other], lambda claim: change.applied(claim, zone_named)) == 2
    said = {held.asset.id: held.said for held in rights.held([one, other])}
    assert said[one].licence == "A"
    assert said[one].territories == {"NO"}
    assert {claim.credit_line for claim in said.values()} == {"Photo: Nordlys"}
    for refused, error in (
        (ClaimChange(excluded_territories="NO"), NothingLeftError),
        (ClaimChange(territories="Norway"), UnknownTerritoryError),
    ):
        with pytest.raises(error):
            rights.change([other, one], partial(refused.applied, zone_of=zone_named))
    assert {held.asset.id: held.said for held in rights.held([one, other])} == said


def test_dates_are_those_of_the_zone_and_a_wrong_window_changes_nothing(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    rights = desk.parts.worker.rights
    change = ClaimChange(starts="2027-01-01", ends="2027-03-31", zone="America/New_York")
    rights.change([hero], lambda claim: change.applied(claim, zone_named))
    (held,) = rights.held([hero])
    assert held.said.window.ends == datetime.fromisoformat("2027-04-01T04:00:00+00:00")
    with pytest.raises(EmptyRightsWindowError):
        rights.change([hero], lambda c: ClaimChange(ends="2026-12-31").applied(c, zone_named))
    with pytest.raises(UnknownZoneError):
        rights.change([hero], lambda c: ClaimChange(zone="Europe/Atlantis").applied(c, zone_named))
    assert rights.held([hero])[0].said == held.said


def test_of_nothing_nothing_is_claimed(desk: Desk) -> None:
    assert desk.parts.worker.rights.change([], lambda claim: replace(claim, licence="A")) == 0


def test_mirrored_copies_can_be_claimed_as_well(desk: Desk) -> None:
    masters(desk, "hero.jpg")
    desk.push()
    desk.parts.worker.cloud.sync(CLOUD)
    desk.settled()
    copies: list[Asset] = [one for one in desk.assets() if one.library.startswith("cloud:")]
    url = delivered(desk, "hero.jpg")
    ended = RightsClaim(window=RightsWindow(ends=desk.clock() - DAY))
    desk.parts.worker.rights.claim([copies[0].id], ended)
    settled(desk, "hero.jpg", RetractionState.RETRACTED)
    assert plain.get(url).status_code == 401
