"""What is seen is what a browser would show: upright, in its colours, see-through where it is."""

import zlib
from io import BytesIO
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.facts import Picture

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)
# How to undo each EXIF orientation when storing, so that what is shown is the picture again.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def quarters(width: int = 96, height: int = 64) -> Image.Image:
    """Red and green above, blue and white below."""
    picture = Image.new("RGB", (width, height), WHITE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    return picture


def opened(picture: Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.data))
    image.load()
    return image


def colour_at(picture: Picture, across: float, down: float) -> tuple[int, ...]:
    image = opened(picture).convert("RGBA")
    pixel = image.getpixel((int(across * image.width), int(down * image.height)))
    assert isinstance(pixel, tuple)
    return tuple(int(value) for value in pixel)


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(colour, wanted, strict=False))


def assert_quarters(picture: Picture) -> None:
    assert is_near(colour_at(picture, 0.25, 0.25), RED)
    assert is_near(colour_at(picture, 0.75, 0.25), GREEN)
    assert is_near(colour_at(picture, 0.25, 0.75), BLUE)
    assert is_near(colour_at(picture, 0.75, 0.75), WHITE)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_orientation_is_shown_upright(
    pool: DecoderPool, tmp_path: Path, orientation: int, name: str
) -> None:
    stored = quarters()
    if orientation in STORED:
        stored = stored.transpose(STORED[orientation])
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / "turned"
    stored.save(path, name, exif=exif, quality=95)

    found = pool.inspect(path, edge_px=48)

    assert found.facts.orientation == orientation
    assert (found.facts.width, found.facts.height) == stored.size
    assert (found.facts.display_width, found.facts.display_height) == (96, 64)
    assert found.thumbnail is not None
    assert (found.thumbnail.width, found.thumbnail.height) == (48, 32)
    assert_quarters(found.thumbnail)


def test_small_pictures_are_not_enlarged(pool: DecoderPool, tmp_path: Path) -> None:
    quarters(8, 6).save(tmp_path / "small.png")

    made = pool.thumbnail(tmp_path / "small.png", edge_px=512)

    assert (made.width, made.height) == (8, 6)


@pytest.mark.parametrize("name", ["PNG", "WEBP", "TIFF"])
def test_what_can_be_seen_through_stays_so(pool: DecoderPool, tmp_path: Path, name: str) -> None:
    picture = quarters().convert("RGBA")
    picture.paste((0, 0, 0, 0), (48, 32, 96, 64))
    picture.save(tmp_path / "clear", name)

    made = pool.thumbnail(tmp_path / "clear", edge_px=96)

    assert made.format == "png"
    assert colour_at(made, 0.75, 0.75)[3] == 0
    assert is_near(colour_at(made, 0.25, 0.25), RED)


def test_an_alpha_channel_that_hides_nothing_costs_nothing(
    pool: DecoderPool, tmp_path: Path
) -> None:
    quarters().convert("RGBA").save(tmp_path / "opaque.png")

    assert pool.thumbnail(tmp_path / "opaque.png", edge_px=96).format == "jpeg"


def test_colour_profiles_are_honoured(pool: DecoderPool, corpus: Path, tmp_path: Path) -> None:
    with Image.open(corpus / "photos/iptc-mess.jpg") as photograph:
        profile = photograph.info["icc_profile"]
    wide = Image.new("RGB", (64, 64), (180, 90, 60))
    wide.save(tmp_path / "p3.png", icc_profile=profile)
    expected = ImageCms.profileToProfile(
        wide, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    )
    assert expected is not None
    wanted = expected.getpixel((0, 0))
    assert isinstance(wanted, tuple)
    assert not is_near(wanted, (180, 90, 60), within=8), "the profile changes this colour"

    found = pool.inspect(tmp_path / "p3.png")

    assert found.facts.icc_profile == "Display P3"
    assert found.thumbnail is not None
    assert is_near(colour_at(found.thumbnail, 0.5, 0.5), wanted, within=3)


