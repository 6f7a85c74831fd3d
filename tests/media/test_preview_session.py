"""A master open for previews: kept in a child of its own, asked again and again."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.errors import DecoderLimitError, FileTroubleError, MediaError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.preview_session import PreviewSession
from bridge_app.transform import TransformationError
from bridge_app.transform.record import Record, drawn_boxes


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """See `wide_picture`."""
    return wide_picture(tmp_path)


def wide_picture(folder: Path) -> Path:
    """3000 × 2000: red at the left, blue at the right."""
    path = folder / "wide.jpg"
    image = Image.new("RGB", (3000, 2000), (200, 30, 40))
    image.paste((20, 40, 200), (1500, 0, 3000, 2000))
    image.save(path, quality=92)
    return path


@pytest.fixture
def session(decoder: DecoderPool, wide: Path) -> Iterator[PreviewSession]:
    made = decoder.open_preview(wide, edge_px=1200)
    yield made
    made.close()


@pytest.fixture(scope="module")
def still(
    decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PreviewSession]:
    """One session for all who only ask it: a child takes a second to begin."""
    made = decoder.open_preview(wide_picture(tmp_path_factory.mktemp("wide")), edge_px=1200)
    yield made
    made.close()


def pixel(session: PreviewSession, text: str, x: float, y: float) -> tuple[int, ...]:
    """The colour at a share of the width and of the height."""
    frame = session.frame(text, edge_px=1200)
    at = (int(frame.height * y) * frame.width + int(frame.width * x)) * frame.bands
    return tuple(frame.data[at : at + 3])


def is_near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


def test_the_master_comes_small_and_says_how_large_it_is(still: PreviewSession) -> None:
    frame = still.master()
    assert (frame.width, frame.height) == (1200, 800)
    assert (frame.full_width, frame.full_height) == (3000, 2000)
    assert len(frame.data) == 1200 * 800 * frame.bands


@pytest.mark.parametrize(
    ("text", "drawn", "true"),
    [
        ("c_fill,h_630,w_1200", (1200, 630), (1200, 630)),
        ("c_crop,h_1000,w_1500,x_0,y_0", (600, 400), (1500, 1000)),
        ("c_crop,h_1000,w_1500,x_0,y_0/c_scale,w_800", (800, 533), (800, 533)),
        ("c_limit,w_1000", (1000, 667), (1000, 667)),
        ("a_90", (800, 1200), (2000, 3000)),
        ("c_pad,h_1000,w_1000", (1000, 1000), (1000, 1000)),
        ("c_fill,h_300,w_300/dpr_2.0", (600, 600), (600, 600)),
        ("c_scale,w_6000", (1200, 800), (6000, 4000)),
    ],
)
def test_a_frame_is_as_large_as_it_has_to_be(
    still: PreviewSession, text: str, drawn: tuple[int, int], true: tuple[int, int]
) -> None:
    frame = still.frame(text, edge_px=1200)
    assert (frame.full_width, frame.full_height) == true
    assert abs(frame.width - drawn[0]) <= 1
    assert abs(frame.height - drawn[1]) <= 1


def test_a_frame_shows_the_part_that_is_asked_for(still: PreviewSession) -> None:
    red, blue = (200, 30, 40), (20, 40, 200)
    assert is_near(pixel(still, "c_crop,h_500,w_1000,x_0,y_0", 0.5, 0.5), red)
    assert is_near(pixel(still, "c_crop,h_500,w_1000,x_2000,y_0", 0.5, 0.5), blue)
    assert is_near(pixel(still, "a_180", 0.1, 0.5), blue)
    assert is_near(pixel(still, "b_white,c_pad,h_1000,w_1000", 0.5, 0.02), (255, 255, 255))


def test_a_smaller_edge_is_kept_to(session: PreviewSession) -> None:
    frame = session.frame("c_fill,h_900,w_1600", edge_px=400)
    assert max(frame.width, frame.height) <= 400
    assert (frame.full_width, frame.full_height) == (1600, 900)


def test_a_wrong_transformation_costs_only_its_own_frame(session: PreviewSession) -> None:
    session.master()
    pid = session.pid
    with pytest.raises(TransformationError) as caught:
        session.frame("c_fill,w_abc", edge_px=400)
    assert caught.value.position == 9
    assert session.frame("c_fill,w_100", edge_px=400).width == 100
    assert session.pid == pid


def test_a_child_that_dies_is_replaced_at_the_next_question(session: PreviewSession) -> None:
    session.master()
    assert session.pid is not None
    os.kill(session.pid, signal.SIGKILL)
    with pytest.raises(DecoderLimitError):
        session.frame("w_100", edge_px=400)
    assert session.frame("w_100", edge_px=400).width == 100


def test_a_session_renders_the_whole_file_too(session: PreviewSession) -> None:
    made = session.render("c_scale,w_2500/f_jpg")
    assert (made.width, made.height, made.format) == (2500, 1667, "jpg")
    assert session.frame("c_scale,w_100", edge_px=400).width == 100


def test_a_closed_session_answers_nothing(decoder: DecoderPool, wide: Path) -> None:
    session = decoder.open_preview(wide, edge_px=300)
    session.master()
    session.close()
    assert session.pid is None
    with pytest.raises(MediaError):
        session.master()


def test_a_pool_that_closes_ends_its_previews(wide: Path) -> None:
    with DecoderPool(size=1) as pool:
        session = pool.open_preview(wide, edge_px=300)
        session.master()
    assert session.pid is None
    with pytest.raises(MediaError):
        pool.open_preview(wide, edge_px=300)


def test_what_cannot_be_read_is_said(decoder: DecoderPool, tmp_path: Path) -> None:
    session = decoder.open_preview(tmp_path / "none.jpg", edge_px=300)
    with pytest.raises(FileTroubleError):
        session.master()
    session.close()


@pytest.mark.parametrize(
    "name",
    [
        "psd/cmyk-spot.psd",
        "psd/4x4_16bit_rgb.psd",
        "heic/iphone_15_pro.heic",
        "metadata/iptc-2016.jpg",
    ],
)
def test_every_kind_of_picture_can_be_opened(decoder: DecoderPool, corpus: Path, name: str) -> None:
    session = decoder.open_preview(corpus / name, edge_px=400)
    frame = session.frame("c_fill,h_100,w_100", edge_px=400)
    assert (frame.width, frame.height, frame.bands in (3, 4)) == (100, 100, True)
    session.close()


def test_another_file_is_shown_by_the_same_child(session: PreviewSession, tmp_path: Path) -> None:
    session.master()
    child = session.pid
    other = tmp_path / "other.png"
    Image.new("RGB", (640, 480), (10, 160, 60)).save(other)
    session.turn_to(other)
    frame = session.frame("c_scale,w_320", edge_px=1200)
    assert (frame.full_width, frame.full_height) == (320, 240)
    assert is_near(pixel(session, "c_scale,w_320", 0.5, 0.5), (10, 160, 60))
    assert session.pid == child


def test_a_named_transformation_is_drawn_as_its_preset_says(session: PreviewSession) -> None:
    named = {"hero": "c_crop,h_500,w_1000,x_2000,y_0/t_small", "small": "c_scale,w_200"}
    frame = session.frame("t_hero", edge_px=1200, named=named)
    assert (frame.full_width, frame.full_height) == (200, 100)
    assert is_near(tuple(frame.data[:3]), (20, 40, 200))
    assert frame.fidelity == "approximate"
    made = session.render("t_hero/f_jpg", named=named)
    assert (made.width, made.height, made.fidelity.value) == (200, 100, "approximate")


def test_a_preset_that_names_itself_is_told_in_its_place(session: PreviewSession) -> None:
    with pytest.raises(TransformationError) as caught:
        session.frame("w_100/t_a", edge_px=400, named={"a": "t_b", "b": "e_sepia/t_a"})
    assert (caught.value.position, caught.value.found) == (6, "t_a")


def test_a_box_that_was_drawn_decides_and_leaves_no_doubt(session: PreviewSession) -> None:
    text = "c_thumb,g_custom,h_200,w_200"
    assert session.frame(text, edge_px=400).fidelity == "approximate"
    record = Record(drawn=drawn_boxes(custom=[(2400, 100, 400, 400)], regions={}))
    frame = session.frame(text, edge_px=400, record=record)
    assert is_near(tuple(frame.data[:3]), (20, 40, 200))
    assert frame.fidelity == "exact"
    made = session.render(text, record=record)
    assert made.fidelity.value == "exact"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("c_crop,g_custom", (400, 300)),
        ("c_crop,g_custom/c_scale,w_0.5", (200, 150)),
        ("c_crop,g_custom/c_crop,h_100,w_50", (50, 100)),
        ("c_crop,g_custom/c_pad,h_600,w_600", (600, 600)),
    ],
)
def test_a_crop_as_large_as_what_was_drawn_is_told_as_the_file_comes_out(
    session: PreviewSession, text: str, size: tuple[int, int]
) -> None:
    record = Record(drawn=drawn_boxes(custom=[(2400, 100, 400, 300)], regions={}))
    frame = session.frame(text, edge_px=400, record=record)
    made = session.render(text, record=record)
    assert (frame.full_width, frame.full_height) == (made.width, made.height) == size
    assert abs(frame.width / frame.height - size[0] / size[1]) < 0.05


def test_the_cut_around_faces_is_told_with_what_was_found(
    decoder: DecoderPool, corpus: Path
) -> None:
    session = decoder.open_preview(corpus / "photos" / "clowns_colorful.jpg", edge_px=1200)
    master = session.master()
    cut = session.last_cut("a_hflip/c_crop,g_face,h_200,w_300")
    assert cut is not None
    assert cut.content is not None
    by_hand = f"a_hflip/c_crop,h_200,w_300,x_{cut.frame.left},y_{cut.frame.top}"
    found = session.frame("a_hflip/c_crop,g_face,h_200,w_300", edge_px=1200)
    assert session.frame(by_hand, edge_px=1200).data == found.data
    assert (cut.frame.width, cut.frame.height) == (300, 200)
    middle = cut.content.left + cut.content.width / 2
    assert abs(middle - cut.frame.left - 150) < 2
    assert cut.content.left + cut.content.width <= master.full_width
    session.close()


def test_a_cut_goes_by_an_anchor_or_by_nothing(still: PreviewSession) -> None:
    cut = still.last_cut("c_crop,g_face,h_400,w_600")
    assert cut is not None
    assert cut.content is None
    assert (cut.frame.left, cut.frame.top) == (1200, 0)
    assert still.last_cut("e_sepia") is None
    assert still.last_cut("") is None
    with pytest.raises(TransformationError):
        still.last_cut("c_fill,w_x")
