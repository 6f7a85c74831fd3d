"""What a wish for cloud assets comes to, in both folder modes, and what is left to do of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.access_rules import access_rules, rule_text
from bridge_app.domain.cloud import AccessRule, CloudAsset, FolderMode
from bridge_app.domain.cloud_changes import (
    ChangePlan,
    CloudAction,
    CloudChange,
    Objection,
    Standing,
    Wish,
    is_public_id,
    named_wish,
    opposite,
    plan_changes,
    standing,
)
from bridge_app.domain.errors import InvalidInputError

HERO = CloudAsset(
    environment="studio",
    asset_id="a" * 32,
    public_id="summer/hero",
    resource_type="image",
    delivery_type="upload",
    format="jpg",
    version=7,
    bytes=100,
    etag="e",
    asset_folder="summer",
    display_name="hero",
    created_at="2026-05-01T00:00:00Z",
    updated_at="2026-05-01T00:00:00Z",
)
DYNAMIC, FIXED = FolderMode.DYNAMIC, FolderMode.FIXED


def plan(
    *assets: CloudAsset,
    wish: Wish,
    mode: FolderMode = DYNAMIC,
    total: int = 1000,
    taken: frozenset[str] = frozenset(),
) -> ChangePlan:
    return plan_changes(
        assets or (HERO,), wish, mode=mode, total=total, taken=lambda _r, _d, name: name in taken
    )


def another(number: int, **facts: object) -> CloudAsset:
    base = replace(HERO, asset_id=f"{number:032x}", public_id=f"summer/{number}")
    return replace(base, **facts)  # type: ignore[arg-type]


def only(made: ChangePlan) -> CloudChange:
    (step,) = made.doing
    return step.change


def test_a_move_is_another_folder_where_folders_are_dynamic_and_no_address_changes() -> None:
    made = plan(wish=Wish(action=CloudAction.MOVE, value="/autumn/"))
    change = only(made)
    assert (change.action, change.before, change.value) == (CloudAction.MOVE, "summer", "autumn")
    assert made.urls_changed == 0


@pytest.mark.parametrize(("folder", "public_id"), [("autumn", "autumn/hero"), ("", "hero")])
def test_a_move_is_another_public_id_where_folders_are_fixed(folder: str, public_id: str) -> None:
    made = plan(wish=Wish(action=CloudAction.MOVE, value=folder), mode=FIXED)
    change = only(made)
    assert (change.action, change.value) == (CloudAction.RENAME, public_id)
    assert made.urls_changed == 1


def test_a_name_is_the_display_name_or_the_end_of_the_public_id() -> None:
    assert named_wish("Beach.jpg", DYNAMIC, HERO) == Wish(action=CloudAction.TITLE, value="Beach")
    assert named_wish("Beach.JPG", FIXED, HERO).value == "summer/Beach"
    at_root = replace(HERO, public_id="hero")
    assert named_wish(" Beach ", FIXED, at_root).value == "Beach"
    raw = replace(HERO, resource_type="raw", public_id="docs/a.pdf", format="pdf")
    assert named_wish("b.pdf", FIXED, raw).value == "docs/b.pdf"
    with pytest.raises(InvalidInputError):
        named_wish("  ", DYNAMIC, HERO)


def test_what_is_so_already_is_left_out() -> None:
    for wish in (
        Wish(action=CloudAction.MOVE, value="summer"),
        Wish(action=CloudAction.TITLE, value="hero"),
        Wish(action=CloudAction.RENAME, value="summer/hero"),
    ):
        (step,) = plan(wish=wish).steps
        assert step.objection is Objection.NOTHING_TO_DO


def test_a_public_id_that_others_have_is_not_taken_from_them() -> None:
    wish = Wish(action=CloudAction.RENAME, value="winter")
    (step,) = plan(wish=wish, taken=frozenset({"winter"})).steps
    assert step.objection is Objection.NAME_TAKEN


def test_two_assets_do_not_get_one_public_id() -> None:
    one, two = another(1, public_id="a/x"), another(2, public_id="b/x")
    made = plan(one, two, wish=Wish(action=CloudAction.MOVE, value="c"), mode=FIXED)
    assert [step.objection for step in made.steps] == [None, Objection.NAME_TAKEN]


@pytest.mark.parametrize("name", ["a?b", "a//b", "/a", "a ", "x" * 256, "a%41", "a#b"])
def test_impossible_public_ids_are_refused(name: str) -> None:
    assert not is_public_id(name)
    (step,) = plan(wish=Wish(action=CloudAction.RENAME, value=name)).steps
    assert step.objection is Objection.NAME_IMPOSSIBLE


@pytest.mark.parametrize("name", ["a/b", "x" * 256])
def test_impossible_display_names_are_refused(name: str) -> None:
    (step,) = plan(wish=Wish(action=CloudAction.TITLE, value=name)).steps
    assert step.objection is Objection.TITLE_IMPOSSIBLE


def test_what_is_deleted_can_only_be_restored_and_what_is_there_cannot() -> None:
    gone = replace(HERO, placeholder=True)
    (step,) = plan(gone, wish=Wish(action=CloudAction.DELETE)).steps
    assert step.objection is Objection.IS_DELETED
    assert only(plan(gone, wish=Wish(action=CloudAction.RESTORE))).action is CloudAction.RESTORE
    (step,) = plan(wish=Wish(action=CloudAction.RESTORE)).steps
    assert step.objection is Objection.IS_THERE


def test_one_version_is_restored_of_one_asset_only() -> None:
    made = plan(another(1), another(2), wish=Wish(action=CloudAction.RESTORE, value="v1"))
    assert {step.objection for step in made.steps} == {Objection.ONE_AT_A_TIME}


@given(count=st.integers(1, 60), total=st.integers(1, 2000))
def test_more_than_twenty_and_one_in_twenty_is_asked_about(count: int, total: int) -> None:
    made = plan(
        *(another(n) for n in range(count)), wish=Wish(action=CloudAction.DELETE), total=total
    )
    assert made.is_large == (count > 20 and count > total // 20)
    assert len(made.doing) == count
    renamed = plan(
        *(another(n) for n in range(count)), wish=Wish(action=CloudAction.MOVE, value="z")
    )
    assert not renamed.is_large


def test_assets_of_two_environments_are_not_changed_together() -> None:
    with pytest.raises(InvalidInputError):
        plan(HERO, another(1, environment="other"), wish=Wish(action=CloudAction.DELETE))


@pytest.mark.parametrize(
    "wish",
    [
        Wish(action=CloudAction.MODERATE, value="pending"),
        Wish(action=CloudAction.RELATE),
        Wish(action=CloudAction.ACCESS, values=("everybody",)),
        Wish(action=CloudAction.ACCESS, values=("anonymous", "anonymous|2026-01-01T00:00:00Z")),
        Wish(
            action=CloudAction.ACCESS,
            values=("anonymous|2026-02-01T00:00:00Z|2026-01-01T00:00:00Z",),
        ),
    ],
)
def test_wishes_that_no_asset_can_have_are_refused(wish: Wish) -> None:
    with pytest.raises(InvalidInputError):
        plan(wish=wish)


def test_access_rules_are_written_and_read_back() -> None:
    rules = (
        AccessRule(access_type="token"),
        AccessRule(access_type="anonymous", end="2026-06-01T00:00:00Z"),
        AccessRule(access_type="anonymous", start="2026-05-01T00:00:00Z"),
    )
    assert access_rules(map(rule_text, rules)) == rules


# What is left to do, against a read by asset ID


def deletion() -> CloudChange:
    return only(plan(wish=Wish(action=CloudAction.DELETE)))


def test_a_deletion_is_done_where_nothing_is_there_any_more() -> None:
    assert standing(deletion(), None, again=False) is Standing.FULFILLED
    gone = replace(HERO, placeholder=True)
    assert standing(deletion(), gone, again=False) is Standing.FULFILLED


def test_a_deletion_spares_what_somebody_replaced_meanwhile() -> None:
    newer = replace(HERO, version=8, etag="other")
    assert standing(deletion(), newer, again=False) is Standing.MOVED_ON
    assert standing(deletion(), replace(newer, etag=""), again=False) is Standing.MOVED_ON
    renamed = replace(HERO, public_id="x", display_name="y")
    assert standing(deletion(), renamed, again=False) is Standing.OPEN


@pytest.mark.parametrize(
    ("action", "field"),
    [
        (CloudAction.RENAME, "public_id"),
        (CloudAction.TITLE, "display_name"),
        (CloudAction.MOVE, "asset_folder"),
    ],
)
def test_a_new_name_is_open_done_or_overtaken(action: CloudAction, field: str) -> None:
    change = only(plan(wish=Wish(action=action, value="new")))
    assert standing(change, HERO, again=False) is Standing.OPEN
    done = replace(HERO, **{field: "new"})  # type: ignore[arg-type]
    assert standing(change, done, again=True) is Standing.FULFILLED
    other = replace(HERO, **{field: "elsewhere"})  # type: ignore[arg-type]
    assert standing(change, other, again=False) is Standing.MOVED_ON
    assert standing(change, None, again=False) is Standing.GONE


def test_a_version_is_restored_once_although_the_reply_was_lost() -> None:
    change = only(plan(wish=Wish(action=CloudAction.RESTORE, value="v1")))
    assert standing(change, HERO, again=True) is Standing.OPEN
    restored = replace(HERO, version=9)
    assert standing(change, restored, again=True) is Standing.FULFILLED


def test_names_places_and_deletions_can_be_taken_back() -> None:
    back = opposite(deletion())
    assert back is not None
    assert back.action is CloudAction.RESTORE
    renamed = only(plan(wish=Wish(action=CloudAction.RENAME, value="new")))
    back = opposite(renamed)
    assert back is not None
    assert (back.before, back.value, back.public_id) == ("new", "summer/hero", "new")
    refreshed = only(plan(wish=Wish(action=CloudAction.REFRESH)))
    assert opposite(refreshed) is None