def test_printing_inks_become_light(pool: DecoderPool, tmp_path: Path) -> None:
    inks = Image.new("CMYK", (96, 64), (0, 255, 255, 0))
    inks.paste((0, 0, 0, 0), (48, 0, 96, 64))
    inks.save(tmp_path / "inks.jpg", quality=95)
    inks.save(tmp_path / "inks.tif")

    for name in ("inks.jpg", "inks.tif"):
        found = pool.inspect(tmp_path / name)
        assert found.facts.colour_space == "cmyk"
        assert found.thumbnail is not None
        red, green, blue, _ = colour_at(found.thumbnail, 0.25, 0.5)
        assert red > 180
        assert max(green, blue) < 90
        assert is_near(colour_at(found.thumbnail, 0.75, 0.5), WHITE)


def test_sixteen_bits_are_scaled_to_eight(pool: DecoderPool, tmp_path: Path) -> None:
    Image.new("I;16", (32, 32), 128 * 257).save(tmp_path / "grey.png")

    found = pool.inspect(tmp_path / "grey.png")

    assert found.facts.colour_space == "grey16"
    assert found.thumbnail is not None
    assert is_near(colour_at(found.thumbnail, 0.5, 0.5), (128, 128, 128), within=3)


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_the_first_of_many_frames_is_shown(pool: DecoderPool, tmp_path: Path, name: str) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in (RED, GREEN, BLUE)]
    frames[0].save(tmp_path / "moving", name, save_all=True, append_images=frames[1:])

    found = pool.inspect(tmp_path / "moving")

    assert found.facts.pages == 3
    assert found.thumbnail is not None
    assert is_near(colour_at(found.thumbnail, 0.5, 0.5), RED)


def test_a_page_is_shown_on_white_paper(pool: DecoderPool, corpus: Path) -> None:
    made = pool.thumbnail(corpus / "documents/blankpage.pdf", edge_px=200)

    assert max(made.width, made.height) == 200
    assert made.format == "jpeg"
    assert is_near(colour_at(made, 0.5, 0.5), WHITE, within=1)


def test_a_page_that_needs_a_password_says_so(pool: DecoderPool, corpus: Path) -> None:
    found = pool.inspect(corpus / "documents/pdf-example-password.original.pdf")

    assert found.thumbnail is None
    assert "it needs a password" in (found.trouble or "")


def test_a_film_that_begins_in_the_dark_shows_a_later_frame(
    pool: DecoderPool, tmp_path: Path
) -> None:
    dark, light = Image.new("RGB", (96, 64)), quarters()
    with av.open(str(tmp_path / "film.mp4"), "w") as film:
        stream = film.add_stream("mpeg4", rate=10)
        stream.width, stream.height = 96, 64
        stream.bit_rate = 4_000_000
        for number in range(40):
            frame = av.VideoFrame.from_image(dark if number < 12 else light)
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))

    found = pool.inspect(tmp_path / "film.mp4")

    assert found.facts.duration_s == 4.0
    assert found.thumbnail is not None
    assert_quarters(found.thumbnail)


def test_a_film_is_turned_as_its_container_says(pool: DecoderPool, corpus: Path) -> None:
    found = pool.inspect(corpus / "video/with-gps.mov", edge_px=320)

    assert (found.facts.width, found.facts.height, found.facts.rotation) == (568, 320, 90)
    assert found.thumbnail is not None
    assert (found.thumbnail.width, found.thumbnail.height) == (180, 320)


def test_a_phones_heic_is_turned_once(pool: DecoderPool, corpus: Path) -> None:
    found = pool.inspect(corpus / "heic/iphone_15_pro.heic", edge_px=400)

    assert (found.facts.orientation, found.facts.rotation) == (6, 270)
    assert (found.facts.display_width, found.facts.display_height) == (3024, 4032)
    assert found.thumbnail is not None
    assert (found.thumbnail.width, found.thumbnail.height) == (300, 400)


