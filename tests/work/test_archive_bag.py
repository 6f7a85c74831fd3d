"""An archive's folder says of every byte whether it is still what was put there."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import FileTroubleError
from bridge_app.domain.published import PublishedRendition
from bridge_app.work.archive_bag import (
    Bag,
    NotAsSealedError,
    file_part,
    identity_part,
    rendition_part,
)


@pytest.fixture
def bag(tmp_path: Path) -> Bag:
    made = Bag(folder=tmp_path / "bag")
    made.put(b"one", "renditions", "a.jpg")
    made.put(b"two", "metadata.jsonl")
    assert made.seal({"Bagging-Date": "2026-11-20", "Source-Organization": "Two\nlines"}) == 2
    return made


def test_a_sealed_folder_is_as_it_was(bag: Bag) -> None:
    bag.check()
    assert "Payload-Oxum: 6.2\n" in (bag.folder / "bag-info.txt").read_text()
    assert "Source-Organization: Two lines\n" in (bag.folder / "bag-info.txt").read_text()
    tags = (bag.folder / "tagmanifest-sha256.txt").read_text().splitlines()
    assert [line.partition("  ")[2] for line in tags] == [
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
    ]


def test_a_byte_that_changed_is_noticed(bag: Bag) -> None:
    (bag.folder / "data" / "metadata.jsonl").write_bytes(b"twO")
    with pytest.raises(NotAsSealedError, match="other bytes"):
        bag.check()


def test_a_file_that_is_missing_or_too_many_is_noticed(bag: Bag) -> None:
    extra = bag.put(b"three", "stray.txt")
    with pytest.raises(NotAsSealedError, match="not in its list"):
        bag.check()
    extra.unlink()
    (bag.folder / "data" / "renditions" / "a.jpg").unlink()
    with pytest.raises(NotAsSealedError, match="missing"):
        bag.check()


def test_an_unsealed_folder_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        Bag(folder=tmp_path).check()


def test_sealing_again_is_the_same(bag: Bag) -> None:
    before = (bag.folder / "manifest-sha256.txt").read_bytes()
    assert bag.seal({}) == 2
    assert (bag.folder / "manifest-sha256.txt").read_bytes() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.text(max_size=80), st.text(max_size=20))
@example("Größe · 100 % <final>.jpg", "I0000")
def test_any_name_from_the_service_stays_inside(tmp_path: Path, name: str, identity: str) -> None:
    made = Bag(folder=tmp_path / "bag")
    path = made.put(b"x", "renditions", file_part(name, identity))
    assert path.parent == made.folder / "data" / "renditions"
    assert path.read_bytes() == b"x"
    # As its list names it, so that any tool can check it.
    made.seal({})
    assert made.inside(path) in (made.folder / "manifest-sha256.txt").read_text("utf-8")


def test_identities_that_differ_in_case_alone_are_two_names() -> None:
    assert identity_part("I0000aB") != identity_part("I0000Ab")


NAMES = st.text(min_size=1, max_size=300) | st.text("夏é", min_size=90, max_size=300)


@st.composite
def renditions(draw: st.DrawFn) -> PublishedRendition:
    """A rendition of which only what tells it from others counts."""
    return PublishedRendition(
        environment=draw(st.sampled_from(["studio", "archive"])),
        public_id=draw(st.sampled_from(["spring/hero", "spring/hero-2"])),
        version=1,
        transformation="w_60",
        format="jpg",
        asset=AssetId("a"),
        name="hero.jpg",
        sha256="",
        preset=draw(NAMES),
        market=draw(st.sampled_from(["", "se"])),
        language="",
        url="",
        width=60,
        height=60,
        bytes=1,
        made_at="",
    )


@given(renditions(), renditions(), NAMES)
def test_two_renditions_are_two_files_whatever_they_are_called(
    one: PublishedRendition, other: PublishedRendition, master: str
) -> None:
    names = [rendition_part(of, master=master, media_id="I1") for of in (one, other)]
    assert (names[0] == names[1]) == (one == other)
    assert all(name.endswith(".jpg") for name in names)
    # File systems take 255 bytes, with what is being written beside it; services 255 characters.
    assert max(len(f"{name}.part".encode()) for name in names) <= 255


@given(NAMES)
def test_what_describes_a_master_has_a_name_that_any_file_system_takes(master: str) -> None:
    assert len(f"{file_part(master, 'I1')}__renditions.json.part".encode()) <= 255
