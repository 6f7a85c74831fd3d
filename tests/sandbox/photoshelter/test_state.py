"""What is put into the service, what is seen of it, and what outlives it."""

import io
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.photoshelter.contents import pieces
from bridge_app.sandbox.photoshelter.errors import UnknownRecordError
from bridge_app.sandbox.photoshelter.ids import MEDIA_ID, MEDIA_PREFIXES, make_id
from bridge_app.sandbox.photoshelter.records import AccessRight, Media
from bridge_app.sandbox.photoshelter.rows import as_row, from_row
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import utc_now
from tests.sandbox.conftest import MakeSandbox


def made_state(folder: Path, *, keeps: bool = False) -> ShelterState:
    return ShelterState(folder, keeps=keeps, settings=ShelterSettings(), now=utc_now)


@pytest.fixture
def state(tmp_path: Path) -> ShelterState:
    return made_state(tmp_path)


@pytest.fixture
def brand(state: ShelterState) -> str:
    return state.add_organization("Morrowtide")


@pytest.fixture
def gallery(state: ShelterState, brand: str) -> str:
    return state.add_gallery("Heroes", organization=brand)


@given(seed=st.text(max_size=9), number=st.integers(0, 10**6))
def test_identifiers_are_of_the_services_form_and_the_same_again(seed: str, number: int) -> None:
    for prefix in MEDIA_PREFIXES.values():
        made = make_id(prefix, seed=seed, number=number)
        assert MEDIA_ID.fullmatch(made)
        assert made == make_id(prefix, seed=seed, number=number)
        assert made != make_id(prefix, seed=seed, number=number + 1)


def test_a_picture_that_is_given_is_measured(state: ShelterState, gallery: str, png: bytes) -> None:
    media = state.media(state.add_media("pic.png", galleries=[gallery], data=png))
    assert (media.kind, media.file.size) == ("image", len(png))
    assert (media.file.width, media.file.height) == (7, 5)
    assert b"".join(pieces(state.contents.open(media))) == png


def test_a_picture_that_is_not_given_is_drawn_in_its_format_and_of_its_size(
    state: ShelterState, gallery: str
) -> None:
    for name, expected in (("a.jpg", "JPEG"), ("b.png", "PNG"), ("c.tif", "TIFF")):
        made = state.add_media(name, galleries=[gallery], size=4_000_000, width=900, height=600)
        content = state.contents.open(state.media(made))
        data = content.read(0, content.size)
        assert len(data) == content.size == 4_000_000
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert (picture.format, picture.size) == (expected, (900, 600))


@pytest.mark.parametrize("size", [0, 1, 700, 70_000])
def test_made_up_bytes_are_as_many_as_are_stated_and_the_same_in_any_pieces(
    state: ShelterState, gallery: str, size: int
) -> None:
    media = state.media(state.add_media("a.raw", galleries=[gallery], size=size))
    content = state.contents.open(media)
    whole = content.read(0, size + 10)
    assert len(whole) == size
    assert b"".join(content.read(at, 333) for at in range(0, size, 333)) == whole
    assert content.read(size, 5) == b""


def test_another_version_has_other_bytes_and_counts(state: ShelterState, gallery: str) -> None:
    made = state.add_media("a.wav", galleries=[gallery], size=1_000)
    before = state.media(made)
    state.clock.advance(timedelta(seconds=1))
    assert state.replace_file(made, size=1_000, label="second") == 2
    after = state.media(made)
    assert after.file.label == "second"
    assert after.modified_at > before.modified_at
    assert state.contents.digests(after) != state.contents.digests(after, after.versions[0])


def test_fields_and_options_may_be_given_by_name(
    state: ShelterState, brand: str, gallery: str
) -> None:
    field = state.add_custom_field(brand, "Approval Status", ["Draft", "Approved"])
    made = state.add_media("a.jpg", galleries=[gallery], custom={"Approval Status": "Approved"})
    option = state.media(made).custom[field]
    assert state.store.fields(brand)[0].options[option] == "Approved"
    state.update_media(made, custom={field: "Draft"})
    assert state.media(made).custom[field] != option
    with pytest.raises(KeyError):
        state.update_media(made, custom={field: "Perhaps"})


def test_what_moves_is_seen_where_it_is_and_both_places_have_changed(
    state: ShelterState, brand: str, gallery: str
) -> None:
    other = state.add_gallery("Other", organization=brand)
    made = state.add_media("a.jpg", galleries=[gallery])
    before = {one: state.container(one).modified_at for one in (gallery, other)}
    state.clock.advance(timedelta(seconds=1))
    state.move(made, to=[other])
    assert [one.id for one in state.store.members(other)] == [made]
    assert state.store.members(gallery) == []
    assert all(state.container(one).modified_at > at for one, at in before.items())


def test_the_trash_keeps_what_it_was_and_where(state: ShelterState, gallery: str) -> None:
    made = state.add_media("a.jpg", galleries=[gallery], rating=4)
    state.trash(made)
    assert state.store.members(gallery) == []
    state.restore(made)
    assert [one.rating for one in state.store.members(gallery)] == [4]
    state.purge(made)
    with pytest.raises(UnknownRecordError):
        state.media(made)