def test_half_a_photograph_is_shown_and_called_damaged(pool: DecoderPool, tmp_path: Path) -> None:
    buffer = BytesIO()
    quarters(640, 640).save(buffer, "JPEG", quality=95)
    (tmp_path / "half.jpg").write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])

    found = pool.inspect(tmp_path / "half.jpg", edge_px=64)

    assert found.thumbnail is not None
    assert is_near(colour_at(found.thumbnail, 0.25, 0.05), RED)
    assert found.trouble == "The file is damaged: this is what could be read of it."


def test_a_drawing_never_fetches_what_it_refers_to(pool: DecoderPool, tmp_path: Path) -> None:
    quarters().save(tmp_path / "secret.png")
    for reference in ("secret.png", f"{tmp_path}/secret.png", f"file://{tmp_path}/secret.png"):
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"'
            ' xmlns:xlink="http://www.w3.org/1999/xlink">'
            '<rect width="96" height="64" fill="#ffffff"/>'
            f'<image href="{reference}" xlink:href="{reference}" width="96" height="64"/></svg>'
        )
        (tmp_path / "drawing.svg").write_text(drawing)

        made = pool.thumbnail(tmp_path / "drawing.svg", edge_px=96)

        assert is_near(colour_at(made, 0.25, 0.25), WHITE, within=2)


def test_a_drawing_may_use_its_own_parts_and_pictures(pool: DecoderPool, tmp_path: Path) -> None:
    (tmp_path / "own.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><defs>'
        '<rect id="part" width="10" height="10" fill="#14c814"/></defs>'
        '<use href="#part"/></svg>'
    )

    assert is_near(colour_at(pool.thumbnail(tmp_path / "own.svg", edge_px=40), 0.5, 0.5), GREEN)


def test_a_packed_drawing_that_swells_is_given_up(pool: DecoderPool, tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    start = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    packed = packer.compress(start) + packer.compress(b" " * (40 << 20)) + packer.flush()
    (tmp_path / "bomb.svgz").write_bytes(packed)

    found = pool.inspect(tmp_path / "bomb.svgz")

    assert found.facts.format == "svg"
    assert found.thumbnail is None
    assert "more than 32 MiB" in (found.trouble or "")


@pytest.mark.parametrize("seconds", [0.0, 0.05, 1.0, 3.24, 7.5, 60.0])
def test_of_a_film_the_frame_that_is_seen_at_a_moment(
    pool: DecoderPool, corpus: Path, seconds: float
) -> None:
    path = corpus / "video" / "rabbit320.mp4"
    with av.open(str(path)) as film:
        seen = [one for one in film.decode(video=0) if one.time <= seconds + 0.001][-1]
    wanted = Image.fromarray(seen.to_ndarray(format="rgb24"))
    found = Image.open(BytesIO(pool.thumbnail(path, edge_px=320, at_s=seconds).data))
    assert found.size == wanted.size
    difference = ImageChops.difference(found.convert("RGB"), wanted)
    assert max(ImageStat.Stat(difference).mean) < 4


def test_bits_of_a_bmp_lie_wherever_its_masks_say(pool: DecoderPool, corpus: Path) -> None:
    shown = pool.inspect(corpus / "other/rgba32-61754.bmp").thumbnail

    assert shown is not None
    assert is_near(colour_at(shown, 0, 0), (255, 0, 0, 255), within=40)
    assert is_near(colour_at(shown, 0.51, 0), (0, 0, 255, 255), within=40)


def test_wide_floats_are_seen_from_the_least_to_the_greatest(
    pool: DecoderPool, corpus: Path
) -> None:
    shown = pool.inspect(corpus / "tiff/floatingpoint-64bit.tif").thumbnail

    assert shown is not None
    darkest, brightest = ImageStat.Stat(opened(shown).convert("L")).extrema[0]
    assert (darkest, brightest) == pytest.approx((0, 255), abs=3)
