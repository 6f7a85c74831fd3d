"""Where containers lie that may have several parents, any name, and run in circles."""

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.shelter import RENDITIONS_SUFFIX, ContainerKind, ShelterContainer
from bridge_app.domain.shelter_tree import DEEPEST, MOST_PATHS, ShelterTree, segment


def container(
    number: int, name: str, *parents: int, kind: ContainerKind = ContainerKind.COLLECTION
) -> ShelterContainer:
    return ShelterContainer(
        id=f"C{number:03}",
        kind=kind,
        name=name,
        parents=tuple(f"C{parent:03}" for parent in parents),
        created_at=f"2026-01-01T00:00:{number % 60:02}Z",
    )


def gallery(number: int, name: str, *parents: int) -> ShelterContainer:
    return container(number, name, *parents, kind=ContainerKind.GALLERY)


def paths(*containers: ShelterContainer) -> dict[str, str]:
    return {one.path: one.container for one in ShelterTree(containers).folders}


def test_a_gallery_in_two_collections_is_shown_in_both() -> None:
    tree = ShelterTree([container(1, "Spring"), container(2, "Press"), gallery(3, "Heroes", 1, 2)])
    assert tree.paths("C003") == ("Spring/Heroes", "Press/Heroes")
    assert tree.chains(["C003"]) == (("Heroes", "Spring"), ("Heroes", "Press"))


def test_siblings_of_one_name_are_told_apart_and_the_older_one_keeps_it() -> None:
    assert paths(container(2, "Same"), container(1, "Same")) == {
        "Same": "C001",
        "Same (C002)": "C002",
    }


def test_names_cannot_leave_their_place() -> None:
    hostile = [
        container(1, "../../etc"),
        container(2, ".."),
        container(3, ""),
        container(4, "a\x00b\nc"),
    ]
    found = paths(*hostile)
    assert len(found) == 4
    for path in found:
        assert "/" not in path
        assert path not in {"", ".", ".."}
        assert path.isprintable() or "\ufffd" in path


def test_the_true_name_of_a_container_with_a_slash_is_kept() -> None:
    (folder,) = ShelterTree([container(1, "Web / Social 🎿")]).folders
    assert folder.name == "Web / Social 🎿"
    assert segment(folder.name) == folder.path


def test_a_circle_of_collections_is_shown_once_and_ends() -> None:
    found = paths(container(1, "A", 2), container(2, "B", 1), gallery(3, "Inside", 2))
    assert found["A/B/Inside"] == "C003"
    assert set(found.values()) == {"C001", "C002", "C003"}


def test_what_we_wrote_back_is_no_folder_and_holds_no_masters() -> None:
    tree = ShelterTree([gallery(1, "Heroes"), gallery(2, "Heroes" + RENDITIONS_SUFFIX)])
    assert [folder.container for folder in tree.folders] == ["C001"]
    assert tree.master_galleries(["C001", "C002"]) == ("C001",)


def test_renaming_a_collection_tells_which_galleries_lie_elsewhere() -> None:
    inside, apart = gallery(2, "Heroes", 1), gallery(3, "Apart")
    before = ShelterTree([container(1, "Spring"), inside, apart])
    after = ShelterTree([container(1, "Summer"), inside, apart])
    assert set(before.differing(after)) == {"C001", "C002"}


@given(
    st.lists(
        st.tuples(st.text(max_size=6), st.lists(st.integers(0, 14), max_size=4), st.booleans()),
        max_size=14,
    )
)
def test_whatever_the_service_tells_every_container_has_a_place_of_its_own(
    told: list[tuple[str, list[int], bool]],
) -> None:
    made = [
        container(
            number,
            name,
            *parents,
            kind=ContainerKind.GALLERY if is_gallery else ContainerKind.COLLECTION,
        )
        for number, (name, parents, is_gallery) in enumerate(told)
    ]
    tree = ShelterTree(made)
    shown = {folder.path: folder for folder in tree.folders}
    assert len(shown) == len(tree.folders)
    for one in made:
        own = tree.paths(one.id)
        assert 1 <= len(own) <= MOST_PATHS
        for path in own:
            assert shown[path].container == one.id
            assert path.count("/") < DEEPEST
            above = path.rpartition("/")[0]
            assert not above or above in shown
