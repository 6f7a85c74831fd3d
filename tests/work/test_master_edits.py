"""Masters that are edited: their files and records say it, approvals hold, and copies follow."""

from collections.abc import Sequence
from pathlib import Path

import exiv2
import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change, fields_of
from bridge_app.domain.edits import (
    TAGS,
    Conflict,
    EditState,
    FieldPath,
    Subject,
    UnusableValueError,
)
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.field_sync import Towards
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.vocabulary import NotInVocabularyError
from bridge_app.storage.thumbs import THUMB_EDGE
from tests.desk import Desk, picture
from tests.work.campaign import Campaign


def standard(key: str) -> FieldPath:
    return FieldPath(Subject.STANDARD, key)


def set_to(key: str, value: FieldValue) -> Change:
    return Change(path=standard(key), value=value)


def in_file(path: Path) -> tuple[str, list[str]]:
    """The title and the keywords that a file's XMP says."""
    image = exiv2.ImageFactory.open(str(path))
    image.readMetadata()
    said = {datum.key(): datum.print() for datum in image.xmpData()}
    words = said.get("Xmp.dc.subject", "")
    return said.get("Xmp.dc.title", ""), sorted(filter(None, words.split(", ")))


def delivered(desk: Desk, assets: Sequence[AssetId]) -> None:
    """Wait until nothing that was said of these is on its way."""
    masters, edits = desk.parts.worker.masters, desk.parts.stock.edits

    def quiet() -> bool:
        return not edits.due() and not any(said.edits for said in masters.said(assets))

    desk.until(quiet, what="the edits")


@pytest.fixture
def hero(desk: Desk) -> AssetId:
    """One picture in the library."""
    picture(desk.folder / "hero.jpg")
    desk.library()
    return desk.asset("hero.jpg").id


def test_what_is_said_is_shown_at_once_and_stands_in_the_file_soon(
    desk: Desk, hero: AssetId
) -> None:
    masters = desk.parts.worker.masters
    masters.say([hero], [set_to("title", "Dawn"), set_to("keywords", ("sea", "sky"))])
    assert masters.said([hero])[0].record()[standard("title")] == "Dawn"
    assert desk.asset("hero.jpg").title == "Dawn"
    delivered(desk, [hero])
    title, words = in_file(desk.folder / "hero.jpg")
    assert "Dawn" in title
    assert words == ["sea", "sky"]
    assert {edit.state for edit in masters.history(hero)} == {EditState.DELIVERED}


def test_a_file_of_the_longest_name_does_not_hold_the_others_up(desk: Desk) -> None:
    long = "n" * 251 + ".jpg"
    for number, name in enumerate((long, "b.jpg")):
        picture(desk.folder / name, number)
    desk.library()
    both = [desk.asset(long).id, desk.asset("b.jpg").id]
    masters = desk.parts.worker.masters
    masters.say(both, [set_to("title", "One")])
    delivered(desk, both)
    states = [edit.state for asset in both for edit in masters.history(asset)]
    assert states == [EditState.DELIVERED, EditState.DELIVERED]


def test_our_own_words_in_a_file_let_no_approval_lapse(desk: Desk, hero: AssetId) -> None:
    desk.approve()
    before = desk.asset("hero.jpg")
    desk.parts.worker.masters.say([hero], [set_to("headline", "First light")])
    delivered(desk, [hero])
    after = desk.asset("hero.jpg")
    assert after.sha256 != before.sha256
    assert (after.approval, after.lapsed) == (Approval.APPROVED, False)
    newest = desk.parts.stock.decisions.newest(after.sha256 or "")
    assert newest is not None
    assert "Only metadata was written here" in newest.comment
    assert desk.parts.stock.audit.check().is_sound


def test_a_look_after_our_own_write_reads_nothing_twice(desk: Desk, hero: AssetId) -> None:
    desk.parts.worker.masters.say([hero], [set_to("city", "Bergen")])
    delivered(desk, [hero])
    known = desk.asset("hero.jpg")
    desk.parts.worker.scan(known.library)
    desk.settled()
    assert desk.asset("hero.jpg") == known


def test_the_new_content_has_the_picture_of_the_old_one(desk: Desk, hero: AssetId) -> None:
    desk.parts.worker.masters.say([hero], [set_to("city", "Bergen")])
    delivered(desk, [hero])
    assert desk.asset("hero.jpg").sha256 in desk.parts.stock.thumbs.held(THUMB_EDGE)


