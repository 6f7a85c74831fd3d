"""Files that people take out themselves: on record with what the gate has against them, and kept
here where a policy says so."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditEntry, AuditFilter, AuditKind
from bridge_app.domain.places import AGAINST, PlaceKind
from bridge_app.domain.policies import Policy, PolicyMatch
from bridge_app.domain.review_pack import ReviewPackError
from bridge_app.domain.review_requests import review_items
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.work.exchange.departure import OriginalWish, RenderedWish
from bridge_app.work.exchange.leaving import Handing
from bridge_app.work.exchange.programs import Program
from bridge_app.work.file_gate import FileHeldBackError
from bridge_app.work.review_pack import PackWish
from tests.desk import Desk, picture

VIEWER = Program(id="viewer", name="Viewer", command="true %f", kinds=frozenset({"image/jpeg"}))
KEPT = Policy(name="files", files=True)


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    picture(desk.folder / "a.jpg", 1)
    picture(desk.folder / "b.jpg", 2)
    desk.library()
    desk.approve("a.jpg")
    return desk


def entries(desk: Desk, kind: AuditKind) -> list[AuditEntry]:
    wanted = AuditFilter(kinds=frozenset({kind}))
    return [one.entry for one in desk.parts.worker.audit.page(wanted, limit=100).records]


def departures(desk: Desk) -> list[AuditEntry]:
    return entries(desk, AuditKind.DEPARTURE)


def ended(desk: Desk, name: str) -> None:
    window = RightsWindow(ends=desk.clock() - timedelta(days=1))
    desk.parts.worker.rights.claim([desk.asset(name).id], RightsClaim(window=window))


def test_what_is_copied_is_on_record_with_what_the_gate_has_against_it(shelf: Desk) -> None:
    leaving = shelf.parts.worker.leaving
    assets = [shelf.asset("a.jpg"), shelf.asset("b.jpg")]
    paths, against = leaving.take(assets)
    assert paths == (shelf.folder / "a.jpg", shelf.folder / "b.jpg")
    assert against == {assets[1].id: "nobody has approved it yet"}
    told = {one.name: one.detail.get("reasons") for one in entries(shelf, AuditKind.DEPARTURE)}
    assert told == {"a.jpg": None, "b.jpg": "nobody has approved it yet"}
    known = shelf.parts.worker.places.of([one.id for one in assets])
    places = {one.place.name: one.place.detail.get(AGAINST) for one in known}
    assert places == told
    assert shelf.parts.worker.audit.check().is_sound


def test_a_policy_keeps_a_file_here_until_the_gate_lets_it_go(shelf: Desk) -> None:
    worker = shelf.parts.worker
    worker.policies.put([KEPT])
    refused, fine = shelf.asset("b.jpg"), shelf.asset("a.jpg")
    with pytest.raises(FileHeldBackError, match="nobody has approved it yet"):
        worker.leaving.foresee([fine.id, refused.id])
    assert entries(shelf, AuditKind.REFUSAL) == []
    with pytest.raises(FileHeldBackError):
        worker.leaving.take([fine, refused])
    (told,) = entries(shelf, AuditKind.REFUSAL)
    assert (told.name, told.detail["act"]) == ("b.jpg", "file")
    assert worker.places.of([fine.id, refused.id]) == ()
    worker.decide([refused.id], Approval.APPROVED)
    # What was read before the decision is asked as it is now.
    assert worker.leaving.take([fine, refused])[1] == {}


def test_what_is_opened_or_found_by_its_path_is_on_record(shelf: Desk) -> None:
    leaving, draft = shelf.parts.worker.leaving, shelf.asset("b.jpg")
    assert leaving.hand_over([draft.id], Handing.LOCATED) == {
        draft.id: "nobody has approved it yet"
    }
    # Whoever opens a draft works on it: that it is one is no news.
    assert leaving.hand_over([draft.id], Handing.OPENED) == {}
    told = [(one.detail["how"], one.detail["reasons"]) for one in departures(shelf)]
    assert sorted(told) == [(how, "nobody has approved it yet") for how in ("located", "opened")]
    # It lies where it lay: there is no place more.
    assert shelf.parts.worker.places.of([draft.id]) == ()
    ended(shelf, "b.jpg")
    assert "rights have ended" in leaving.hand_over([draft.id], Handing.OPENED)[draft.id]


def test_a_policy_lets_a_file_be_opened_whose_review_goes_on_but_tells_nobody_where_it_lies(
    shelf: Desk,
) -> None:
    worker, draft = shelf.parts.worker, shelf.asset("b.jpg")
    worker.policies.put([KEPT])
    with pytest.raises(FileHeldBackError, match="nobody has approved it yet"):
        worker.leaving.hand_over([draft.id], Handing.LOCATED)
    with pytest.raises(FileHeldBackError):
        worker.leaving.foresee([draft.id], Handing.LOCATED)
    assert worker.leaving.foresee([draft.id], Handing.OPENED)
    worker.leaving.hand_over([draft.id], Handing.OPENED)
    ended(shelf, "b.jpg")
    with pytest.raises(FileHeldBackError, match="rights have ended"):
        worker.leaving.hand_over([draft.id], Handing.OPENED)
    with pytest.raises(FileHeldBackError, match="rights have ended"):
        worker.opening.open(shelf.asset("b.jpg"), VIEWER)
    assert [one.detail["how"] for one in departures(shelf)] == ["opened"]
    assert {one.name for one in entries(shelf, AuditKind.REFUSAL)} == {"b.jpg"}


def test_what_is_copied_is_no_drag(shelf: Desk) -> None:
    asset, worker = shelf.asset("a.jpg"), shelf.parts.worker
    worker.leaving.take([asset])
    worker.places.taken([(asset, "")])
    kinds = {one.place.kind for one in worker.places.of([asset.id])}
    assert kinds == {PlaceKind.COPIED_FILE, PlaceKind.DRAG_OUT}


def test_a_drag_of_what_a_policy_keeps_here_takes_nothing(shelf: Desk) -> None:
    worker = shelf.parts.worker
    worker.policies.put([replace(KEPT, match=PolicyMatch(tags=frozenset({"launch"})))])
    wish = OriginalWish(asset=shelf.asset("b.jpg"))
    assert worker.leaving.departure([wish]).carry_out().trouble is None
    worker.policies.put([KEPT])
    made = RenderedWish(asset=shelf.asset("b.jpg"), transformation="c_scale,w_10", title="small")
    for one in (wish, made):
        departure = worker.leaving.departure([one]).carry_out()
        assert isinstance(departure.trouble, FileHeldBackError)
        assert departure.ready == ()


def test_a_rendition_that_was_made_here_is_on_record_as_such(shelf: Desk) -> None:
    worker = shelf.parts.worker
    made = RenderedWish(asset=shelf.asset("a.jpg"), transformation="c_scale,w_10", title="small")
    departure = worker.leaving.departure([made]).carry_out()
    departure.record()
    (told,) = entries(shelf, AuditKind.DEPARTURE)
    assert told.transformation == "c_scale,w_10"


def test_a_pack_shows_what_is_not_approved_but_nothing_whose_rights_have_ended(
    shelf: Desk, tmp_path: Path
) -> None:
    items = review_items([shelf.asset(one).id for one in ("a.jpg", "b.jpg")], [], masters=True)
    packs = shelf.parts.worker.review_packs
    first = packs.export(PackWish(title="Both", items=items, target=tmp_path / "both"))
    assert [one.name for one in first.pack.items] == ["a.jpg", "b.jpg"]
    ended(shelf, "a.jpg")
    second = packs.export(PackWish(title="One", items=items, target=tmp_path / "one"))
    assert [one.name for one in second.pack.items] == ["b.jpg"]
    (left_out,) = second.left_out
    assert "its rights have ended" in str(left_out.why)
    hows = [one.detail["how"] for one in entries(shelf, AuditKind.DEPARTURE)]
    assert hows == ["review pack"] * 3


def test_a_policy_for_files_keeps_out_of_packs_what_its_rights_forbid(
    shelf: Desk, tmp_path: Path
) -> None:
    worker = shelf.parts.worker
    chosen = [shelf.asset("b.jpg").id]
    items = review_items(chosen, [], masters=True)
    worker.rights.claim(chosen, RightsClaim(model_released=False))
    worker.review_packs.export(PackWish(title="1", items=items, target=tmp_path / "one"))
    worker.policies.put([KEPT])
    with pytest.raises(ReviewPackError, match="model release is missing"):
        worker.review_packs.export(PackWish(title="2", items=items, target=tmp_path / "two"))
    assert not (tmp_path / "two").exists()
