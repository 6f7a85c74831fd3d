"""The indexes of the store: whatever happens, they tell what the records tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import utc_now

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "trash", "restore", "purge", "lay", "delete"]),
        st.integers(0, 9),
        st.sets(st.integers(0, 3), max_size=3),
    ),
    max_size=25,
)


@contextmanager
def a_state(*, keeps: bool) -> Iterator[tuple[ShelterState, Path]]:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        state = ShelterState(path, keeps=keeps, settings=ShelterSettings(), now=utc_now)
        yield state, path
        state.close()


def carry_out(state: ShelterState, deeds: list[tuple[str, int, set[int]]]) -> str:
    """Do all of it to four galleries of an organization, whose identifier is returned."""
    brand = state.add_organization("Morrowtide")
    top = state.add_collection("Top", organization=brand)
    galleries = [state.add_gallery(f"G{one}", organization=brand) for one in range(4)]
    for deed, which, places in deeds:
        there = [one for one in galleries if state.store.container(one)]
        to = [one for number, one in enumerate(there) if number in places]
        media = [one.id for one in state.store.owned(brand)]
        chosen = media[which % len(media)] if media else ""
        match deed:
            case "add":
                state.add_media("a.jpg", galleries=to, organization=brand)
            case "lay" if there:
                state.move(there[which % len(there)], to=[top] if places else [])
            case "delete" if len(there) > 1:
                state.store.delete(state.container(there[which % len(there)]))
            case "move" if chosen:
                state.move(chosen, to=to)
            case "trash" | "restore" | "purge" if chosen:
                getattr(state, deed)(chosen)
    return brand


def check(state: ShelterState, brand: str) -> None:
    """The indexes and the records agree."""
    media = state.store.owned(brand)
    for container in state.store.containers():
        lies_in = container.parents or (brand,)
        assert all(container in state.store.children(place) for place in lies_in)
        members = [one.id for one in state.store.members(container.id)]
        shown = [one.id for one in media if container.id in one.galleries and not one.trashed_at]
        assert sorted(members) == sorted(shown)
        assert state.store.member_count(container.id) == len(members)


@given(DEEDS)
@settings(max_examples=60, deadline=None)
def test_what_lies_where_is_what_the_records_say(deeds: list[tuple[str, int, set[int]]]) -> None:
    with a_state(keeps=False) as (state, _):
        check(state, carry_out(state, deeds))


@given(DEEDS)
@settings(max_examples=30, deadline=None)
def test_what_is_read_again_is_what_was_there(deeds: list[tuple[str, int, set[int]]]) -> None:
    with a_state(keeps=True) as (state, folder):
        brand = carry_out(state, deeds)
        state.close()
        again = ShelterState(folder, keeps=True, settings=ShelterSettings(), now=utc_now)
        again.open()
        check(again, brand)
        assert again.store.containers() == state.store.containers()
        by_id = {one.id: one for one in state.store.owned(brand)}
        assert {one.id: one for one in again.store.owned(brand)} == by_id
        again.close()