def test_several_agree_or_are_mixed_and_only_what_is_touched_changes(
    desk: Desk, hero: AssetId
) -> None:
    picture(desk.folder / "other.jpg", 1)
    desk.parts.worker.scan(desk.asset("hero.jpg").library)
    desk.until(lambda: len(desk.assets()) == 2)
    both = [hero, desk.asset("other.jpg").id]
    masters = desk.parts.worker.masters
    masters.say_each({both[0]: [set_to("title", "One")], both[1]: [set_to("title", "Two")]})
    batch = masters.say(both, [set_to("credit", "Agency")])
    sheet = fields_of(masters.said(both))
    assert sheet[standard("title")].mixed
    assert sheet[standard("credit")].value == "Agency"
    assert {edit.batch for edit in masters.batch(batch)} == {batch}
    assert len(masters.batch(batch)) == 2


def test_what_is_in_the_file_already_is_undone_by_saying_the_opposite(
    desk: Desk, hero: AssetId
) -> None:
    masters = desk.parts.worker.masters
    batch = masters.say([hero], [set_to("title", "Dawn")])
    delivered(desk, [hero])
    taken = masters.take_back(batch)
    delivered(desk, [hero])
    assert len(taken.compensated) == 1
    assert "Dawn" not in in_file(desk.folder / "hero.jpg")[0]
    masters.say_again(batch)
    delivered(desk, [hero])
    assert "Dawn" in in_file(desk.folder / "hero.jpg")[0]


def test_a_value_of_long_ago_is_brought_back(desk: Desk, hero: AssetId) -> None:
    masters = desk.parts.worker.masters
    for title in ("Dawn", "Dusk"):
        masters.say([hero], [set_to("title", title)])
        delivered(desk, [hero])
    first = masters.history(hero)[0]
    masters.restore(hero, first.path, first.value)
    delivered(desk, [hero])
    assert masters.said([hero])[0].there[standard("title")] == "Dawn"


def test_what_cannot_be_kept_is_refused_before_it_is_said(desk: Desk, hero: AssetId) -> None:
    masters = desk.parts.worker.masters
    for wrong in (set_to("title", "a\0b"), set_to("rating", 9), set_to("camera_make", "X")):
        with pytest.raises(UnusableValueError):
            masters.say([hero], [wrong])
    with pytest.raises(InvalidInputError):
        masters.say([AssetId("nobody")], [set_to("title", "Dawn")])
    assert masters.history(hero) == []


def test_each_change_that_would_be_refused_is_told_with_its_reason(
    desk: Desk, hero: AssetId
) -> None:
    worker, nobody = desk.parts.worker, AssetId("nobody")
    worker.words.import_vocabulary("Places", b"Norway\n", closed=True)
    changes = [
        set_to("title", "Dusk"),
        set_to("rating", 9),
        set_to("camera_make", "X"),
        set_to("keywords", ("Norway", "mist")),
    ]
    refused = worker.masters.refused({hero: changes, nobody: [set_to("title", "Dusk")]})
    wrong = [standard("rating"), standard("camera_make"), standard("keywords")]
    assert list(refused) == [*((hero, path) for path in wrong), (nobody, standard("title"))]
    assert isinstance(refused[hero, standard("keywords")], NotInVocabularyError)
    assert worker.masters.history(hero) == []


def test_words_that_a_closed_vocabulary_lacks_are_refused_and_nothing_is_lost(
    desk: Desk, hero: AssetId
) -> None:
    worker = desk.parts.worker
    masters, keywords = worker.masters, standard("keywords")
    masters.say([hero], [set_to("keywords", ("old",)), set_to("title", "Dawn")])
    worker.words.import_vocabulary("Places", b"Norway\n\tBergen\n", closed=True)
    wrong = [set_to("title", "Dusk"), Change(path=keywords, add=("Bergen", "mist"))]
    for ask in (
        lambda: masters.plan([hero], wrong),
        lambda: masters.plan_each({hero: wrong}),
        lambda: masters.say([hero], wrong),
        lambda: masters.say_each({hero: wrong}),
        lambda: masters.paste({keywords: ("mist",)}, [hero]),
        lambda: masters.restore(hero, keywords, ("mist",)),
    ):
        with pytest.raises(NotInVocabularyError, match="“mist”"):
            ask()
    (said,) = masters.said([hero])
    assert (said.record()[standard("title")], said.record()[keywords]) == ("Dawn", ("old",))
    assert [edit.value for edit in masters.history(hero)] == [("old",), "Dawn"]
    # What stands there already may stay, and come back.
    batch = masters.say([hero], [Change(path=keywords, add=("bergen",), remove=("old",))])
    masters.take_back(batch)
    assert masters.said([hero])[0].record()[keywords] == ("old",)


