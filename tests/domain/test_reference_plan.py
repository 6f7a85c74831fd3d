"""What a push of masters would do that live at a service, and whose bytes were never here."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Kind
from bridge_app.domain.gate import Reason
from bridge_app.domain.push_plan import (
    PushAction,
    PushPlan,
    PushStep,
    PushTarget,
    RemoteState,
    plan_push,
)
from bridge_app.domain.push_policies import Access
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.domain.shelter import shelter_library

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ENDS = datetime(2027, 4, 1, tzinfo=UTC)


def master(name: str = "hero.jpg", version: str = "1", **changes: object) -> Asset:
    made = Asset(
        id=AssetId(name),
        library=shelter_library("brand"),
        path=f"Spring/{name}",
        name=name,
        folder="Spring",
        kind=Kind.IMAGE,
        format=name.rpartition(".")[2],
        bytes=100,
        modified_at="",
        version_key=f"version {version} of {name}",
        approval=Approval.APPROVED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def plan(
    *masters: Asset, remote: RemoteState | None = None, access: Access = Access.PUBLIC
) -> PushPlan:
    return plan_push(
        masters,
        target=PushTarget(access=access),
        environment="studio",
        remote=remote or RemoteState(),
        now=NOW,
    )


def only(found: PushPlan) -> PushStep:
    (step,) = found.steps
    return step


def copy_of(asset: Asset) -> CloudCopy:
    return CloudCopy(
        environment="studio",
        public_id="hero",
        resource_type="image",
        delivery_type="upload",
        version=1,
        asset_id="1",
        format="jpg",
        etag="",
        sha256=asset.content or "",
        bytes=100,
        url="",
    )


def test_a_master_whose_bytes_were_never_here_is_sent_by_reference() -> None:
    step = only(plan(master()))
    assert (step.action, step.by_reference) == (PushAction.NEW, True)
    assert step.content == "version 1 of hero.jpg"
    assert (step.public_id, step.bytes) == ("hero", 100)


@pytest.mark.parametrize(
    ("name", "resource_type"),
    [("a.jpg", "image"), ("a.tif", "image"), ("a.cr2", "image"), ("a.docx", "raw")],
)
def test_the_ending_says_as_what_a_master_is_sent(name: str, resource_type: str) -> None:
    kind = Kind.DOCUMENT if name.endswith("docx") else Kind.IMAGE
    assert only(plan(master(name, kind=kind))).resource_type == resource_type


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"approval": Approval.IN_REVIEW}, Reason.IN_REVIEW),
        ({"rights": RightsWindow(ends=NOW)}, Reason.RIGHTS_ENDED),
        ({"rights": RightsWindow(starts=ENDS)}, Reason.RIGHTS_NOT_YET),
        ({"rights": RightsWindow(unreadable="?")}, Reason.RIGHTS_UNREADABLE),
        ({"restrictions": Restrictions(model_released=False)}, Reason.MODEL_RELEASE),
        ({"restrictions": Restrictions(archived=True)}, Reason.ARCHIVED),
        ({"version_key": None}, Reason.UNREADABLE_FILE),
    ],
)
def test_what_the_gate_holds_back_is_refused_with_its_reason(
    changes: dict[str, object], reason: Reason
) -> None:
    step = only(plan(replace(master(), **changes)))  # type: ignore[arg-type]
    assert (step.action, step.reasons) == (PushAction.REFUSED, (reason,))


def test_a_licence_with_an_end_travels_as_access_control_unless_less_was_chosen() -> None:
    licensed = master(rights=RightsWindow(ends=ENDS))
    window = {"access_type": "anonymous", "end": "2027-04-01T00:00:00Z"}
    assert only(plan(licensed)).access == ({"access_type": "token"}, window)
    assert only(plan(licensed, access=Access.TOKEN)).access == ({"access_type": "token"},)
    assert only(plan(master())).access == ()


def test_a_new_version_at_the_service_goes_to_the_same_place() -> None:
    first, second = master(), master(version="2")
    remote = RemoteState(
        copies={first.content or "": copy_of(first)},
        placed={first.id: copy_of(first)},
        taken=frozenset({"hero"}),
    )
    assert only(plan(first, remote=remote)).action is PushAction.SAME_CONTENT
    step = only(plan(second, remote=remote))
    assert (step.action, step.public_id) == (PushAction.NEW_VERSION, "hero")
    assert step.replaces == first.content


def test_a_version_that_is_queued_is_not_queued_again() -> None:
    one = master()
    remote = RemoteState(queued=frozenset({(one.id, one.content or "")}))
    assert only(plan(one, remote=remote)).action is PushAction.ALREADY_QUEUED
    assert only(plan(master(version="2"), remote=remote)).action is PushAction.NEW


def test_a_file_here_and_a_master_at_a_service_go_in_one_plan() -> None:
    here = master("here.jpg", library="folder", version_key=None, sha256="s" * 64, md5="m" * 32)
    found = plan(master(), here)
    assert [step.by_reference for step in found.sending] == [True, False]
