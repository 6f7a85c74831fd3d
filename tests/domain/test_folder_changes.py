"""What another place for a whole folder means, in both folder modes."""

from dataclasses import replace

import pytest

from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.cloud_changes import (
    ChangePlan,
    CloudAction,
    Objection,
    opposite,
)
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.folder_changes import FolderPlace, Surroundings, plan_folder
from bridge_app.domain.many import MANY
from tests.domain.test_cloud_changes import HERO

PLACE = FolderPlace(environment="studio", path="summer")


def in_folder(name: str, folder: str = "summer") -> CloudAsset:
    return replace(
        HERO, asset_id=name, public_id=f"{folder}/{name}", asset_folder=folder, placeholder=False
    )


@pytest.mark.parametrize(("mode", "field"), [("dynamic", "asset_folder"), ("fixed", "folder")])
def test_all_that_is_in_a_folder_is_found_in_both_modes(mode: str, field: str) -> None:
    said = FolderPlace(environment="studio", path='a "b"*').expression(FolderMode(mode))
    assert said == f'{field}="a \\"b\\"\\*" OR {field}:"a \\"b\\"\\*/*"'


def planned(to: str, *assets: CloudAsset, mode: FolderMode, taken: str = "") -> ChangePlan:
    around = Surroundings(
        mode=mode,
        total=1_000,
        folders={"summer", "winter"},
        taken=lambda _resource, _delivery, public_id: public_id == taken,
    )
    return plan_folder(PLACE, to, assets, around)


def test_where_folders_are_dynamic_one_call_moves_all_and_no_address_changes() -> None:
    plan = planned("/2027/summer/", in_folder("a"), in_folder("b"), mode=FolderMode.DYNAMIC)
    (step,) = plan.doing
    assert (step.change.action, step.change.before) == (CloudAction.FOLDER, "summer")
    assert (step.change.value, plan.inside, plan.urls_changed) == ("2027/summer", 2, 0)
    back = opposite(step.change)
    assert back is not None
    assert (back.before, back.value, back.public_id) == ("2027/summer", "summer", "2027/summer")


def test_where_folders_are_fixed_every_asset_is_renamed_and_every_address_changes() -> None:
    deeper = in_folder("c", "summer/sea")
    plan = planned("winter", in_folder("a"), deeper, mode=FolderMode.FIXED, taken="winter/a")
    first, second = plan.steps
    assert (first.objection, plan.after) == (Objection.NAME_TAKEN, ())
    assert (second.change.action, second.change.value) == (CloudAction.RENAME, "winter/sea/c")
    assert plan.urls_changed == 1


def test_the_folder_that_all_is_renamed_from_goes_and_one_that_was_there_before_stays() -> None:
    (left,) = planned("autumn", in_folder("a"), mode=FolderMode.FIXED).after
    assert (left.action, left.before, left.value) == (CloudAction.LEAVE, "summer", "autumn")
    back = opposite(left)
    assert back is not None
    assert (back.before, back.value) == ("autumn", "summer")
    (merged,) = planned("winter", in_folder("a"), mode=FolderMode.FIXED).after
    assert opposite(merged) is None
    assert planned("autumn", mode=FolderMode.FIXED).after == ()


def test_many_addresses_that_change_have_to_be_confirmed() -> None:
    many = [in_folder(f"a{number}") for number in range(MANY * 3)]
    assert planned("winter", *many, mode=FolderMode.FIXED).is_large
    assert not planned("autumn", *many, mode=FolderMode.DYNAMIC).is_large


@pytest.mark.parametrize(
    ("to", "objection"),
    [("winter", Objection.FOLDER_TAKEN), ("summer", Objection.NOTHING_TO_DO)],
)
def test_a_place_that_is_taken_is_not_planned(to: str, objection: Objection) -> None:
    (step,) = planned(to, in_folder("a"), mode=FolderMode.DYNAMIC).steps
    assert step.objection is objection


@pytest.mark.parametrize("mode", list(FolderMode))
@pytest.mark.parametrize("to", ["", " / ", "summer/below", "a//b", "what?"])
def test_a_path_that_no_folder_can_have_is_refused(to: str, mode: FolderMode) -> None:
    with pytest.raises(InvalidInputError):
        planned(to, in_folder("a"), mode=mode)