def test_a_conflict_is_settled_with_words_of_a_closed_vocabulary(desk: Desk, hero: AssetId) -> None:
    masters, keywords = desk.parts.worker.masters, standard("keywords")
    desk.parts.worker.words.import_vocabulary("Places", b"Norway\n\tBergen\n", closed=True)
    conflict = Conflict(
        id=1,
        environment="file:x",
        asset=hero,
        asset_id=hero,
        name="hero.jpg",
        path=keywords,
        base=None,
        ours=("old",),
        theirs=("dune",),
        found_at="2026-01-01T00:00:00+00:00",
    )
    with pytest.raises(NotInVocabularyError, match="“mist”"):
        masters.settle(conflict, ("dune", "mist", "old"))
    assert masters.settle(conflict, ("Bergen", "dune", "old"))


def test_metadata_is_copied_from_one_master_to_another(desk: Desk, hero: AssetId) -> None:
    picture(desk.folder / "other.jpg", 1)
    desk.parts.worker.scan(desk.asset("hero.jpg").library)
    desk.until(lambda: len(desk.assets()) == 2)
    other = desk.asset("other.jpg").id
    masters = desk.parts.worker.masters
    masters.say([hero], [set_to("title", "Dawn"), set_to("keywords", ("sea",))])
    masters.paste(masters.copy(hero), [other])
    assert masters.said([other])[0].record()[standard("keywords")] == ("sea",)


def pushed(desk: Desk) -> tuple[str, AssetId]:
    """Push the hero and mirror it: the environment, and its copy."""
    desk.approve()
    desk.push()
    environment = desk.parts.worker.accounts()[0].environment
    desk.parts.worker.cloud.sync(environment)

    def copies() -> list[AssetId]:
        with desk.parts.stock.readers.lent() as reader:
            return reader.cloud_named(environment, "hero")

    desk.until(lambda: bool(copies()), what="the mirror")
    return environment, copies()[0]


def test_a_pushed_copy_hears_what_its_master_says(desk: Desk, hero: AssetId) -> None:
    environment, _ = pushed(desk)
    masters = desk.parts.worker.masters
    plan = masters.plan([hero], [set_to("title", "Dawn")])
    assert (plan.assets, len(plan.cloud), len(plan.writes)) == (1, 1, 1)
    masters.say([hero], [set_to("title", "Dawn"), set_to("keywords", ("sea",))])
    delivered(desk, [hero])
    assert desk.sandbox is not None
    stored = desk.sandbox.stored(environment)[0]
    assert (stored.context.get("title"), tuple(stored.tags)) == ("Dawn", ("sea",))


def test_a_sync_carries_back_what_was_said_at_the_copy_and_then_rests(
    desk: Desk, hero: AssetId
) -> None:
    environment, copy = pushed(desk)
    worker = desk.parts.worker
    title = FieldPath(Subject.CONTEXT, "title")
    worker.editing.say([copy], [Change(path=title, value="Dusk")])
    delivered(desk, [hero])
    (change,) = worker.field_sync.dry_run([hero], environment=environment)
    assert (change.towards, change.source, change.after) == (Towards.MASTER, "title", "Dusk")
    worker.field_sync.sync([hero], environment=environment)
    delivered(desk, [hero])
    assert "Dusk" in in_file(desk.folder / "hero.jpg")[0]
    assert worker.field_sync.dry_run([hero], environment=environment) == []
    assert worker.field_sync.sync([hero], environment=environment) == ""


def test_a_closed_vocabulary_governs_tags_and_what_a_sync_brings_back(
    desk: Desk, hero: AssetId
) -> None:
    environment, copy = pushed(desk)
    worker = desk.parts.worker
    worker.editing.say([copy], [Change(path=TAGS, add=("sea", "bergen"))])
    worker.words.import_vocabulary("Places", b"Norway\n\tbergen\n", closed=True)
    with pytest.raises(NotInVocabularyError):
        worker.editing.say([copy], [Change(path=TAGS, add=("Oslo",))])
    worker.editing.say([copy], [Change(path=TAGS, add=("Norway",))])
    delivered(desk, [hero])

    worker.field_sync.sync([hero], environment=environment)
    delivered(desk, [hero])
    assert in_file(desk.folder / "hero.jpg")[1] == ["Norway", "bergen"]
    assert worker.editing.said([copy])[0].asset.tags == ("Norway", "bergen", "sea")
    assert worker.field_sync.dry_run([hero], environment=environment) == []


def test_a_record_at_a_service_is_edited_too(campaign: Campaign) -> None:
    desk = campaign.desk
    hero = desk.asset("hero.jpg").id
    masters = desk.parts.worker.masters
    assert masters.said([hero])[0].record()[standard("title")] == "Hero"
    change = Change(path=standard("keywords"), add=("dusk",))
    masters.say([hero], [set_to("title", "Morning"), change])
    delivered(desk, [hero])
    assert campaign.brand.of("hero.jpg").iptc["title"] == "Morning"
    assert set(campaign.brand.keywords("hero.jpg")) == {"dawn", "dusk"}
