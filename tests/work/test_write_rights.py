"""Rights claims reach the service's block once, and what others said there only gets narrower."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.kinds import WRITE_RIGHTS
from tests.work.brand import Brand, open_brand

JULY = datetime(2027, 7, 1, tzinfo=UTC)
MAY = datetime(2027, 5, 1, tzinfo=UTC)
NORDIC = RightsClaim(
    window=RightsWindow(ends=JULY),
    territories=frozenset({"NO", "SE"}),
    channels=frozenset({"web"}),
    credit_line="Photo: Nordlys",
)


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Brand]:
    """A sandbox with both services, and an open application."""
    with open_brand(tmp_path, decoder) as made:
        made.found()
        yield made


def claim(brand: Brand, claimed: RightsClaim) -> JobRecord:
    """Somebody claims it of a.jpg; the job that told the service, at its end."""
    parts = brand.desk.parts
    parts.worker.rights.claim([brand.asset("a.jpg").id], claimed)
    jobs = parts.stock.jobs
    brand.desk.until(lambda: not jobs.unfinished(WRITE_RIGHTS), what="the service to be told")
    return jobs.recent((WRITE_RIGHTS,), limit=1)[0]


def instructions(brand: Brand, media: str) -> str:
    return str(brand.there.media(media).iptc.get("instructions") or "")


def writes(brand: Brand) -> int:
    return sum(call.method in {"PATCH", "PUT", "DELETE"} for call in brand.there.log())


def test_a_claim_is_written_behind_the_words_for_people_and_comes_back_as_known(
    brand: Brand,
) -> None:
    media = brand.add("a.jpg", iptc={"instructions": "Never crop."})
    brand.connect()
    assert claim(brand, NORDIC).state is JobState.DONE
    assert instructions(brand, media) == (
        "Never crop. [[rights expires=2027-06-30 regions=NO,SE channels=web credit=required]]"
    )
    brand.sync()
    asset = brand.asset("a.jpg")
    assert asset.rights.ends == JULY
    assert asset.restrictions.territories == {"NO", "SE"}


def test_a_claim_that_is_there_already_is_not_written_again(brand: Brand) -> None:
    brand.add("a.jpg")
    brand.connect()
    claim(brand, NORDIC)
    brand.there.clear_log()
    job = claim(brand, replace(NORDIC, source="the same, by mail"))
    assert (job.state, job.result) == (JobState.DONE, {"state": "there"})
    assert writes(brand) == 0


def test_what_we_claimed_before_is_widened_but_never_what_others_said(brand: Brand) -> None:
    said = "[[rights expires=2027-12-31 regions=EMEA max_px=2000 ai=no]]"
    media = brand.add("a.jpg", iptc={"instructions": said})
    brand.connect()
    claim(brand, NORDIC)
    narrow = "expires=2027-06-30 regions=NO,SE channels=web max_px=2000 credit=required ai=no"
    assert instructions(brand, media) == f"[[rights {narrow}]]"
    claim(brand, RightsClaim())
    assert instructions(brand, media) == said


def test_what_others_write_meanwhile_stays_the_limit(brand: Brand) -> None:
    media = brand.add("a.jpg")
    brand.connect()
    claim(brand, NORDIC)
    stricter = "[[rights expires=2027-04-30 regions=NO]]"
    brand.there.update_media(media, iptc={"instructions": stricter})
    brand.sync()
    claim(brand, RightsClaim(window=RightsWindow(ends=MAY)))
    assert instructions(brand, media) == stricter
    assert brand.asset("a.jpg").rights.ends == MAY


def test_claims_made_offline_are_told_later_and_the_last_one_holds(brand: Brand) -> None:
    media = brand.add("a.jpg")
    brand.connect()
    worker = brand.desk.parts.worker
    worker.set_work_offline(on=True)
    worker.rights.claim([brand.asset("a.jpg").id], NORDIC)
    worker.rights.claim([brand.asset("a.jpg").id], RightsClaim(window=RightsWindow(ends=MAY)))
    assert brand.asset("a.jpg").rights.ends == MAY
    assert instructions(brand, media) == ""
    worker.set_work_offline(on=False)
    jobs = brand.desk.parts.stock.jobs
    brand.desk.until(lambda: not jobs.unfinished(WRITE_RIGHTS), what="the service to be told")
    assert instructions(brand, media) == "[[rights expires=2027-04-30]]"


def test_nothing_in_common_is_told_and_nothing_is_written(brand: Brand) -> None:
    media = brand.add("a.jpg", iptc={"instructions": "[[rights regions=NO]]"})
    brand.connect()
    job = claim(brand, RightsClaim(territories=frozenset({"JP"})))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "no territory in common" in job.error.sentence()
    assert instructions(brand, media) == "[[rights regions=NO]]"


def test_a_block_that_nobody_can_read_is_left_alone(brand: Brand) -> None:
    media = brand.add("a.jpg", iptc={"instructions": "[[rights expires=soon]]"})
    brand.connect()
    assert claim(brand, NORDIC).state is JobState.FAILED
    assert instructions(brand, media) == "[[rights expires=soon]]"


def test_without_the_right_to_write_the_claim_stays_here(brand: Brand) -> None:
    brand.add("a.jpg")
    brand.connect()
    brand.lose_rights()
    assert claim(brand, NORDIC).state is JobState.FAILED
    assert brand.asset("a.jpg").restrictions.territories == {"NO", "SE"}


def test_what_is_sent_to_cloudinary_says_what_was_claimed(brand: Brand) -> None:
    brand.add("a.jpg")
    brand.connect()
    claim(brand, NORDIC)
    (run,) = brand.desk.parts.worker.governance.dry_run([brand.asset("a.jpg").id])
    assert run.values["regions"] == ("NO", "SE")
    assert str(run.values["rights_end"]).startswith("2027-")
