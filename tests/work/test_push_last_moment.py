"""Whatever happens between the plan and the last call: nothing is seen that the gate forbids."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bridge_app.delivery.access import DeliveryAccess
from bridge_app.delivery.reference_uploads import Arrived, ReferenceOrder, ReferenceUploads
from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobState
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.push_policies import public_limits
from bridge_app.domain.retractions import RetractionState
from bridge_app.media.decoder_pool import DecoderPool
from tests.desk import picture
from tests.plain_http import plain
from tests.work.pushing import CLOUD, Pushing, open_pushing

APPROVED, REJECTED = Approval.APPROVED, Approval.REJECTED
LOCKED = [{"access_type": "token"}]


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Pushing]:
    with open_pushing(tmp_path, decoder) as made:
        yield made


def retracted(brand: Pushing) -> None:
    """A master whose copy was taken back because a release was withdrawn."""
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    (job,) = brand.push("hero.jpg")
    assert job.error is None
    brand.there.update_media(brand.ids["hero.jpg"], model_released=False)
    brand.sync()
    brand.settled(RetractionState.RETRACTED)


def has_status(brand: Pushing, status: int) -> bool:
    return brand.status("hero.jpg") == status


def looked(brand: Pushing) -> None:
    """Wait until nothing is left that can be done unasked."""
    desk = brand.desk.parts.worker.retractions
    desk.look()
    brand.desk.until(lambda: desk.plan(CLOUD).steps == (), what="the peace")
    brand.rest()


def test_what_was_withdrawn_stays_so_when_its_library_is_removed(brand: Pushing) -> None:
    retracted(brand)
    brand.desk.parts.worker.shelters.remove(brand.account)
    looked(brand)
    assert brand.rules() == LOCKED


# Closing does not wait for requests under way: what they leave behind ends with a real program.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_was_withdrawn_stays_so_when_the_catalog_is_made_anew(brand: Pushing) -> None:
    retracted(brand)
    brand.rest()
    brand.desk.parts.close()
    for file in (brand.desk.home / "profile").rglob("catalog.db*"):
        file.unlink()
    brand.sandbox.faults.answer(status=503, times=500, path_contains="/psapi/")
    brand.desk.parts = brand.desk.build()
    brand.desk.open()
    looked(brand)
    assert brand.rules() == LOCKED
    brand.sandbox.faults.clear()
    brand.there.update_media(brand.ids["hero.jpg"], model_released=True)
    brand.sync()
    brand.settled(RetractionState.RESTORED)
    assert brand.status("hero.jpg") == 200


def begun(brand: Pushing) -> str:
    """A push whose copy was opened, while the reply was lost; its batch."""
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    worker = brand.desk.parts.worker
    brand.sandbox.faults.lose_reply(times=1, path_contains="/explicit")
    batch = worker.push(worker.plan_push([brand.asset("hero.jpg").id], PushTarget()))
    brand.desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    assert brand.rules() != LOCKED
    return batch


def closed(brand: Pushing) -> None:
    """Wait until nobody sees the copy."""
    brand.desk.until(lambda: brand.rules() == LOCKED, what="the closing")
    looked(brand)
    assert brand.rules() == LOCKED


def test_what_was_opened_is_closed_when_its_library_is_removed_before_that_was_told(
    brand: Pushing,
) -> None:
    begun(brand)
    brand.desk.parts.worker.shelters.remove(brand.account)
    closed(brand)


def test_what_was_opened_is_closed_when_its_master_is_gone_before_that_was_told(
    brand: Pushing,
) -> None:
    batch = begun(brand)
    brand.there.purge(brand.ids["hero.jpg"])
    (job,) = brand.desk.finished(batch)
    assert job.error is not None
    assert job.error.kind == "MasterGoneError"
    closed(brand)


def test_what_was_opened_by_a_push_that_was_cancelled_is_known_and_can_be_taken_back(
    brand: Pushing,
) -> None:
    batch = begun(brand)
    brand.desk.parts.worker.cancel([job.id for job in brand.desk.parts.worker.batch(batch)])
    brand.decide("hero.jpg", REJECTED)
    closed(brand)


def test_what_is_rejected_while_cloudinary_fetches_it_is_never_opened(
    brand: Pushing, monkeypatch: pytest.MonkeyPatch
) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    fetched, opened = ReferenceUploads.by_link, DeliveryAccess.put
    told: list[object] = []

    def slowly(
        uploads: ReferenceUploads, order: ReferenceOrder, url: str, *, md5: str = ""
    ) -> Arrived | None:
        arrived = fetched(uploads, order, url, md5=md5)
        brand.decide("hero.jpg", REJECTED)
        return arrived

    def noted(access: DeliveryAccess, *values: Any) -> None:
        told.append(values)
        opened(access, *values)

    monkeypatch.setattr(ReferenceUploads, "by_link", slowly)
    monkeypatch.setattr(DeliveryAccess, "put", noted)
    (job,) = brand.push("hero.jpg")
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert told == []
    assert brand.rules() == LOCKED


def test_a_damaged_replacement_is_not_left_open_when_it_is_refused(
    brand: Pushing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    other = picture(tmp_path / "other.jpg", 7, size=(200, 100)).read_bytes()
    brand.there.replace_file(brand.ids["hero.jpg"], other)
    brand.sync()
    brand.decide("hero.jpg", APPROVED)
    brand.told()
    monkeypatch.setattr(Arrived, "is_right", lambda *_: False)
    brand.sandbox.faults.lose_reply(times=1, path_contains=f"/v1_1/{CLOUD}/image/upload")
    worker = brand.desk.parts.worker
    batch = worker.push(worker.plan_push([brand.asset("hero.jpg").id], PushTarget()))
    brand.desk.until(lambda: worker.batch(batch)[0].state is JobState.WAITING, what="the wait")
    assert [one.uploads for one in brand.stored()] == [2]
    assert brand.rules() != LOCKED
    brand.there.update_media(brand.ids["hero.jpg"], model_released=False)
    (job,) = brand.desk.finished(batch)
    assert job.error is not None
    assert job.error.kind == "GateRefusalError"
    assert brand.rules() == LOCKED


@pytest.mark.parametrize("limit", ["channels=print", "regions=NO", "max_px=800"])
def test_what_is_not_licensed_for_everybody_is_seen_with_a_token_only(
    brand: Pushing, limit: str
) -> None:
    brand.picture("hero.jpg", iptc={"instructions": f"[[rights {limit}]]"})
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    (step,) = brand.desk.parts.worker.plan_push([brand.asset("hero.jpg").id], PushTarget()).steps
    assert step.limits == public_limits(brand.asset("hero.jpg").restrictions) != ()
    (job,) = brand.push("hero.jpg")
    assert job.error is None
    assert brand.rules() == LOCKED
    looked(brand)
    assert brand.rules() == LOCKED


def test_a_limit_that_comes_later_locks_what_is_open_until_it_is_lifted(brand: Pushing) -> None:
    brand.picture("hero.jpg", iptc={"instructions": "[[rights channels=web regions=WORLD]]"})
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    assert brand.status("hero.jpg") == 200
    for limit, status in (("channels=print", 401), ("channels=web", 200)):
        block = {"instructions": f"[[rights {limit}]]"}
        brand.there.update_media(brand.ids["hero.jpg"], iptc=block)
        brand.sync()
        looked(brand)
        brand.desk.until(partial(has_status, brand, status), what=limit)


def test_what_is_deleted_at_the_service_is_taken_back_when_that_is_certain(
    brand: Pushing,
) -> None:
    brand.picture("hero.jpg")
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    brand.told()
    url, media = brand.address("hero.jpg"), brand.ids["hero.jpg"]
    brand.there.trash(media)
    brand.desk.parts.worker.shelters.refresh(brand.account, [media])
    brand.sync()
    looked(brand)
    assert plain.get(url).status_code == 200
    brand.desk.clock.forward(timedelta(hours=2))
    brand.sync()
    brand.settled(RetractionState.RETRACTED)
    assert plain.get(url).status_code == 401
    brand.there.restore(media)
    brand.desk.parts.worker.shelters.sync(brand.account)
    brand.settled(RetractionState.RESTORED)


def test_many_deleted_ones_are_taken_back_when_a_person_says_that_they_may_go(
    brand: Pushing,
) -> None:
    brand.picture("hero.jpg")
    others = [brand.add(f"{number}.jpg") for number in range(25)]
    brand.connect()
    brand.decide("hero.jpg", APPROVED)
    brand.push("hero.jpg")
    brand.told()
    worker, library = brand.desk.parts.worker, brand.asset("hero.jpg").library
    url, gone = brand.address("hero.jpg"), [brand.ids["hero.jpg"], *others]
    for media in gone:
        brand.there.purge(media)
    worker.shelters.refresh(brand.account, gone)
    brand.sync()
    brand.desk.clock.forward(timedelta(hours=2))
    brand.sync()
    looked(brand)
    assert plain.get(url).status_code == 200
    worker.forget_missing(library)
    brand.settled(RetractionState.RETRACTED)
    assert plain.get(url).status_code == 401
