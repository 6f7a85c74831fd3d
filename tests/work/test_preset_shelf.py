"""Presets as people work with them: starting library, exchange, effects, named transformations."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bridge_app.delivery.named_transformations import NamedMovedOnError
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.channel_formats import STARTING_LIBRARY
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.named_matching import Match, NamedMatch
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.presets_json import PresetDocumentError
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.transform import TransformationError
from bridge_app.work.preset_shelf import PresetsExistError, PresetShelf, PresetTakenError
from tests.desk import ACCOUNT, Desk, picture

CLOUD = ACCOUNT.cloud_name
OURS = RenditionPreset(name="ours", title="Ours", transformation="c_fill,h_60,w_60", format="jpg")


@pytest.fixture
def shelf(desk: Desk) -> PresetShelf:
    return desk.parts.worker.rendition_presets


def document(**said: Any) -> bytes:
    told = {"kind": "asset-bridge/presets", "version": 1, **said}
    return json.dumps(told).encode()


def named(shelf: PresetShelf, name: str) -> NamedMatch:
    return next(one for one in shelf.matches(CLOUD) if one.name == name)


def test_everybody_starts_with_the_library_of_channels(shelf: PresetShelf) -> None:
    assert shelf.library() == STARTING_LIBRARY


def test_what_is_saved_is_there_after_a_restart_and_told(desk: Desk, shelf: PresetShelf) -> None:
    shelf.save(OURS)
    shelf.save_set(RenditionSet(name="mine", presets=("ours", "hero")))
    assert desk.events.count(ChangeSet(presets=True)) == 2
    desk.reopen()
    library = desk.parts.worker.rendition_presets.library()
    assert library.presets["ours"] == OURS
    assert [one.name for one in library.of_set("mine")] == ["ours", "hero"]


def test_a_preset_whose_transformation_is_wrong_is_not_saved(shelf: PresetShelf) -> None:
    with pytest.raises(TransformationError):
        shelf.save(OURS, replace(OURS, name="other", transformation="w_abc"))
    assert "ours" not in shelf.library().presets


def test_a_set_of_unknown_presets_is_not_saved(shelf: PresetShelf) -> None:
    with pytest.raises(NotFoundError, match="nothing"):
        shelf.save_set(RenditionSet(name="mine", presets=("nothing",)))


def test_a_preset_that_goes_leaves_its_sets_and_comes_back_into_them(shelf: PresetShelf) -> None:
    before = shelf.library()
    change = shelf.remove(["og-image"], ["email"])
    library = shelf.library()
    assert "og-image" not in library.presets
    assert "email" not in library.sets
    assert library.missing() == {}
    shelf.undo(change)
    assert shelf.library().sets["website"] == before.sets["website"]
    assert dict(shelf.library().presets) == dict(before.presets)


def test_what_is_exported_can_be_imported_elsewhere(desk: Desk, shelf: PresetShelf) -> None:
    shelf.save(OURS)
    shelf.save_set(RenditionSet(name="mine", presets=("ours",)))
    text = shelf.exported(["mine"])
    assert [one["name"] for one in json.loads(text)["presets"]] == ["ours"]
    elsewhere = desk.build(desk.home / "elsewhere")
    other = elsewhere.worker.rendition_presets
    other.imported(text.encode())
    assert other.library().of_set("mine") == (OURS,)
    elsewhere.close()


def test_everything_is_exported_by_default(shelf: PresetShelf) -> None:
    assert len(json.loads(shelf.exported())["presets"]) == len(STARTING_LIBRARY.presets)


def test_an_import_never_changes_what_is_there_silently(shelf: PresetShelf) -> None:
    shelf.save(OURS)
    other = document(presets=[{"name": "ours", "transformation": "w_1"}, {"name": "new"}])
    with pytest.raises(PresetsExistError, match="ours"):
        shelf.imported(other)
    assert "new" not in shelf.library().presets
    change = shelf.imported(other, replaces=True)
    assert shelf.library().presets["ours"].transformation == "w_1"
    shelf.undo(change)
    assert shelf.library().presets["ours"] == OURS


def test_importing_what_is_there_changes_nothing(shelf: PresetShelf) -> None:
    shelf.library()
    assert shelf.imported(shelf.exported().encode()).is_nothing


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        document(presets=[{"name": "x", "transformation": "w_abc"}]),
        document(sets=[{"name": "x", "presets": ["nowhere"]}]),
    ],
    ids=lambda data: repr(data[:20]),
)
def test_a_bad_document_changes_nothing(shelf: PresetShelf, data: bytes) -> None:
    with pytest.raises(PresetDocumentError):
        shelf.imported(data)
    assert shelf.library() == STARTING_LIBRARY


def test_a_change_tells_which_published_renditions_it_leaves_behind(
    desk: Desk, shelf: PresetShelf
) -> None:
    picture(desk.folder / "a.jpg")
    desk.library()
    desk.approve()
    desk.push()
    shelf.save(OURS)
    desk_of = desk.parts.worker.renditions
    wanted = [asset.id for asset in desk.assets()]
    desk.finished(desk_of.carry_out(desk_of.plan(wanted, RenditionWish(presets=(OURS,)))))
    assert shelf.effect(replace(OURS, title="Other")).outdated == ()
    effect = shelf.effect(replace(OURS, transformation="c_fill,h_70,w_70"))
    assert effect.assets == tuple(wanted)
    assert "c_fill,h_60,w_60" in effect.outdated[0].url
    assert shelf.effect_of_removing("ours").assets == tuple(wanted)
    assert shelf.effect(replace(OURS, name="another")).outdated == ()


def test_presets_become_named_transformations_and_back(shelf: PresetShelf) -> None:
    shelf.save(OURS)
    assert named(shelf, "ours").match is Match.ONLY_HERE
    shelf.send_named(CLOUD, named(shelf, "ours"))
    assert named(shelf, "ours").match is Match.SAME
    shelf.save(replace(OURS, transformation="w_5"))
    other = named(shelf, "ours")
    assert (other.match, other.there) == (Match.DIFFERENT, "c_fill,h_60,w_60")
    shelf.take_named(other)
    assert shelf.library().presets["ours"] == OURS
    shelf.save(replace(OURS, transformation="w_5"))
    shelf.send_named(CLOUD, named(shelf, "ours"))
    assert named(shelf, "ours").there == "w_5"
    shelf.remove(["ours"])
    only_there = named(shelf, "ours")
    assert only_there.match is Match.ONLY_THERE
    shelf.take_named(only_there)
    assert shelf.library().presets["ours"].transformation == "w_5"
    shelf.delete_named(CLOUD, named(shelf, "ours"))
    assert named(shelf, "ours").match is Match.ONLY_HERE


def test_what_somebody_redefined_meanwhile_is_left_alone(shelf: PresetShelf) -> None:
    shelf.save(OURS)
    shelf.send_named(CLOUD, named(shelf, "ours"))
    seen = replace(named(shelf, "ours"), match=Match.DIFFERENT, there="w_1")
    with pytest.raises(NamedMovedOnError):
        shelf.send_named(CLOUD, seen)
    with pytest.raises(NamedMovedOnError):
        shelf.delete_named(CLOUD, seen)
    assert named(shelf, "ours").match is Match.SAME


def test_a_renamed_preset_keeps_its_place_and_its_sets_and_can_be_taken_back(
    shelf: PresetShelf,
) -> None:
    before = shelf.library()
    place = [*before.presets].index("story")
    change = shelf.rename("story", replace(before.presets["story"], name="tall"))
    after = shelf.library()
    assert [*after.presets].index("tall") == place
    assert "story" not in after.presets
    assert "tall" in after.sets["ready"].presets
    shelf.undo(change)
    assert shelf.library() == before
    assert [*shelf.library().presets] == [*before.presets]


def test_a_name_that_is_taken_is_refused(shelf: PresetShelf) -> None:
    library = shelf.library()
    with pytest.raises(PresetTakenError):
        shelf.rename("story", replace(library.presets["story"], name="hero"))
    with pytest.raises(PresetTakenError):
        shelf.rename_set("shop", replace(library.sets["shop"], name="social"))
    with pytest.raises(NotFoundError):
        shelf.rename("nothing", replace(library.presets["story"], name="tall"))
    assert shelf.library() == library


def test_copies_stand_behind_their_originals_with_free_names(shelf: PresetShelf) -> None:
    shelf.duplicate("hero", title="Another")
    shelf.duplicate("hero-2", title="A third")
    assert [*shelf.library().presets][:3] == ["hero", "hero-2", "hero-3"]
    assert shelf.library().presets["hero-3"].title == "A third"
    long = replace(OURS, name="a" * 64)
    shelf.save(long)
    shelf.duplicate(long.name, title="")
    assert "a" * 58 + "-2" in shelf.library().presets
    shelf.duplicate_set("ready", title="Ready too")
    assert [*shelf.library().sets][:2] == ["ready", "ready-2"]


def test_a_set_is_renamed_in_its_place(shelf: PresetShelf) -> None:
    before = shelf.library()
    change = shelf.rename_set("website", replace(before.sets["website"], name="site"))
    assert [*shelf.library().sets][1] == "site"
    shelf.undo(change)
    assert shelf.library() == before
