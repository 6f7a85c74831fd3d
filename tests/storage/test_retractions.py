"""What is on record of retractions, and which delivered copies are worth a look at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.gate import Reason
from bridge_app.domain.retractions import Retraction, RetractionState
from bridge_app.domain.rights import Restrictions, RightsWindow
from tests.storage.delivered import NOW, Shelf

LICENSED = RightsWindow(ends=NOW + timedelta(days=9))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


def retraction(name: str, state: RetractionState, **facts: object) -> Retraction:
    made = Retraction(
        environment="studio",
        asset_id=f"id of {name}",
        public_id=name,
        name=name,
        content=f"sha of {name}",
        version=1,
        state=state,
        before=("token", "anonymous||2027-01-01T00:00:00Z"),
        reasons=(Reason.RIGHTS_ENDED, Reason.MODEL_RELEASE),
        follows_rights=True,
        at=NOW.isoformat(),
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def test_what_was_done_last_to_a_copy_is_on_record_as_it_was(shelf: Shelf) -> None:
    first = retraction("a", RetractionState.BEGUN)
    shelf.record.put(first)
    assert shelf.record.one("studio", "id of a") == first
    last = retraction("a", RetractionState.RETRACTED, follows_rights=False, before=(), reasons=())
    shelf.record.put(last)
    shelf.record.put(retraction("b", RetractionState.GONE, environment="other"))
    assert shelf.record.all("studio") == (last,)
    assert shelf.record.one("studio", "id of b") is None


@pytest.mark.parametrize(
    ("facts", "looked_at"),
    [
        ({}, False),
        ({"rights": LICENSED}, True),
        ({"rights": RightsWindow(starts=NOW)}, True),
        ({"rights": RightsWindow(unreadable="soon")}, True),
        ({"restrictions": Restrictions(model_released=False)}, True),
    ],
)
def test_only_copies_that_something_limits_are_looked_at(
    shelf: Shelf, facts: dict[str, object], looked_at: bool
) -> None:
    shelf.delivered("plain")
    shelf.delivered("a", **facts)
    assert [one.copy.public_id for one in shelf.suspects()] == (["a"] if looked_at else [])


def test_a_decision_or_a_retraction_makes_a_copy_worth_a_look(shelf: Shelf) -> None:
    rejected, retracted, window = (shelf.delivered(name) for name in "abc")
    shelf.delivered("plain")
    shelf.decide(rejected, Approval.REJECTED)
    shelf.record.put(retraction(retracted.name, RetractionState.RETRACTED, before=()))
    shelf.record.put(retraction(window.name, RetractionState.OPEN))
    found = {one.name: one for one in shelf.suspects()}
    assert found.keys() == {"a", "b", "c"}
    assert found["a"].approval is Approval.REJECTED
    assert found["b"].retraction == shelf.record.one("studio", "id of b")


def test_a_copy_knows_the_masters_of_its_content_and_the_one_it_was_pushed_of(
    shelf: Shelf,
) -> None:
    shelf.delivered("a", rights=LICENSED)
    shelf.put("twin", sha256="sha of a")
    shelf.put("a", sha256="a newer version", rights=LICENSED)
    (one,) = shelf.suspects()
    assert {master.name: master.rights for master in one.masters} == {
        "twin": RightsWindow(),
        "a": LICENSED,
    }
    assert {master.approval for master in one.masters} == {Approval.APPROVED}
