"""Which XMP belongs to which master, by name alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.sidecars import Neighbours, is_sidecar_name, sidecars_state


@pytest.mark.parametrize(
    ("sidecar", "neighbours", "owners"),
    [
        ("hero.cr2.xmp", {"hero.cr2"}, ("hero.cr2",)),
        ("hero.jpg.XMP", {"hero.jpg", "hero.cr2"}, ("hero.jpg",)),
        ("hero.xmp", {"hero.cr2"}, ("hero.cr2",)),
        ("hero.xmp", {"hero.jpg"}, ("hero.jpg",)),
        ("hero.xmp", {"hero.CR2", "hero.jpg"}, ("hero.CR2",)),
        ("hero.xmp", {"hero.jpg", "hero.mov"}, ()),
        ("hero.xmp", {"hero.jpg", "hero.AAE"}, ("hero.jpg",)),
        ("hero.xmp", {"other.jpg"}, ()),
        ("hero.xmp", {"Hero.jpg"}, ()),
        ("hero", {"hero"}, ()),
        ("hero.xmp.xmp", {"hero.xmp"}, ()),
    ],
)
def test_a_sidecar_belongs_to_the_master_it_is_named_for(
    sidecar: str, neighbours: set[str], owners: tuple[str, ...]
) -> None:
    assert Neighbours({*neighbours, sidecar}).owners_of(sidecar) == owners


def test_the_sidecar_with_the_whole_name_leads() -> None:
    neighbours = Neighbours({"a.cr2", "a.xmp", "a.cr2.xmp", "a.jpg"})

    assert neighbours.sidecars_of("a.cr2") == ("a.xmp", "a.cr2.xmp")
    assert neighbours.sidecars_of("a.jpg") == ()


@pytest.mark.parametrize(
    ("master", "neighbours", "name"),
    [
        ("hero.nef", {"hero.jpg"}, "hero.xmp"),
        ("hero.nef", {"hero.dng"}, "hero.nef.xmp"),
        ("hero.jpg", set(), "hero.jpg.xmp"),
        ("README", set(), "README.xmp"),
    ],
)
def test_a_first_sidecar_is_called_as_other_programs_look_for_it(
    master: str, neighbours: set[str], name: str
) -> None:
    assert Neighbours({*neighbours, master}).new_sidecar(master) == name


NAMES = st.sets(
    st.builds(
        "{}{}".format,
        st.sampled_from(["a", "b", "a.b"]),
        st.sampled_from(["", ".jpg", ".cr2", ".NEF", ".xmp", ".jpg.xmp", ".XMP", ".aae"]),
    ),
    min_size=1,
)


@given(names=NAMES)
def test_what_a_master_counts_as_its_own_counts_it_as_its_owner(names: set[str]) -> None:
    neighbours = Neighbours(names)

    for name in names:
        assert all(name in neighbours.owners_of(one) for one in neighbours.sidecars_of(name))
        if not is_sidecar_name(name):
            first = neighbours.new_sidecar(name)
            assert name in Neighbours({*names, first}).owners_of(first)


def test_no_sidecars_have_no_state() -> None:
    assert sidecars_state([]) == ""