def test_everything_is_there_again_after_a_restart(tmp_path: Path, png: bytes) -> None:
    first = made_state(tmp_path, keeps=True)
    brand = first.add_organization("Morrowtide")
    first.add_user("mara@example.com", "x", role="tagger", organizations=[brand])
    right = AccessRight(id="AR000aaaaaaaaaaa", kind="password", value="x", expires=utc_now())
    gallery = first.add_gallery("Heroes", organization=brand, mode="permission", rights=(right,))
    other = first.add_gallery("Other", organization=brand)
    first.add_custom_field(brand, "Approval Status", ["Draft"])
    made = first.add_media(
        "pic.png",
        galleries=[gallery],
        data=png,
        custom={"Approval Status": "Draft"},
        iptc={"keywords": ["a"], "contact_info": {"email": "x@example.com"}},
        license_expires_at=utc_now(),
        focal_point=(3, 4),
    )
    first.replace_file(made, size=500)
    first.move(made, to=[gallery, other])
    first.store.put_row("note", "1", {"body": "fine"})
    first.purge(first.add_media("gone.jpg", galleries=[gallery]))
    first.close()
    second = made_state(tmp_path, keeps=True)
    second.open()
    for table in ("organizations", "people", "containers"):
        assert getattr(second.store, table)() == getattr(first.store, table)()
    assert second.store.owned(brand) == first.store.owned(brand)
    assert second.store.fields(brand) == first.store.fields(brand)
    assert second.store.rows("note") == {"1": {"body": "fine"}}
    assert [one.id for one in second.store.members(other)] == [made]
    media = second.media(made)
    assert b"".join(pieces(second.contents.open(media, media.versions[0]))) == png
    assert second.add_media("new.jpg", galleries=[gallery]) not in {made, gallery, other}
    second.close()


def test_bytes_that_nobody_names_are_gone_after_a_restart(tmp_path: Path, png: bytes) -> None:
    first = made_state(tmp_path, keeps=True)
    brand = first.add_organization("Morrowtide")
    gallery = first.add_gallery("Heroes", organization=brand)
    kept = first.add_media("kept.png", galleries=[gallery], data=png)
    first.purge(first.add_media("gone.png", galleries=[gallery], data=png + b"!"))
    first.close()
    second = made_state(tmp_path, keeps=True)
    second.open()
    assert len(list((tmp_path / "content").iterdir())) == 1
    content = second.contents.open(second.media(kept))
    assert content.read(0, content.size) == png
    second.close()


def test_two_sandboxes_do_not_keep_their_state_in_one_folder(tmp_path: Path) -> None:
    first, second = (made_state(tmp_path, keeps=True) for _ in range(2))
    first.open()
    with pytest.raises(InvalidInputError):
        second.open()
    first.close()
    second.open()
    second.close()


def test_a_sandbox_holds_what_was_put_into_it_before_it_started_and_after_it_stopped(
    make_sandbox: MakeSandbox,
) -> None:
    sandbox = make_sandbox(shelter=ShelterSettings())
    brand = sandbox.shelter.add_organization("Morrowtide")
    sandbox.start()
    sandbox.stop()
    sandbox.shelter.add_gallery("Heroes", organization=brand)
    sandbox.start()
    assert len(sandbox.shelter.store.children(brand)) == 1


def test_a_sandbox_without_the_service_has_none(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox()
    with pytest.raises(RuntimeError):
        sandbox.shelter.open()


WORDS = st.text(max_size=5)
MOMENTS = st.datetimes(timezones=st.just(utc_now().tzinfo))


@given(
    st.builds(
        Media,
        id=WORDS,
        galleries=st.lists(WORDS, max_size=3).map(tuple),
        added=st.dictionaries(WORDS, MOMENTS, max_size=2),
        trashed_at=st.none() | MOMENTS,
        modified_at=MOMENTS,
        focal_point=st.none() | st.tuples(st.integers(), st.integers()),
        iptc=st.dictionaries(WORDS, WORDS | st.lists(WORDS, max_size=3) | st.none()),
        versions=st.just(()),
        rating=st.none() | st.integers(),
    )
)
@settings(max_examples=50)
def test_a_record_is_the_same_after_it_was_written(media: Media) -> None:
    assert from_row(Media, as_row(media)) == media


def test_fifty_thousand_masters_are_put_in_and_looked_through_quickly(
    state: ShelterState, brand: str
) -> None:
    began = time.process_time()
    galleries = [state.add_gallery(f"G{one}", organization=brand) for one in range(500)]
    for number in range(50_000):
        state.add_media(f"{number}.jpg", galleries=[galleries[number % 500]], size=1 << 27)
    assert time.process_time() - began < 10
    assert all(state.store.member_count(one) == 100 for one in galleries)
    assert len(state.store.owned(brand)) == 50_000
