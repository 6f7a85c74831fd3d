"""Layers laid on real pictures: where they lie, what of them is seen, and what is refused."""

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bridge_app.domain.errors import MediaError
from bridge_app.transform import Fidelity, TransformationError, parse, render
from bridge_app.transform.layer_sources import LayerFolder
from tests.transform.layer_stage import BLUE, GREY, HEIGHT, RED, WIDTH, layer_folder, made

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return layer_folder(tmp_path_factory.mktemp("layers"))


def drawn(folder: Path, text: str, master: str = "base.png") -> Pixels:
    """Height × width × RGBA."""
    picture = Image.open(io.BytesIO(made(folder, text, master).data))
    return np.asarray(picture.convert("RGBA"))


def where(picture: Pixels, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height of what has a colour."""
    rows, columns = np.nonzero((picture[:, :, :3] == colour).all(axis=2))
    assert len(rows), f"nothing is {colour}"
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


@pytest.mark.parametrize(
    ("placing", "corner"),
    [
        ("", (50, 35)),
        ("g_center", (50, 35)),
        ("g_north_west", (0, 0)),
        ("g_north", (50, 0)),
        ("g_north_east", (100, 0)),
        ("g_west", (0, 35)),
        ("g_east", (100, 35)),
        ("g_south_west", (0, 70)),
        ("g_south", (50, 70)),
        ("g_south_east", (100, 70)),
        ("g_north_west,x_3,y_4", (3, 4)),
        ("g_south_east,x_3,y_4", (97, 66)),
        ("g_east,x_3,y_4", (97, 39)),
        ("g_south,x_3,y_4", (53, 66)),
        ("x_-3,y_-4", (47, 31)),
        ("g_xy_center,x_60,y_40", (50, 35)),
        ("g_north_west,x_0.5,y_0.25", (60, 20)),
    ],
)
@pytest.mark.parametrize("form", ["l_brand:red,{0}", "l_brand:red/fl_layer_apply,{0}"])
def test_a_layer_lies_where_gravity_and_offset_put_it(
    folder: Path, form: str, placing: str, corner: tuple[int, int]
) -> None:
    picture = drawn(folder, form.format(placing).rstrip(","))
    assert where(picture, RED) == (*corner, 20, 10)
    assert picture.shape == (HEIGHT, WIDTH, 4)


def test_a_known_picture_is_laid_on_exactly(folder: Path) -> None:
    rendered = made(folder, "l_brand:red/fl_layer_apply,g_south")
    assert (rendered.fidelity, rendered.reasons) == (Fidelity.EXACT, ())


def test_an_unknown_picture_is_left_out_and_said(folder: Path) -> None:
    rendered = made(folder, "l_brand:green/fl_layer_apply,g_south")
    assert rendered.fidelity is Fidelity.CLOUD_ONLY
    assert rendered.reasons == ("The layer l_brand:green is not known here; it is left out.",)
    assert (drawn(folder, "l_brand:green")[:, :, :3] == GREY).all()


def test_layers_are_laid_in_order_and_underlays_below(folder: Path) -> None:
    over = drawn(folder, "l_blue/c_scale,w_60/fl_layer_apply/l_brand:red/fl_layer_apply")
    assert where(over, RED) == (50, 35, 20, 10)
    assert where(over, BLUE) == (30, 25, 60, 30)
    under = drawn(folder, "u_blue,w_200,h_100")
    assert under.shape == (100, 200, 4)
    assert tuple(under[50, 100, :3]) == GREY
    assert tuple(under[2, 2, :3]) == BLUE


def test_a_layers_own_steps_change_the_layer_alone(folder: Path) -> None:
    picture = drawn(folder, "l_brand:red/c_scale,w_40/a_90/fl_layer_apply,g_north_west")
    assert where(picture, RED) == (0, 0, 20, 40)
    assert tuple(picture[79, 119, :3]) == GREY


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("l_brand:red/c_scale,fl_relative,w_0.5/fl_layer_apply", (60, 30)),
        ("l_brand:red/c_scale,fl_relative,h_1.0,w_1.0/fl_layer_apply", (120, 80)),
        ("l_brand:red,fl_relative,w_0.25", (30, 15)),
        ("l_brand:red/c_scale,w_0.5/fl_layer_apply", (10, 5)),
        ("l_brand:red,w_2.0", (40, 20)),
    ],
)
def test_shares_are_of_the_layer_or_with_a_flag_of_the_base(
    folder: Path, text: str, size: tuple[int, int]
) -> None:
    assert where(drawn(folder, text), RED)[2:] == size


def test_layers_lie_within_layers(folder: Path) -> None:
    text = "l_blue/c_scale,w_60/l_brand:red/fl_layer_apply,g_south/fl_layer_apply,g_north_west"
    picture = drawn(folder, text)
    assert where(picture, RED) == (20, 20, 20, 10)
    assert tuple(picture[0, 0, :3]) == BLUE


@pytest.mark.parametrize(
    ("text", "shape", "red"),
    [
        ("l_brand:red,w_200,h_10", (80, 200), (0, 35, 200, 10)),
        ("l_brand:red,w_200,h_10,fl_no_overflow", (80, 120), (0, 35, 120, 10)),
        ("l_brand:red/fl_layer_apply,g_west,x_-10", (80, 130), (0, 35, 20, 10)),
        ("l_brand:red/fl_layer_apply,g_north_west,x_110,y_75", (85, 130), (110, 75, 20, 10)),
        ("l_brand:red/fl_layer_apply.no_overflow,g_west,x_-10", (80, 120), (0, 35, 10, 10)),
        ("l_brand:red/fl_layer_apply,g_north_west,x_150", (80, 170), (150, 0, 20, 10)),
    ],
)
def test_what_stands_out_enlarges_the_canvas_unless_it_may_not(
    folder: Path, text: str, shape: tuple[int, int], red: tuple[int, int, int, int]
) -> None:
    picture = drawn(folder, text)
    assert picture.shape[:2] == shape
    assert where(picture, RED) == red
    covered = (picture[:, :, 3] == 255).sum()
    assert covered >= WIDTH * HEIGHT


def test_tiles_cover_the_whole_base(folder: Path) -> None:
    picture = drawn(folder, "l_brand:red/fl_layer_apply,fl_tiled")
    assert (picture[:, :, :3] == RED).all()
    assert picture.shape == (HEIGHT, WIDTH, 4)


def test_a_layer_may_replace_its_base(folder: Path) -> None:
    picture = drawn(folder, "l_brand:red/fl_layer_apply,fl_replace_image")
    assert picture.shape[:2] == (10, 20)


@pytest.mark.parametrize(
    ("blend", "wanted"),
    [
        ("", (228, 100, 100)),
        ("e_multiply", (200, 100, 100)),
        ("e_screen", (228, 200, 200)),
        ("e_overlay", (228, 172, 172)),
    ],
)
def test_blend_modes_follow_their_formulas(
    folder: Path, blend: str, wanted: tuple[int, int, int]
) -> None:
    """Half-opaque red on grey 200: the usual formulas, mixed half and half with the base."""
    picture = drawn(folder, f"l_veil/fl_layer_apply,{blend}".rstrip(","))
    assert np.abs(picture[0, 0, :3].astype(int) - wanted).max() <= 2
    assert (picture[:, :, 3] == 255).all()


def test_a_cutter_keeps_the_base_where_the_layer_is(folder: Path) -> None:
    picture = drawn(folder, "l_disc,fl_cutter")
    assert picture.shape[:2] == (HEIGHT, WIDTH)
    assert tuple(picture[40, 60]) == (*GREY, 255)
    assert picture[2, 2, 3] == 0
    assert (picture[:, :, 3] > 128).sum() == pytest.approx(np.pi * 20**2, rel=0.03)


def test_a_cut_out_takes_the_base_away_where_the_layer_is(folder: Path) -> None:
    kept, gone = drawn(folder, "l_disc,fl_cutter"), drawn(folder, "l_disc,e_cut_out")
    assert (kept[:, :, 3].astype(int) + gone[:, :, 3] == 255).all()


def test_a_mask_shows_the_base_where_it_is_white(folder: Path) -> None:
    picture = drawn(folder, "l_half,e_mask")
    assert (picture[:, :60, 3] == 0).all()
    assert (picture[:, 60:, 3] == 255).all()
    assert (picture[:, 60:, :3] == GREY).all()


@pytest.mark.parametrize("layer", ["l_disc,e_mask,y_500", "l_disc,fl_cutter,x_-500"])
def test_a_mask_beside_the_base_hides_all_of_it(folder: Path, layer: str) -> None:
    assert (drawn(folder, layer)[:, :, 3] == 0).all()


def test_a_displacement_fetches_from_where_its_colours_point(folder: Path) -> None:
    plain = drawn(folder, "", master="half.png")
    moved = drawn(folder, "l_push,e_displace,x_20,y_0", master="half.png")
    assert (plain[:, 59, 0] == 0).all()
    assert (moved[:, 41, 0] == 255).all()
    assert (moved[:, 39, 0] == 0).all()
    assert made(folder, "l_push,e_displace,x_20").fidelity is Fidelity.APPROXIMATE


def test_a_text_is_laid_on_in_its_colour(folder: Path) -> None:
    text = "l_text:Inter_20_bold:Hello,co_rgb:ff0000/fl_layer_apply,g_south,y_5"
    left, top, width, height = where(drawn(folder, text), RED)
    assert 12 <= height <= 16
    assert top + height in {74, 75}
    assert abs(left + width / 2 - WIDTH / 2) <= 2
    rendered = made(folder, text)
    assert rendered.fidelity is Fidelity.APPROXIMATE
    assert "text engine" in rendered.reasons[0]


def test_a_text_wraps_and_keeps_its_escapes(folder: Path) -> None:
    text = "l_text:Inter_12:One%252C%20two%0Athree%20four%20five,c_fit,w_60"
    rows, columns = np.nonzero((drawn(folder, text)[:, :, :3] != GREY).any(axis=2))
    assert np.ptp(columns) < 60
    assert np.ptp(rows) > 30


def test_a_text_that_must_fit_is_refused_when_it_does_not(folder: Path) -> None:
    text = "l_text:Inter_60:Far%20too%20long/fl_layer_apply,fl_text_disallow_overflow"
    with pytest.raises(TransformationError) as caught:
        made(folder, text)
    assert text[caught.value.position :].startswith("text:Inter_60")
    assert made(folder, text.replace("_60", "_9")).width == WIDTH


def test_without_a_face_what_is_meant_for_faces_is_left_out(folder: Path) -> None:
    for gravity in ("face", "faces", "adv_face"):
        picture = drawn(folder, f"l_brand:red/fl_layer_apply,g_{gravity}")
        assert (picture[:, :, :3] == GREY).all()


@pytest.mark.parametrize("gravity", ["face", "faces"])
def test_a_layer_covers_the_face_it_is_meant_for(folder: Path, corpus: Path, gravity: str) -> None:
    text = f"l_brand:red/c_scale,fl_region_relative,h_1.0,w_1.0/fl_layer_apply,g_{gravity}"
    master = folder / "portrait.jpg"
    master.write_bytes((corpus / "metadata" / "portrait.jpg").read_bytes())
    picture = drawn(folder, f"c_limit,h_600,w_600/{text}", master="portrait.jpg")
    left, top, width, height = where(picture, RED)
    assert (left + width / 2) / picture.shape[1] == pytest.approx(0.38, abs=0.05)
    assert (top + height / 2) / picture.shape[0] == pytest.approx(0.34, abs=0.05)
    assert abs(width - height) <= 1
    assert width > picture.shape[1] / 20


def test_an_offset_moves_a_layer_off_its_face(folder: Path, corpus: Path) -> None:
    master = folder / "portrait.jpg"
    master.write_bytes((corpus / "metadata" / "portrait.jpg").read_bytes())
    found = [
        where(drawn(folder, f"c_limit,w_600/l_brand:red,g_face,{offset}", "portrait.jpg"), RED)
        for offset in ("x_0", "x_30,y_-20")
    ]
    assert (found[1][0] - found[0][0], found[1][1] - found[0][1]) == (30, -20)


def test_a_font_that_is_not_there_is_named_and_replaced(folder: Path) -> None:
    rendered = made(folder, "l_text:No%20Such%20Font_20:Hello,co_red")
    assert any("The font No Such Font is not here" in reason for reason in rendered.reasons)
    rendered = made(folder, "l_text:brand:face.ttf_20:Hello,co_red")
    assert any("uploaded font brand/face.ttf" in reason for reason in rendered.reasons)
    assert rendered.fidelity is Fidelity.APPROXIMATE


@pytest.mark.parametrize(
    "text", ["l_video:dog/fl_layer_apply", "l_lut:x.3dl", "l_text:sale_card:Now", "l_fetch:YQ=="]
)
def test_layers_of_the_cloud_alone_are_left_out_and_said(folder: Path, text: str) -> None:
    rendered = made(folder, text)
    assert rendered.fidelity is Fidelity.CLOUD_ONLY
    assert (drawn(folder, text)[:, :, :3] == GREY).all()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("c_scale,w_90/l_fetch:%%%/fl_layer_apply", "%%%"),
        ("l_text:Inter_20:%FF%FE,co_red", "%FF"),
        ("l_brand:red/c_scale,w_99999/fl_layer_apply", "c_scale,w_99999"),
        ("e_sepia/l_blue/l_text:Inter_9:%FF/fl_layer_apply/fl_layer_apply", "%FF"),
        ("l_text:Inter_99999:x/fl_layer_apply", "text:Inter_99999"),
        ("l_brand:red/fl_layer_apply,x_900000,g_north_west", "brand:red"),
        ("/".join(["l_blue"] * 20 + ["fl_layer_apply"] * 20), "l_blue"),
    ],
)
def test_what_cannot_be_is_refused_in_its_place(folder: Path, text: str, at: str) -> None:
    with pytest.raises(TransformationError) as caught:
        made(folder, text)
    assert text[caught.value.position :].startswith(at)


def test_a_layer_that_cannot_be_decoded_is_an_error_of_its_own(folder: Path) -> None:
    with pytest.raises(MediaError):
        made(folder, "l_broken")


def test_steps_after_a_layer_work_on_the_whole(folder: Path) -> None:
    picture = drawn(folder, "l_brand:red,w_200,h_10/c_scale,w_100")
    assert picture.shape[:2] == (40, 100)
    assert where(picture, RED)[2] == 100


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_kind_are_bases_and_layers(
    folder: Path, tmp_path: Path, mode: str
) -> None:
    name = "kind.tif" if mode == "CMYK" else "kind.png"
    Image.new(mode, (40, 30)).save(tmp_path / name)
    Image.new("RGB", (10, 10), RED).save(tmp_path / "red.png")
    chain = parse(f"l_{name},e_multiply/l_red,g_west/f_png")
    rendered = render(tmp_path / name, chain, sources=LayerFolder(tmp_path))
    picture = np.asarray(Image.open(io.BytesIO(rendered.data)).convert("RGB"))
    assert where(picture, RED) == (0, 10, 10, 10)


def test_each_frame_of_an_animation_gets_its_layer(folder: Path, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (60, 40), (90 * i, 0, 90)) for i in range(3)]
    path = tmp_path / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    chain = parse("l_disc,w_10,g_north_west/f_gif")
    rendered = render(path, chain, sources=LayerFolder(folder))
    moving = Image.open(io.BytesIO(rendered.data))
    assert getattr(moving, "n_frames", 1) == 3
    for index in range(3):
        moving.seek(index)
        pixel = moving.convert("RGB").getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 200
