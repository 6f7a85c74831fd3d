"""How a mapped field of a master and of its copy come together: once, and never in a circle."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.edits import same
from bridge_app.domain.field_mapping import Direction, Leads
from bridge_app.domain.field_sync import Agreed, Sides, Towards, Why, steps
from bridge_app.domain.metadata_fields import FieldValue

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
BOTH, PUSH = Direction.BOTH, Direction.PUSH
texts = st.none() | st.sampled_from(["a", "b", "c"])
sets = st.none() | st.sets(st.sampled_from("abcd"), min_size=1).map(lambda one: tuple(sorted(one)))
moments = st.none() | st.integers(-9, 9).map(lambda hours: NOON + timedelta(hours=hours))


def agreed(value: FieldValue) -> Agreed:
    return Agreed(master=value, cloud=value)


@given(
    values=st.one_of(st.tuples(texts, texts, texts), st.tuples(sets, sets, sets)),
    was_agreed=st.booleans(),
    leads=st.sampled_from(Leads),
    times=st.tuples(moments, moments),
)
def test_after_one_round_both_say_the_same_or_a_person_is_asked(
    values: tuple[FieldValue, FieldValue, FieldValue],
    was_agreed: bool,
    leads: Leads,
    times: tuple[datetime | None, datetime | None],
) -> None:
    base, master, cloud = values
    known = agreed(base) if was_agreed else None
    sides = Sides(master=master, cloud=cloud, agreed=known, master_at=times[0], cloud_at=times[1])
    said = {Towards.MASTER: master, Towards.CLOUD: cloud}
    found = steps(sides, BOTH, leads)
    for step in found:
        said[step.towards] = step.value
    if any(step.towards is Towards.NOBODY for step in found):
        assert leads is Leads.NEWEST
        return
    ours, theirs = said[Towards.MASTER], said[Towards.CLOUD]
    assert same(ours, theirs)
    settled = Sides(master=ours, cloud=theirs, agreed=agreed(ours))
    assert steps(settled, BOTH, leads) == ()


@given(texts, texts, st.sampled_from(Leads))
def test_what_was_carried_is_never_sent_back(
    before: FieldValue, carried: FieldValue, leads: Leads
) -> None:
    lossy = Agreed(master=carried, cloud=before)
    assert steps(Sides(master=carried, cloud=before, agreed=lossy), BOTH, leads) == ()


def test_where_one_side_changed_its_word_goes_to_the_other() -> None:
    (step,) = steps(Sides(master="a", cloud="b", agreed=agreed("a")), BOTH, Leads.MASTER)
    assert (step.towards, step.value, step.why) == (Towards.MASTER, "b", Why.CHANGED)


@pytest.mark.parametrize(
    ("leads", "towards"), [(Leads.MASTER, Towards.CLOUD), (Leads.CLOUD, Towards.MASTER)]
)
def test_where_both_changed_the_side_that_leads_is_believed(leads: Leads, towards: Towards) -> None:
    (step,) = steps(Sides(master="b", cloud="c", agreed=agreed("a")), BOTH, leads)
    assert step.towards is towards


def test_clocks_that_are_near_each_other_decide_nothing() -> None:
    near = Sides(master="b", cloud="c", master_at=NOON, cloud_at=NOON + timedelta(minutes=4))
    far = Sides(master="b", cloud="c", master_at=NOON, cloud_at=NOON + timedelta(minutes=6))
    assert [one.towards for one in steps(near, BOTH, Leads.NEWEST)] == [Towards.NOBODY]
    assert [one.towards for one in steps(far, BOTH, Leads.NEWEST)] == [Towards.MASTER]


def test_a_row_that_only_goes_to_the_cloud_brings_nothing_back() -> None:
    assert steps(Sides(master=None, cloud="b"), PUSH, Leads.CLOUD) == ()
    assert steps(Sides(master="a", cloud="b"), Direction.NONE, Leads.MASTER) == ()
