"""Films and pages are rendered in the confined children, within their limits."""

from pathlib import Path

import pytest

from bridge_app.domain.errors import DecoderLimitError, MediaError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.limits import Limits
from bridge_app.transform import Fidelity, TransformationError


@pytest.mark.parametrize(
    ("file", "text", "format_", "size"),
    [
        ("video/with-gps.mp4", "c_limit,w_640", "mp4", (640, 360)),
        ("video/with-gps.mp4", "vc_h265", "mp4", (1920, 1080)),
        ("video/with-gps.mp4", "vc_av1", "mp4", (1920, 1080)),
        ("video/with-gps.mp4", "f_webm", "webm", (1920, 1080)),
        ("video/earth.mov", "so_5/w_100/e_sepia/f_jpg", "jpg", (100, 56)),
        ("video/earth.mov", "so_5,du_1/w_100/f_gif", "gif", (100, 56)),
        ("video/rabbit320.mp4", "du_0.5/l_text:Arial_20:Hi/fl_layer_apply", "mp4", (320, 240)),
        ("video/rabbit320.mp4", "f_mp3", "mp3", (0, 0)),
        ("documents/testPDF-TIKA-4444.pdf", "pg_3,dn_72/f_png", "png", (595, 842)),
    ],
)
def test_a_child_renders_it(
    decoder: DecoderPool, corpus: Path, file: str, text: str, format_: str, size: tuple[int, int]
) -> None:
    found = decoder.render(corpus / file, text)
    assert (found.format, (found.width, found.height)) == (format_, size)
    assert found.fidelity is not Fidelity.CLOUD_ONLY


def test_what_cannot_be_asked_of_a_film_is_reported_in_place(
    decoder: DecoderPool, corpus: Path
) -> None:
    with pytest.raises(TransformationError) as caught:
        decoder.render(corpus / "video/rabbit320.mp4", "w_10,so_99")
    assert caught.value.position == 5


@pytest.mark.parametrize("folder", ["hostile", "broken"])
def test_bad_films_end_with_a_sentence_and_cost_nobody_else(
    decoder: DecoderPool, corpus: Path, folder: str
) -> None:
    films = [p for p in sorted((corpus / folder).iterdir()) if p.suffix in SUFFIXES]
    assert len(films) >= 3
    for path in films:
        for text in ("w_32", "w_32,f_jpg"):
            try:
                found = decoder.render(path, text)
            except MediaError:
                continue
            assert found.data, path.name


SUFFIXES = {".mp4", ".mov", ".mkv", ".webm", ".m4a", ".heic", ".fuzzed"}


def test_a_film_that_takes_too_long_costs_its_own_request(corpus: Path) -> None:
    path = corpus / "video/earth.mov"
    with DecoderPool(size=1, limits=Limits(seconds=2, film_seconds=3)) as pool:
        with pytest.raises(DecoderLimitError, match="longer than 3 seconds"):
            pool.render(path, "e_oil_paint:90/c_scale,w_1920/e_oil_paint:90")
        assert pool.render(path, "so_1,w_10/f_jpg").width == 10


@pytest.mark.parametrize(
    ("file", "size"),
    [
        ("heic/sample_still_photo.heic", (60, 40)),
        ("psd/layer_comps.psd", (60, 40)),
        ("jxl/8bit-sRGB.jxl", (60, 40)),
    ],
)
def test_masters_of_other_formats_go_through_the_same_chain(
    decoder: DecoderPool, corpus: Path, file: str, size: tuple[int, int]
) -> None:
    found = decoder.render(corpus / file, "c_fill,w_60,h_40/e_grayscale/f_png")
    assert (found.format, (found.width, found.height)) == ("png", size)


def test_a_layer_of_a_layered_file_is_left_to_the_cloud(decoder: DecoderPool, corpus: Path) -> None:
    found = decoder.render(corpus / "psd/layer_comps.psd", "pg_2/w_20,f_png")
    assert found.fidelity is Fidelity.CLOUD_ONLY


def test_a_damaged_picture_is_not_shown_as_far_as_it_goes(
    decoder: DecoderPool, tmp_path: Path
) -> None:
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x05\0\0\0\x05\x08\x06\0\0\0"
    (tmp_path / "x.png").write_bytes(header + b"and then nothing")
    with pytest.raises(MediaError):
        decoder.render(tmp_path / "x.png", "w_2")
