"""Approvals in the files of local masters: written once; what they say decides nothing."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import exiv2
import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import EditState
from bridge_app.domain.file_approval import KEYWORDS, LABEL, RATING
from bridge_app.domain.jobs import JobState
from bridge_app.domain.review_requests import QueueItem, QueueSource
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.standing import CARRIED_BY
from bridge_app.work.file_approval_jobs import TellFile
from bridge_app.work.file_approvals import FileApprovalDesk, FileApprovalStores
from bridge_app.work.jobs import WRITE_FILE
from bridge_app.work.kinds import TELL_FILE
from tests.desk import Desk, picture

YES, NO, REVIEW = Approval.APPROVED, Approval.REJECTED, Approval.IN_REVIEW


@pytest.fixture
def office(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """A desk without a network that keeps approvals in files."""
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    desk.open()
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.parts.worker.file_approvals.switch(on=True)
    yield desk
    desk.close()


def hero(desk: Desk) -> AssetId:
    return desk.asset("hero.jpg").id


def keywords(desk: Desk) -> list[str]:
    """What stands in the file itself."""
    image = exiv2.ImageFactory.open(str(desk.folder / "hero.jpg"))
    image.readMetadata()
    data = image.xmpData()
    return [str(word) for word in data["Xmp.dc.subject"].getValue()] if len(data) else []


def written(desk: Desk) -> None:
    """Wait until everything that was decided stands in files."""
    jobs, edits = desk.parts.stock.jobs, desk.parts.stock.edits
    desk.until(lambda: not jobs.unfinished(TELL_FILE), what="the job")
    desk.until(
        lambda: all(one.state is EditState.DELIVERED for one in edits.history(hero(desk))),
        what="the file",
    )


def somebody_writes(desk: Desk, **values: str) -> None:
    """Another program changes the file: `Xmp_xmp_Rating="-1"`."""
    path = desk.folder / "hero.jpg"
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    data = image.xmpData()
    for name, value in values.items():
        key = name.replace("_", ".")
        with suppress(KeyError):
            del data[key]
        data[key] = value
    image.setXmpData(data)
    before = desk.asset("hero.jpg").sha256
    image.writeMetadata()
    desk.parts.worker.scan(desk.asset("hero.jpg").library)
    desk.until(lambda: desk.asset("hero.jpg").sha256 != before, what="the scan")
    desk.settled()


def claims(desk: Desk) -> list[QueueItem]:
    queue = desk.parts.worker.reviews.queue("Kim")
    return [item for item in queue if item.source is QueueSource.FILE]


def test_a_decision_stands_in_the_file_and_the_picture_stays_approved(office: Desk) -> None:
    office.parts.worker.decide([hero(office)], YES)
    written(office)
    assert keywords(office) == ["approval:approved"]
    assert office.asset("hero.jpg").approval is YES
    assert claims(office) == []
    office.parts.worker.decide([hero(office)], NO)
    written(office)
    assert keywords(office) == ["approval:rejected"]
    assert office.asset("hero.jpg").approval is NO
    assert claims(office) == []


def test_a_decision_is_one_also_where_the_file_becomes_what_it_was_before(office: Desk) -> None:
    changes = Approval.CHANGES_REQUESTED
    said = [changes, YES, NO, changes, YES]
    for approval in said:
        office.parts.worker.decide([hero(office)], approval)
        written(office)
        office.settled()
    history = office.parts.worker.history(hero(office))
    assert [one.approval for one in history if one.who != CARRIED_BY] == said
    assert office.asset("hero.jpg").approval is YES


def test_nothing_is_written_unless_it_is_wanted(office: Desk) -> None:
    office.parts.worker.file_approvals.switch(on=False)
    before = (office.folder / "hero.jpg").read_bytes()
    office.parts.worker.decide([hero(office)], YES)
    assert office.parts.stock.jobs.recent((TELL_FILE,), limit=9) == []
    assert (office.folder / "hero.jpg").read_bytes() == before
    somebody_writes(office, Xmp_xmp_Rating="-1")
    assert claims(office) == []


def test_an_old_decision_is_not_written_over_a_newer_one(office: Desk) -> None:
    worker, content = office.parts.worker, office.asset("hero.jpg").sha256 or ""
    worker.decide([hero(office)], NO)
    written(office)
    late = TellFile(asset=hero(office), name="hero.jpg", content=content, approval=YES)
    (job,) = office.parts.stock.jobs.add([late.new_job("late")], at=office.clock())
    worker.retry([])
    jobs = office.parts.stock.jobs
    office.until(lambda: job in jobs.in_state(TELL_FILE, JobState.DONE), what="the late job")
    assert keywords(office) == ["approval:rejected"]


def test_what_another_program_says_waits_in_the_queue_and_decides_nothing(office: Desk) -> None:
    office.parts.worker.decide([hero(office)], YES)
    written(office)
    somebody_writes(office, Xmp_xmp_Rating="-1")
    assert office.asset("hero.jpg").approval is not NO
    (claim,) = claims(office)
    assert (claim.name, claim.claim) == ("hero.jpg", NO)
    office.reopen()
    office.settled()
    assert [one.claim for one in claims(office)] == [NO]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"Xmp_xmp_Rating": "-1"}, NO),
        ({"Xmp_xmp_Label": "Changes requested"}, Approval.CHANGES_REQUESTED),
        ({"Xmp_xmp_Label": "In-Review"}, REVIEW),
        ({"Xmp_dc_subject": "Approval: approved"}, YES),
    ],
)
def test_each_of_its_words_is_heard_by_itself(
    office: Desk, words: dict[str, str], said: Approval
) -> None:
    somebody_writes(office, **words)
    assert [one.claim for one in claims(office)] == [said]


@pytest.mark.parametrize("decided", [YES, NO, REVIEW])
def test_a_decision_answers_it_and_the_file_says_so_afterwards(
    office: Desk, decided: Approval
) -> None:
    somebody_writes(office, Xmp_xmp_Rating="-1", Xmp_xmp_Label="Approved")
    assert [one.claim for one in claims(office)] == [NO]
    office.parts.worker.decide([hero(office)], decided)
    assert claims(office) == []
    written(office)
    assert keywords(office) == [f"approval:{decided.value}"]
    record = office.parts.worker.masters.said([hero(office)])[0].record()
    assert record.get(RATING) == (-1 if decided is NO else None)
    assert record.get(LABEL) == ("Approved" if decided is YES else None)
    assert record[KEYWORDS] == (f"approval:{decided.value}",)
    assert claims(office) == []


def test_a_file_that_was_written_while_the_queue_was_read_asks_nobody(office: Desk) -> None:
    """What was read before the file was written is older than what we know of it since."""
    somebody_writes(office, Xmp_xmp_Rating="-1")
    assert [one.claim for one in claims(office)] == [NO]
    worker, stock = office.parts.worker, office.parts.stock

    def now_written() -> datetime:
        worker.decide([hero(office)], REVIEW)
        written(office)
        return office.clock()

    stores = FileApprovalStores(
        settings=office.parts.settings,
        said=stock.file_approvals,
        decisions=stock.decisions,
        readers=stock.readers,
    )
    slow = FileApprovalDesk(stores, masters=lambda: worker.masters, now=now_written)
    assert slow.claims() == []
    assert claims(office) == []


def test_a_decision_that_its_file_could_not_be_told_yet_is_one_all_the_same(office: Desk) -> None:
    """The disk is away: what stands on it is older than what was decided since."""
    somebody_writes(office, Xmp_xmp_Rating="-1")
    assert [one.claim for one in claims(office)] == [NO]
    away = office.folder.rename(office.folder.with_name("away"))
    office.parts.worker.decide([hero(office)], YES)
    jobs = office.parts.stock.jobs
    office.until(lambda: not jobs.unfinished(TELL_FILE), what="the job")
    assert claims(office) == []
    away.rename(office.folder)
    office.parts.worker.retry(jobs.in_state(WRITE_FILE, JobState.WAITING))
    written(office)
    assert keywords(office) == ["approval:approved"]
    assert claims(office) == []


def test_what_was_answered_is_asked_again_when_the_file_says_something_new(office: Desk) -> None:
    somebody_writes(office, Xmp_xmp_Label="Approved")
    office.parts.worker.decide([hero(office)], NO)
    written(office)
    assert claims(office) == []
    somebody_writes(office, Xmp_xmp_Label="Approved", Xmp_xmp_Rating="3")
    # The keyword of the rejection is there, too: the stricter one is what the file says.
    assert [one.claim for one in claims(office)] == []
    somebody_writes(office, Xmp_dc_subject="approval:approved")
    assert [one.claim for one in claims(office)] == [YES]


def test_what_was_answered_stays_answered_when_the_catalog_is_made_anew(office: Desk) -> None:
    office.parts.worker.decide([hero(office)], YES)
    written(office)
    # Another picture with the words of the old one: nobody approved it, and nobody says so.
    picture(office.folder / "hero.jpg", seed=7)
    somebody_writes(office, Xmp_dc_subject="approval:approved")
    assert office.asset("hero.jpg").approval is not YES
    assert claims(office) == []
    library = office.asset("hero.jpg").library
    office.parts.close()
    for file in office.home.rglob("catalog.db*"):
        file.unlink()
    office.folder.rename(office.folder.with_name("away"))
    office.parts = office.build()
    office.open()
    assert claims(office) == []
    office.folder.with_name("away").rename(office.folder)
    office.parts.worker.scan(library)
    office.until(lambda: "hero.jpg" in office.names(), what="the scan")
    office.settled()
    assert claims(office) == []


def test_the_file_is_told_what_holds_of_its_content_now(office: Desk) -> None:
    worker, content = office.parts.worker, office.asset("hero.jpg").sha256 or ""
    worker.decide([hero(office)], YES)
    written(office)
    assert office.asset("hero.jpg").sha256 != content
    late = TellFile(asset=hero(office), name="hero.jpg", content=content, approval=YES)
    assert worker.file_approvals.write(late)
    # Of what became of it alone: what was decided of the first content stays.
    worker.decide([hero(office)], NO)
    assert not worker.file_approvals.write(late)


def test_a_closed_vocabulary_keeps_no_approval_out_of_files(office: Desk) -> None:
    words = office.parts.worker.words
    words.import_vocabulary("Places", b"sea\nsky\n", closed=True)
    office.parts.worker.decide([hero(office)], YES)
    written(office)
    assert keywords(office) == ["approval:approved"]


def test_a_claim_of_a_file_is_told_once_beside_what_asks_for_the_same(office: Desk) -> None:
    office.parts.worker.file_approvals.switch(on=False)
    somebody_writes(office, Xmp_xmp_Label="Approved")
    office.parts.worker.decide([hero(office)], REVIEW)
    office.parts.worker.file_approvals.switch(on=True)
    queue = office.parts.worker.reviews.queue("Kim")
    assert [(one.name, one.source) for one in queue] == [("hero.jpg", QueueSource.FILE)]


def test_the_switch_is_remembered_beside_the_other_settings(office: Desk) -> None:
    settings = office.parts.settings
    settings.save(replace(settings.load(), who="Kim"))
    office.parts.worker.file_approvals.switch(on=False)
    assert (settings.load().who, settings.load().approvals_in_files) == ("Kim", False)
