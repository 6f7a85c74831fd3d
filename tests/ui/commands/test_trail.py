"""The visits of a window."""

from dataclasses import replace

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.query import Query, Sort
from bridge_app.ui.commands.trail import MOST, Trail
from bridge_app.ui.commands.visit_wording import LONGEST, visit_text

HERE = LibraryId("here")
TOP, COAST, HILLS = (Query(library=HERE, folder=folder) for folder in ("", "coast", "hills"))


@pytest.fixture
def trail() -> Trail[str]:
    made: Trail[str] = Trail()
    for place in (TOP, COAST, HILLS):
        made.visit(place)
    return made


def queries(visits: object) -> list[Query]:
    return [one.query for one in visits]  # type: ignore[attr-defined]


def test_one_goes_back_forward_and_to_any_of_them(trail: Trail[str]) -> None:
    assert queries(trail.behind) == [COAST, TOP]
    visit = trail.go(-2)
    assert visit is not None
    assert visit.query == TOP
    assert queries(trail.ahead) == [COAST, HILLS]
    assert trail.go(-1) is None
    assert trail.go(3) is None
    assert trail.go(0) is None


def test_a_new_visit_forgets_what_lay_ahead_and_each_keeps_how_it_was_left(
    trail: Trail[str],
) -> None:
    trail.leave("at the end")
    trail.go(-1)
    trail.leave("in the middle")
    trail.visit(replace(COAST, min_rating=4))
    assert trail.ahead == ()
    visit = trail.go(-1)
    assert visit is not None
    assert (visit.query, visit.seat) == (COAST, "in the middle")


def test_letter_by_letter_is_one_visit_and_so_is_another_order(trail: Trail[str]) -> None:
    for text in ("b", "be", "beach", "bea"):
        trail.visit(replace(HILLS, text=text))
    trail.visit(replace(HILLS, text="bea", sort=Sort.BYTES, environment="studio"))
    assert queries(trail.behind) == [HILLS, COAST, TOP]
    trail.visit(replace(HILLS, text="dune"))
    trail.visit(HILLS)
    assert [one.text for one in queries(trail.behind)[:2]] == ["dune", "bea"]


def test_visits_of_a_library_that_is_gone_are_forgotten(trail: Trail[str]) -> None:
    elsewhere = Query(library=LibraryId("elsewhere"))
    trail.visit(elsewhere)
    trail.drop(lambda query: query.library == HERE)
    assert trail.behind == ()
    assert trail.here is not None
    assert trail.here.query == elsewhere


def test_a_long_day_is_remembered_as_far_as_anybody_goes_back() -> None:
    trail: Trail[str] = Trail()
    for number in range(MOST * 2):
        trail.visit(Query(folder=str(number), library=HERE))
    assert len(trail.behind) == MOST - 1


def test_a_visit_is_told_by_its_place_its_words_and_its_filters() -> None:
    query = replace(COAST, text="fog", approvals=frozenset({Approval.APPROVED}), min_rating=3)
    assert visit_text(query, "coast") == "coast · “fog” · Approved · ★★★"
    assert visit_text(query, "Approved", is_collection=True) == "Approved · “fog”"
    assert len(visit_text(replace(query, text="fog " * 40), "coast")) == LONGEST
