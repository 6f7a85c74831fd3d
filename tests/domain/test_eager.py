"""Renditions that are made with the push of their master: which, and of what."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.eager import EagerRendition, eager_of
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushTarget, RemoteState, plan_push
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet
from bridge_app.domain.rights import Restrictions

NOW = datetime(2026, 11, 21, tzinfo=UTC)
WEB = RenditionPreset(name="web", title="", transformation="w_60", format="jpg", channel="web")
ANY = RenditionPreset(name="any", title="", transformation="w_80", format="")
WORDS = RenditionPreset(name="words", title="", transformation="l_text:Arial_9:$(line)", format="")
LIBRARY = PresetLibrary(
    presets={one.name: one for one in (WEB, ANY, WORDS)},
    sets={"both": RenditionSet(name="both", presets=("web", "any"))},
)
MASTER = Asset(
    id=AssetId("a"),
    library=LibraryId("library"),
    path="a.jpg",
    name="a.jpg",
    folder="",
    kind=Kind.IMAGE,
    format="jpeg",
    bytes=100,
    modified_at="",
    sha256="sha",
    md5="md5",
    approval=Approval.APPROVED,
)


def planned(asset: Asset) -> list[str]:
    target = PushTarget(eager=eager_of(LIBRARY, ["both"]))
    state = RemoteState()
    plan = plan_push([asset], target=target, environment="studio", remote=state, now=NOW)
    assert plan.derived == len(plan.steps[0].eager)
    return [one.preset for one in plan.steps[0].eager]


def test_presets_and_sets_give_each_rendition_once() -> None:
    web = EagerRendition("web", "w_60", "jpg", "web")
    assert eager_of(LIBRARY, ["any", "both"]) == (EagerRendition("any", "w_80", "", ""), web)


@pytest.mark.parametrize("name", ["unknown", "words"])
def test_what_is_no_preset_or_needs_a_table_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(InvalidInputError, match=name):
        eager_of(LIBRARY, ["any", name])


def test_what_the_rights_do_not_cover_is_not_made() -> None:
    assert planned(MASTER) == ["web", "any"]
    printed = replace(MASTER, restrictions=Restrictions(channels=frozenset({"print"})))
    assert planned(printed) == ["any"]


def test_nothing_is_made_of_what_has_no_picture_or_is_not_sent() -> None:
    assert planned(replace(MASTER, kind=Kind.OTHER, format="zip")) == []
    assert planned(replace(MASTER, approval=Approval.REJECTED)) == []
