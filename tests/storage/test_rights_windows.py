"""Rights in SQL are the rights of the domain, whatever files and people say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.domain.query import Query
from bridge_app.domain.rights import RightsState, RightsWindow, narrowest
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.domain.rights_times import Edge
from tests.desk import Desk, picture

NOON = datetime(2027, 3, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = st.none() | st.integers(-4, 4).map(lambda days: NOON + days * DAY)


@st.composite
def windows(draw: st.DrawFn) -> RightsWindow:
    starts, ends = draw(MOMENTS), draw(MOMENTS)
    if starts and ends and ends <= starts:
        starts, ends = ends, starts + DAY
    return RightsWindow(starts=starts, ends=ends)


@pytest.fixture
def master(tmp_path: Path) -> Iterator[Desk]:
    """One master, whose file says nothing of rights."""
    made = Desk(tmp_path / "desk", sandbox=None)
    made.open()
    picture(made.folder / "hero.jpg", size=(40, 30))
    made.library()
    yield made
    made.close()


def write_file_window(desk: Desk, window: RightsWindow) -> None:
    with desk.parts.stock.catalog.writer.atomic() as connection:
        edges = [one.isoformat() if one else None for one in (window.starts, window.ends)]
        connection.execute("UPDATE asset SET rights_from = ?, rights_until = ?", edges)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=windows(), claimed=windows(), at=st.integers(-5, 5))
def test_the_filter_and_the_calendar_agree_with_the_domain(
    master: Desk, said: RightsWindow, claimed: RightsWindow, at: int
) -> None:
    write_file_window(master, said)
    (asset,) = master.assets()
    master.parts.worker.rights.claim([asset.id], RightsClaim(window=claimed))
    wanted = narrowest(said, claimed)
    now = NOON + at * DAY
    with master.parts.stock.readers.lent() as reader:
        (row,) = reader.assets([asset.id])
        found = {
            state
            for state in RightsState
            if reader.count(replace(Query(), rights=frozenset({state})), now=now)
        }
        edges = reader.rights_edges(NOON - 9 * DAY, NOON + 9 * DAY)
    assert row.rights == wanted
    assert found == {wanted.state(now)}
    told = {one.edge: one.at for one in edges}
    ends = {Edge.BEGINS: wanted.starts, Edge.ENDS: wanted.ends}
    assert told == {edge: moment for edge, moment in ends.items() if moment is not None}
