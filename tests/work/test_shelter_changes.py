"""What changes and goes at a PhotoShelter-style service, and what it says of approvals."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.shelter import RENDITIONS_SUFFIX
from bridge_app.domain.shelter_tree import SLASH
from bridge_app.libraries.photoshelter.errors import StoppedError
from bridge_app.libraries.photoshelter.values import MediaPage, MediaWindow
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.work.shelter_keep import ShelterKeep
from tests.shelters import ACCOUNT, LIBRARY, MakeSyncs, Shelf, Syncs, moment

HOUR = timedelta(hours=1)


# What changed


def test_edits_additions_and_moves_are_noticed(shelf: Shelf, syncs: Syncs) -> None:
    first, second = shelf.fill(galleries=2, assets=20)
    syncs.sync()
    media = list(shelf.assets)
    shelf.change(media[0], iptc={"title": "Dawn", "keywords": ("running",)})
    shelf.move(media[2], second)
    shelf.add("new.jpg", first)
    syncs.sync()
    assert [asset.title for asset in syncs.found(text="dawn")] == ["Dawn"]
    assert "new.jpg" in syncs.names(folder="Season 0/Shoot 0000")
    assert "frame-000002.jpg" in syncs.names(folder="Season 0/Shoot 0001")
    assert "frame-000002.jpg" not in syncs.names(folder="Season 0/Shoot 0000")


def test_a_master_in_two_galleries_is_one_asset_found_in_both_and_counted_once(
    shelf: Shelf, syncs: Syncs
) -> None:
    spring, press = shelf.collection("Spring"), shelf.collection("Press")
    one, two = shelf.gallery("Heroes", spring), shelf.gallery("Web / Social", spring, press)
    shelf.add("both.jpg", one, two)
    shelf.add("first.jpg", one)
    syncs.sync()
    assert syncs.names(folder="Spring") == ["both.jpg", "first.jpg"]
    assert syncs.names(folder="Press") == ["both.jpg"]
    assert syncs.folders() == {
        "": 2,
        "Press": 1,
        f"Press/Web {SLASH} Social": 1,
        "Spring": 2,
        "Spring/Heroes": 2,
        f"Spring/Web {SLASH} Social": 1,
    }


def test_a_replaced_file_is_other_content_and_an_edit_of_metadata_is_not(
    shelf: Shelf, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"))
    syncs.sync()
    before = syncs.found()[0].content
    shelf.change(media, rating=5)
    syncs.sync()
    assert syncs.found()[0].content == before
    shelf.change(media, version=2)
    syncs.sync()
    assert syncs.found()[0].content != before


def test_galleries_of_renditions_hold_no_masters(shelf: Shelf, syncs: Syncs) -> None:
    heroes = shelf.gallery("Heroes")
    back = shelf.gallery("Heroes" + RENDITIONS_SUFFIX)
    shelf.add("hero.jpg", heroes)
    shelf.add("hero__renditions.json", back)
    syncs.sync()
    assert syncs.names() == ["hero.jpg"]
    assert len(syncs.calls_of()) == 5


# What is gone


def test_a_deleted_master_is_held_back_at_once_and_forgotten_after_it_was_asked_for_twice(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.fill(galleries=3, assets=30)
    syncs.sync()
    shelf.delete(next(iter(shelf.assets)))
    syncs.sync()
    (doubtful,) = syncs.found(unreadable=True)
    assert doubtful.name == "frame-000000.jpg"
    syncs.clock.forward(HOUR / 2)
    syncs.sync()
    assert len(syncs.found()) == 30
    syncs.clock.forward(HOUR)
    syncs.sync()
    assert "frame-000000.jpg" not in syncs.names()


def test_a_master_that_comes_back_is_as_it_was(shelf: Shelf, syncs: Syncs) -> None:
    shelf.fill(galleries=1, assets=5)
    syncs.sync()
    gone = shelf.assets.pop(next(iter(shelf.assets)))
    syncs.sync()
    shelf.assets[gone.media_id] = gone
    syncs.clock.forward(2 * HOUR)
    syncs.sync()
    assert len(syncs.found()) == 5
    assert syncs.found(unreadable=True) == []


def test_many_masters_gone_at_once_stay_until_a_person_says_so(shelf: Shelf, syncs: Syncs) -> None:
    shelf.fill(galleries=2, assets=60)
    syncs.sync()
    for media_id in list(shelf.assets)[:40]:
        shelf.delete(media_id)
    syncs.sync()
    syncs.clock.forward(2 * HOUR)
    ended = syncs.sync()
    assert ended.trouble is not None
    assert ended.trouble.kind == "ManyGoneFromShelterError"
    assert len(syncs.found()) == 60
    syncs.catalog.forget_missing(LIBRARY)
    assert len(syncs.found()) == 20
    assert syncs.sync().trouble is None


def test_an_empty_answer_is_no_deletion(shelf: Shelf, syncs: Syncs) -> None:
    shelf.fill(galleries=2, assets=60)
    syncs.sync()
    there = dict(shelf.assets)
    answers = shelf.media_page

    def nothing(window: MediaWindow, page: int) -> MediaPage:
        answers(window, page)
        return MediaPage(assets=(), total=0, has_more=False)

    shelf.media_page = nothing  # type: ignore[method-assign]
    shelf.tells_totals = False
    syncs.sync(sweep=True)
    syncs.clock.forward(2 * HOUR)
    syncs.sync(sweep=True)
    assert len(syncs.found()) == len(there)
    assert syncs.found(unreadable=True) == []


def test_a_record_dated_ahead_hides_no_later_change(shelf: Shelf, syncs: Syncs) -> None:
    gallery = shelf.gallery("Heroes")
    hero = shelf.add("hero.jpg", gallery, custom={"Approval Status": "Approved"})
    shelf.add("ahead.jpg", gallery, modified_at=moment(20 * 3_600))
    syncs.sync()
    shelf.clock += 300
    shelf.change(hero, custom={"Approval Status": "Rejected"})
    syncs.sync()
    assert syncs.names(approvals=frozenset({Approval.REJECTED})) == ["hero.jpg"]


def test_a_change_in_the_second_of_the_last_one_is_noticed(shelf: Shelf, syncs: Syncs) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    known = shelf.assets[media]
    shelf.assets[media] = replace(known, custom={"Approval Status": "Rejected"})
    syncs.sync()
    assert syncs.found()[0].approval is Approval.REJECTED


def test_many_that_were_changed_in_one_second_are_listed_again_only_while_that_is_fresh(
    shelf: Shelf, syncs: Syncs
) -> None:
    gallery = shelf.gallery("Heroes")
    for number in range(500):
        shelf.add(f"{number}.jpg", gallery)
    at = shelf.tick()
    shelf.assets = {key: replace(one, modified_at=at) for key, one in shelf.assets.items()}
    syncs.sync()
    shelf.clock += 3_600
    syncs.sync()
    assert len(syncs.calls_of()) <= 6


# What arrives late


def test_an_older_answer_that_arrives_later_changes_nothing(shelf: Shelf, syncs: Syncs) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    before = shelf.assets[media]
    shelf.change(media, custom={"Approval Status": "Rejected"})
    keep = ShelterKeep(ACCOUNT, syncs.stores, now=syncs.clock)
    assert keep.keep([shelf.assets[media]]) == ()
    assert keep.keep([before]) == (media,)
    assert syncs.found()[0].approval is Approval.REJECTED
    assert len(syncs.decisions.everything()) == 2


def test_what_a_listing_tells_too_late_is_read_again_by_its_id(shelf: Shelf, syncs: Syncs) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"))
    right = shelf.assets[media]
    shelf.assets[media] = replace(right, modified_at=moment(86_000), rating=1)
    syncs.sync()
    shelf.assets[media] = replace(right, rating=4)
    syncs.sync(sweep=True)
    assert syncs.found()[0].rating == 4


def test_two_who_are_told_the_same_at_once_record_one_decision(
    shelf: Shelf, syncs: Syncs, tmp_path: Path
) -> None:
    ledger = open_ledger(tmp_path / "other" / "ledger.db")
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"))
    syncs.sync()
    shelf.change(media, custom={"Approval Status": "Approved"})
    others: list[Thread] = []

    class Interrupted(Decisions):
        """Somebody else is told as well, right between reading and writing."""

        def approval_of(self, sha256: str, transformation: str = "") -> Approval:
            found = super().approval_of(sha256, transformation)
            if not others:
                others.append(Thread(target=keep))
                others[0].start()
                others[0].join(0.3)
            return found

    stores = replace(syncs.stores, decisions=Interrupted(ledger))

    def keep() -> None:
        ShelterKeep(ACCOUNT, stores, now=syncs.clock).keep([shelf.assets[media]])

    keep()
    others[0].join()
    assert [one.approval for one in stores.decisions.everything()] == [Approval.APPROVED]
    ledger.close()


def test_a_page_that_arrives_after_the_account_was_removed_is_not_kept(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.add("hero.jpg", shelf.gallery("Heroes"))
    answers = shelf.media_page

    def removed_meanwhile(window: MediaWindow, page: int) -> MediaPage:
        syncs.mirror.remove_account(ACCOUNT)
        return answers(window, page)

    shelf.media_page = removed_meanwhile  # type: ignore[method-assign]
    with pytest.raises(StoppedError):
        syncs.sync()
    assert syncs.found() == []
    assert syncs.mirror.accounts() == frozenset()
    assert syncs.folders() == {"": 0}


# What the service says of approvals


def test_what_the_service_says_of_an_approval_is_a_decision_once(
    shelf: Shelf, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    shelf.change(media, rating=3)
    syncs.sync()
    (asset,) = syncs.found()
    assert asset.approval is Approval.APPROVED
    said = syncs.decisions.history(asset.id, asset.content)
    assert [(one.approval, one.who) for one in said] == [
        (Approval.APPROVED, "PhotoShelter · custom field")
    ]


def test_an_approval_taken_back_there_is_taken_back_here(shelf: Shelf, syncs: Syncs) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    shelf.change(media, custom={"Approval Status": "Rejected"})
    syncs.sync()
    assert syncs.found()[0].approval is Approval.REJECTED


def test_a_new_version_is_not_approved_by_what_was_said_of_the_old_one(
    shelf: Shelf, make_syncs: MakeSyncs, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    shelf.change(media, version=2)
    syncs.sync()
    (asset,) = syncs.found()
    assert (asset.approval, asset.lapsed) == (Approval.DRAFT, True)
    syncs.mirror.remove_account(ACCOUNT)
    syncs.sync()
    (asset,) = syncs.found()
    assert (asset.approval, asset.lapsed) == (Approval.DRAFT, True)


def test_a_picture_that_was_changed_in_nothing_that_is_told_has_to_be_looked_at_again(
    shelf: Shelf, syncs: Syncs
) -> None:
    """Its file may be another one of the same size, where neither hash nor version is told."""
    gallery, approved = shelf.gallery("Heroes"), {"Approval Status": "Approved"}
    silent = shelf.add("silent.jpg", gallery, custom=approved)
    edited = shelf.add("edited.jpg", gallery, custom=approved)
    counted = shelf.add("counted.jpg", gallery, custom=approved, version=1)
    syncs.sync()
    shelf.change(silent)
    shelf.change(edited, rating=4)
    shelf.change(counted)
    syncs.sync()
    states = {one.name: one.approval for one in syncs.found()}
    assert states == {
        "silent.jpg": Approval.IN_REVIEW,
        "edited.jpg": Approval.APPROVED,
        "counted.jpg": Approval.APPROVED,
    }
    syncs.sync(sweep=True)
    (doubted,) = [one for one in syncs.found() if one.name == "silent.jpg"]
    said = [one.approval for one in syncs.decisions.history(doubted.id, doubted.content)]
    assert said == [Approval.APPROVED, Approval.IN_REVIEW]


def test_a_catalog_made_anew_repeats_no_decision_and_no_identity(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.add("hero.jpg", shelf.gallery("_Approved finals"))
    syncs.sync()
    before = syncs.found()
    syncs.mirror.remove_account(ACCOUNT)
    syncs.sync()
    assert syncs.found() == before
    assert len(syncs.decisions.everything()) == 1


def test_a_catalog_made_anew_never_loosens_what_a_person_decided(
    shelf: Shelf, syncs: Syncs
) -> None:
    shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Approved"})
    syncs.sync()
    syncs.decisions.add(syncs.found(), Approval.REJECTED, comment="", who="Ana", at=syncs.clock())
    syncs.mirror.remove_account(ACCOUNT)
    syncs.sync()
    assert syncs.found()[0].approval is Approval.REJECTED


def test_what_the_service_says_anew_while_there_is_no_catalog_replaces_what_it_said(
    shelf: Shelf, syncs: Syncs
) -> None:
    media = shelf.add("hero.jpg", shelf.gallery("Heroes"), custom={"Approval Status": "Rejected"})
    syncs.sync()
    syncs.mirror.remove_account(ACCOUNT)
    shelf.change(media, custom={"Approval Status": "Approved"})
    syncs.sync()
    assert syncs.found()[0].approval is Approval.APPROVED
