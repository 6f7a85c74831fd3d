"""The planner of pushes: a pure function from what is known to steps."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Kind, LibraryId
from bridge_app.domain.environments import MediaLimits
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.gate import Reason
from bridge_app.domain.push_plan import (
    MAX_PUBLIC_ID,
    PushAction,
    PushPlan,
    PushStep,
    PushTarget,
    RemoteState,
    canonical,
    plan_push,
    slug,
)
from bridge_app.domain.push_policies import Access, IdFrom, OnConflict, ShownAs
from bridge_app.domain.rights import RightsWindow

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def asset(name: str, content: str = "", *, identity: str = "", **changes: object) -> Asset:
    made = Asset(
        id=AssetId(identity or name),
        library=LibraryId("library"),
        path=name,
        name=name,
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=100,
        modified_at="",
        sha256=f"sha of {content or name}",
        md5=f"md5 of {content or name}",
        approval=Approval.APPROVED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def plan(
    *assets: Asset,
    remote: RemoteState | None = None,
    folder: str = "",
    limits: MediaLimits | None = None,
    **choices: object,
) -> PushPlan:
    return plan_push(
        assets,
        target=PushTarget(folder=folder, **choices),  # type: ignore[arg-type]
        limits=limits,
        environment="studio",
        remote=remote or RemoteState(),
        now=NOW,
    )


def copy(public_id: str, content: str) -> CloudCopy:
    return CloudCopy(
        environment="studio",
        public_id=public_id,
        resource_type="image",
        delivery_type="upload",
        version=1,
        asset_id="1",
        format="jpg",
        etag=f"md5 of {content}",
        sha256=f"sha of {content}",
        bytes=100,
        url="",
    )


def test_a_new_approved_asset_is_sent_under_a_name_like_its_own() -> None:
    (step,) = plan(asset("Hero Shot.jpg"), folder="spring/hero").steps
    assert (step.action, step.public_id) == (PushAction.NEW, "spring/hero/Hero_Shot")


def test_what_is_not_approved_is_refused_with_the_reason() -> None:
    (step,) = plan(asset("a.jpg", approval=Approval.IN_REVIEW)).steps
    assert (step.action, step.reasons) == (PushAction.REFUSED, (Reason.IN_REVIEW,))


def test_content_that_is_there_is_not_sent_again_whatever_its_name() -> None:
    remote = RemoteState(copies={"sha of a.jpg": copy("other/name", "a.jpg")})
    (step,) = plan(asset("a.jpg"), remote=remote).steps
    assert (step.action, step.like) == (PushAction.SAME_CONTENT, "other/name")


def test_twins_in_one_push_are_sent_once() -> None:
    steps = plan(asset("a.jpg", "same"), asset("b.jpg", "same")).steps
    assert [step.action for step in steps] == [PushAction.NEW, PushAction.SAME_CONTENT]


def test_different_files_with_one_md5_stay_two() -> None:
    steps = plan(asset("a.jpg", md5="one"), asset("b.jpg", md5="one")).steps
    assert [step.action for step in steps] == [PushAction.NEW, PushAction.NEW]


def test_changed_content_of_a_placed_asset_is_a_new_version_in_its_place() -> None:
    remote = RemoteState(
        copies={"sha of old": copy("home/hero", "old")},
        placed={AssetId("hero.jpg"): copy("home/hero", "old")},
        taken=frozenset({"home/hero"}),
    )
    (step,) = plan(asset("hero.jpg", "new"), remote=remote, folder="elsewhere").steps
    assert (step.action, step.public_id) == (PushAction.NEW_VERSION, "home/hero")
    assert step.replaces == "sha of old"


def test_a_name_that_was_only_chosen_is_used_again_and_replaces_nothing() -> None:
    remote = RemoteState(
        reserved={AssetId("hero.jpg"): "home/hero"}, taken=frozenset({"home/hero"})
    )
    (step,) = plan(asset("hero.jpg"), remote=remote).steps
    assert (step.action, step.public_id) == (PushAction.NEW, "home/hero")


def test_a_push_that_is_queued_already_is_not_queued_twice() -> None:
    remote = RemoteState(queued=frozenset({(AssetId("a.jpg"), "sha of a.jpg")}))
    assert plan(asset("a.jpg"), remote=remote).count(PushAction.ALREADY_QUEUED) == 1


def test_names_that_differ_in_case_composition_or_suffix_get_names_of_their_own() -> None:
    composed, decomposed = "é.jpg", unicodedata.normalize("NFD", "é.jpg")
    steps = plan(*(asset(name) for name in ("a.jpg", "A.jpg", "a.png", composed, decomposed))).steps
    assert len({canonical(step.public_id) for step in steps}) == 5


def test_what_cloudinary_cannot_show_goes_as_raw_with_its_suffix() -> None:
    (step,) = plan(asset("Inter.ttf", kind=Kind.OTHER, format="ttf")).steps
    assert (step.resource_type, step.public_id) == ("raw", "Inter.ttf")


def test_sound_goes_as_video() -> None:
    (step,) = plan(asset("jingle.mp3", kind=Kind.AUDIO, format="mp3")).steps
    assert step.resource_type == "video"


def test_totals_count_only_what_leaves() -> None:
    made = plan(asset("a.jpg"), asset("b.jpg", approval=Approval.REJECTED))
    assert (made.bytes, made.api_calls, len(made.sending)) == (100, 1, 1)


@pytest.mark.parametrize("folder", ["/a", "a/", "a//b", "a/../b", "a?b", "a%2Fb", "x" * 300])
def test_a_folder_that_would_break_urls_is_refused(folder: str) -> None:
    with pytest.raises(InvalidInputError):
        PushTarget(folder=folder)


@given(st.lists(st.text(min_size=1, max_size=255), min_size=1, max_size=20, unique=True))
def test_no_two_assets_ever_get_one_public_id(names: list[str]) -> None:
    steps = plan(*(asset(name, identity=str(n)) for n, name in enumerate(names))).steps
    assert len({canonical(step.public_id) for step in steps}) == len(names)


@given(st.text(max_size=400), st.sampled_from(["", "a/b", "x" * 150]))
def test_public_ids_keep_to_cloudinarys_rules(name: str, folder: str) -> None:
    (step,) = plan(asset(f"{name}.ttf", kind=Kind.OTHER, format="ttf"), folder=folder).steps
    for public_id in (step.public_id, step.fallback_id):
        assert len(public_id) <= MAX_PUBLIC_ID
        assert not set(public_id) & set("?&#\\%<>+")
        assert public_id.strip(" ./") == public_id


@given(st.text())
def test_a_slug_never_looks_like_a_version_and_is_stable(text: str) -> None:
    made = slug(text)
    assert made
    assert slug(made) == made
    assert not (made.startswith("v") and made[1:].isdigit())


# Policies

DELIVERED = RemoteState(
    copies={"sha of old": copy("home/hero", "old")},
    placed={AssetId("hero.jpg"): copy("home/hero", "old")},
    taken=frozenset({"home/hero"}),
)


def test_keeping_both_gives_each_version_a_public_id_of_its_own() -> None:
    def of(content: str) -> PushStep:
        changed = asset("hero.jpg", content)
        return plan(changed, remote=DELIVERED, on_conflict=OnConflict.KEEP_BOTH).steps[0]

    first, second = of("new"), of("newer")
    assert {first.action, second.action} == {PushAction.NEW}
    assert len({first.public_id, second.public_id, "home/hero"}) == 3
    assert first.replaces == ""
    assert of("new").public_id == first.public_id


def test_the_earlier_version_can_be_left_alone() -> None:
    changed = asset("hero.jpg", "new")
    (step,) = plan(changed, remote=DELIVERED, on_conflict=OnConflict.SKIP).steps
    assert (step.action, step.sends, step.like) == (PushAction.KEPT, False, "home/hero")


@pytest.mark.parametrize("policy", OnConflict)
def test_the_same_content_is_never_sent_again_whatever_the_policy(policy: OnConflict) -> None:
    same = asset("hero.jpg", "old")
    (step,) = plan(same, remote=DELIVERED, on_conflict=policy).steps
    assert step.action is PushAction.SAME_CONTENT


def test_public_ids_may_always_be_unique_or_tell_nothing() -> None:
    hero = asset("hero.jpg")
    (unique,) = plan(hero, id_from=IdFrom.UNIQUE_FILE_NAME, folder="a").steps
    (random,) = plan(hero, id_from=IdFrom.RANDOM, folder="a").steps
    assert unique.public_id.startswith("a/hero_")
    assert re.fullmatch(r"a/[0-9a-f]{20}", random.public_id)
    assert plan(hero, id_from=IdFrom.RANDOM, folder="a").steps[0].public_id == random.public_id


@pytest.mark.parametrize(
    ("shown_as", "name"),
    [(ShownAs.PUBLIC_ID, ""), (ShownAs.FILE_NAME, "hero"), (ShownAs.TITLE, "Sun _ sea")],
)
def test_display_names_have_no_slash(shown_as: ShownAs, name: str) -> None:
    (step,) = plan(asset("hero.jpg", title="Sun / sea"), shown_as=shown_as).steps
    assert step.display_name == name


def test_access_follows_the_rights_where_that_is_chosen() -> None:
    ends = datetime(2027, 1, 1, tzinfo=UTC)
    licensed = asset("hero.jpg", rights=RightsWindow(ends=ends))
    (step,) = plan(licensed, access=Access.WHILE_LICENSED).steps
    assert step.access == (
        {"access_type": "token"},
        {"access_type": "anonymous", "end": "2027-01-01T00:00:00Z"},
    )
    assert plan(asset("free.jpg"), access=Access.WHILE_LICENSED).steps[0].access == ()
    assert plan(licensed, access=Access.TOKEN).steps[0].access == ({"access_type": "token"},)


def test_what_is_larger_than_the_plan_allows_is_not_sent() -> None:
    limits = MediaLimits(image_bytes=100, video_bytes=50)
    steps = plan(
        asset("fits.jpg", bytes=100),
        asset("large.jpg", bytes=101),
        asset("film.mp4", kind=Kind.VIDEO, format="mp4", bytes=51),
        asset("notes.txt", kind=Kind.OTHER, format="txt", bytes=10**12),
        limits=limits,
    ).steps
    new, large = PushAction.NEW, PushAction.TOO_LARGE
    assert [step.action for step in steps] == [new, large, large, new]
    assert steps[1].most_bytes == 100


@pytest.mark.parametrize("pair", [("", "x"), ("x", " "), ("x", "y" * 1025)])
def test_context_needs_a_name_and_a_short_value(pair: tuple[str, str]) -> None:
    with pytest.raises(InvalidInputError, match="context"):
        PushTarget(context=(pair,))
