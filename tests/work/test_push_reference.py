"""Masters of a service go to Cloudinary without passing through here, and only if they may."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.eager import EagerRendition
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.domain.push_policies import Access
from bridge_app.domain.retractions import RetractionState
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import (
    DEFAULT_API_KEY,
    ShelterSettings,
)
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from tests.clouds import mirrored, sync
from tests.desk import ACCOUNT, Desk, picture
from tests.plain_http import plain
from tests.work.brand import EMAIL, PASSWORD
from tests.work.pushing import CLOUD, Pushing, open_pushing

APPROVED, REJECTED = Approval.APPROVED, Approval.REJECTED


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Pushing]:
    with open_pushing(tmp_path, decoder) as made:
        yield made


def test_an_approved_master_is_fetched_by_cloudinary_itself(brand: Pushing) -> None:
    data = brand.picture(
        "hero.jpg", iptc={"title": "Hero", "keywords": ["running", "campaign:spring"]}
    )
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    (job,) = brand.push("hero.jpg")
    assert job.error is None
    assert (job.kind, job.state) == ("push_reference", JobState.DONE)
    assert job.result is not None
    assert job.result["how"] == "link"
    assert job.result["verified_by"] == "md5"
    (stored,) = brand.stored()
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert stored.context["title"] == "Hero"
    assert "running" in stored.tags
    assert plain.get(brand.address("hero.jpg")).content == data
    assert brand.asset("hero.jpg").content == _copy(brand).sha256
    assert list((brand.desk.home / "profile").rglob("*hero*")) == []


def test_renditions_of_such_a_master_are_made_once_it_may_be_seen(brand: Pushing) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    small = EagerRendition("small", "c_scale,w_60", "jpg", "")
    push, rest = brand.push("hero.jpg", eager=(small,))
    assert (push.state, rest.state) == (JobState.DONE, JobState.DONE)
    made = brand.desk.parts.worker.renditions.made_of(brand.asset("hero.jpg").id)
    assert [(one.preset, one.width) for one in made] == [("small", 60)]


def test_what_cloudinary_cannot_load_streams_and_the_link_is_kept_nowhere(
    brand: Pushing,
) -> None:
    data = brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    brand.sandbox.faults.answer(status=404, times=1, path_contains="/dl/")
    (job,) = brand.push("hero.jpg")
    assert job.error is None
    assert job.result is not None
    assert job.result["how"] == "stream"
    assert plain.get(brand.address("hero.jpg")).content == data
    profile = brand.desk.home / "profile"
    kept = b"".join(file.read_bytes() for file in profile.rglob("*") if file.is_file())
    assert b"sig=" not in kept
    assert b"/dl/" not in kept


def test_what_was_rejected_or_ended_at_the_service_meanwhile_is_not_sent(brand: Pushing) -> None:
    brand.picture("hero.jpg", custom={"Approval Status": "Approved"})
    brand.picture("night.jpg", 3, custom={"Approval Status": "Approved"})
    brand.connect()
    assert brand.asset("hero.jpg").approval is APPROVED
    fields = brand.there.store.fields(brand.organization)
    (status,) = [one for one in fields if one.name == "Approval Status"]
    (rejected,) = [key for key, text in status.options.items() if text == "Rejected"]
    brand.there.update_media(brand.ids["hero.jpg"], custom={status.id: rejected})
    block = {"instructions": "[[rights expires=2001-01-01]]"}
    brand.there.update_media(brand.ids["night.jpg"], iptc=block)
    told = {job.name: job.error for job in brand.push("hero.jpg", "night.jpg")}
    assert told["hero.jpg"] is not None
    assert "rejected" in told["hero.jpg"].sentence()
    assert told["night.jpg"] is not None
    assert "rights have ended" in told["night.jpg"].sentence()
    assert brand.stored() == []


def test_a_file_that_was_replaced_at_the_service_is_not_what_was_approved(
    brand: Pushing, tmp_path: Path
) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    plan = brand.desk.parts.worker.plan_push([brand.asset("hero.jpg").id], PushTarget())
    other = picture(tmp_path / "other.jpg", 7, size=(200, 100)).read_bytes()
    brand.there.replace_file(brand.ids["hero.jpg"], other)
    (job,) = brand.desk.finished(brand.desk.parts.worker.push(plan))
    assert job.error is not None
    assert job.error.kind == "ChangedAtServiceError"
    assert brand.stored() == []


def test_a_master_that_is_gone_is_not_sent(brand: Pushing) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    plan = brand.desk.parts.worker.plan_push([brand.asset("hero.jpg").id], PushTarget())
    brand.there.purge(brand.ids["hero.jpg"])
    (job,) = brand.desk.finished(brand.desk.parts.worker.push(plan))
    assert job.error is not None
    assert brand.stored() == []


def test_a_new_version_outdates_the_pushed_one_and_takes_its_place_when_approved(
    brand: Pushing, tmp_path: Path
) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    (first,) = brand.stored()
    other = picture(tmp_path / "other.jpg", 7, size=(200, 100)).read_bytes()
    brand.there.replace_file(brand.ids["hero.jpg"], other)
    brand.sync()
    worker, asset = brand.desk.parts.worker, brand.asset("hero.jpg")
    assert asset.lapsed
    assert worker.retractions.outdated([asset.id], CLOUD)[asset.id].public_id == "hero"
    assert plain.get(_copy(brand).url).status_code == 200
    brand.decide("hero.jpg", APPROVED)
    (step,) = worker.plan_push([asset.id], PushTarget()).steps
    assert (step.action, step.public_id) == (PushAction.NEW_VERSION, "hero")
    brand.push("hero.jpg")
    (second,) = brand.stored()
    assert (second.asset_id, second.public_id) == (first.asset_id, first.public_id)
    assert plain.get(brand.address("hero.jpg")).content == other
    assert worker.retractions.outdated([asset.id], CLOUD) == {}


def test_a_copy_that_only_a_token_opens_looks_like_its_master(brand: Pushing) -> None:
    limits = {"instructions": "[[rights regions=AT,DE]]"}
    brand.picture("hero.jpg", iptc=limits)
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    assert plain.get(brand.address("hero.jpg")).status_code == 401
    sync(brand.desk)
    (copy,) = mirrored(brand.desk)
    worker = brand.desk.parts.worker
    assert worker.thumbnail(copy.id) == worker.thumbnail(brand.asset("hero.jpg").id)


def test_a_licence_becomes_a_window_that_moves_with_it_and_its_end_retracts(
    brand: Pushing,
) -> None:
    ends = (brand.desk.clock() + timedelta(days=40)).date()
    brand.picture("hero.jpg", iptc={"instructions": f"[[rights expires={ends}]]"})
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    assert _window(brand)["end"] == f"{ends + timedelta(days=1)}T00:00:00Z"
    sooner = ends - timedelta(days=10)
    block = {"instructions": f"[[rights expires={sooner}]]"}
    brand.there.update_media(brand.ids["hero.jpg"], iptc=block)
    brand.sync()
    wanted = f"{sooner + timedelta(days=1)}T00:00:00Z"
    brand.desk.until(lambda: _window(brand)["end"] == wanted, what="the window")
    brand.desk.clock.forward(timedelta(days=35))
    brand.desk.parts.worker.retractions.look()
    brand.settled(RetractionState.RETRACTED)
    assert plain.get(brand.address("hero.jpg")).status_code == 401
    (stored,) = brand.stored()
    assert [dict(rule) for rule in stored.access_control] == [{"access_type": "token"}]


@pytest.mark.parametrize("path", ["/image/upload", "/explicit"])
def test_a_lost_reply_brings_it_there_once_and_opens_it(brand: Pushing, path: str) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    brand.sandbox.faults.lose_reply(times=1, path_contains=path)
    (job,) = brand.push("hero.jpg")
    assert job.error is None
    assert job.result is not None
    assert job.result["how"] == "before"
    (stored,) = brand.stored()
    assert stored.uploads == 1
    assert plain.get(brand.address("hero.jpg")).status_code == 200


def test_what_is_rejected_after_a_lost_reply_is_not_left_open(brand: Pushing) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    worker = brand.desk.parts.worker
    brand.sandbox.faults.lose_reply(times=1, path_contains="/explicit")
    batch = worker.push(worker.plan_push([brand.asset("hero.jpg").id], PushTarget()))
    brand.desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    brand.decide("hero.jpg", REJECTED)
    (job,) = brand.desk.finished(batch)
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    (stored,) = brand.stored()
    assert [dict(rule) for rule in stored.access_control] == [{"access_type": "token"}]


def test_a_library_that_is_away_is_waited_for_while_cloudinary_is_there(
    decoder: DecoderPool, sandbox: Sandbox, tmp_path: Path
) -> None:
    shelter = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
    )
    shelter.start()
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    desk.open()
    brand = Pushing(desk, shelter)
    brand.found()
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    worker = desk.parts.worker
    plan = worker.plan_push([brand.asset("hero.jpg").id], PushTarget())
    shelter.stop()
    batch = worker.push(plan)
    desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    (job,) = worker.batch(batch)
    assert job.error is not None
    assert (job.waiting_for, job.error.kind) == (WaitingFor.NEXT_TRY, "MasterAwayError")
    shelter.start()
    desk.clock.forward(timedelta(minutes=2))
    (job,) = desk.finished(batch)
    assert job.error is None
    assert sandbox.stored(CLOUD)
    brand.rest()
    desk.close()
    shelter.stop()


def test_a_session_that_ended_is_waited_for_until_somebody_signs_in_again(
    brand: Pushing,
) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    worker = brand.desk.parts.worker
    plan = worker.plan_push([brand.asset("hero.jpg").id], PushTarget())
    worker.shelters.sign_out(brand.account)
    batch = worker.push(plan)
    brand.desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    assert worker.batch(batch)[0].waiting_for is WaitingFor.ACCOUNT
    step = worker.shelters.begin_sign_in(
        SignIn(
            base_url=f"{brand.sandbox.url}/psapi/v4.0",
            api_key=Secret(DEFAULT_API_KEY),
            email=EMAIL,
            password=Secret(PASSWORD),
        )
    )
    worker.shelters.sign_in_again(brand.account, step)
    (job,) = brand.desk.finished(batch)
    assert job.error is None


def test_token_access_stays_locked(brand: Pushing) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg", access=Access.TOKEN)
    assert plain.get(brand.address("hero.jpg")).status_code == 401


def _copy(brand: Pushing) -> CloudCopy:
    (copy,) = brand.desk.parts.stock.deliveries.copies(CLOUD)
    return copy


def _window(brand: Pushing) -> dict[str, str]:
    (stored,) = brand.stored()
    return next(dict(rule) for rule in stored.access_control if rule["access_type"] == "anonymous")
