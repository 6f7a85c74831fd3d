"""Pages of documents, frames of animations: which one is rendered, and how large."""

from io import BytesIO
from pathlib import Path

import pytest
import pyvips
from PIL import Image

from bridge_app.domain.errors import MediaError
from bridge_app.transform import Fidelity, TransformationError, parse, render

PAGES = "documents/testPDF-TIKA-4444.pdf"  # 13 pages of A4


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("f_png", (1240, 1754)),
        ("dn_72/f_png", (595, 842)),
        ("dn_300,pg_2/f_png", (2480, 3508)),
        ("pg_13/w_100,f_jpg", (100, 141)),
        ("dn_72/c_fill,w_50,h_50/f_png", (50, 50)),
    ],
)
def test_a_page_of_a_pdf_is_as_large_as_its_density_says(
    corpus: Path, text: str, size: tuple[int, int]
) -> None:
    found = render(corpus / PAGES, parse(text))
    assert (found.width, found.height) == size
    assert Image.open(BytesIO(found.data)).size == size


def test_a_density_that_no_memory_holds_is_lowered(corpus: Path) -> None:
    found = render(corpus / PAGES, parse("dn_99999/c_scale,w_20/f_png"))
    assert (found.width, found.height) == (20, 28)


def test_pages_are_told_apart(corpus: Path) -> None:
    pages = [render(corpus / PAGES, parse(f"pg_{n},dn_30/f_png")).data for n in (1, 2, 3)]
    assert len(set(pages)) == 3
    assert render(corpus / PAGES, parse("dn_30/f_png")).data == pages[0]


@pytest.mark.parametrize(
    ("file", "text", "position", "expected"),
    [
        (PAGES, "w_9/pg_14", 4, "one of the 13 pages"),
        ("documents/blankpage.pdf", "pg_2", 0, "the only page, 1"),
        ("tiff/multipage.tif", "w_9,pg_4", 4, "one of the 3 pages"),
        ("gif/animated-red-blue.gif", "pg_5", 0, "one of the 4 pages"),
        ("photos/clowns_colorful.jpg", "w_9/pg_2", 4, "the only page, 1"),
    ],
)
def test_a_page_that_is_not_there_is_refused_in_place(
    corpus: Path, file: str, text: str, position: int, expected: str
) -> None:
    with pytest.raises(TransformationError) as caught:
        render(corpus / file, parse(text))
    assert caught.value.position == position
    assert caught.value.expected == expected


@pytest.mark.parametrize("file", ["photos/clowns_colorful.jpg", "tiff/16bit.deflate.tif"])
def test_the_first_page_of_what_has_no_others_is_all_of_it(corpus: Path, file: str) -> None:
    assert render(corpus / file, parse("pg_1")).data == render(corpus / file, parse("")).data


@pytest.mark.parametrize(
    ("file", "pages"),
    [
        ("tiff/multipage-mmap.tiff", 3),
        ("gif/animated-red-blue.gif", 4),
        ("tiff/MultiPage~3.tif", 5),
    ],
)
def test_each_page_is_the_one_libvips_reads(corpus: Path, file: str, pages: int) -> None:
    for page in range(1, pages + 1):
        found = render(corpus / file, parse(f"pg_{page}/f_png"))
        wanted = pyvips.Image.new_from_file(str(corpus / file), page=page - 1).colourspace("srgb")
        shown = pyvips.Image.new_from_buffer(found.data, "").colourspace("srgb")
        assert (shown.width, shown.height) == (wanted.width, wanted.height)
        assert shown.flatten().avg() == pytest.approx(wanted.flatten().avg(), abs=1.5)


def test_one_frame_of_an_animation_stands_still(corpus: Path) -> None:
    found = render(corpus / "gif/animated-red-blue.gif", parse("pg_2"))
    picture = Image.open(BytesIO(found.data))
    assert (found.format, getattr(picture, "n_frames", 1)) == ("gif", 1)


def test_a_locked_pdf_says_that_it_needs_a_password(corpus: Path) -> None:
    with pytest.raises(MediaError, match="password"):
        render(corpus / "documents/pdf-example-password.original.pdf", parse("w_10"))


def test_a_broken_pdf_is_a_media_error(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(MediaError, match="PDF is damaged"):
        render(tmp_path / "a.pdf", parse("w_10"))


@pytest.mark.parametrize(
    ("text", "fidelity", "reason"),
    [
        ("pg_2/dn_72/f_png", Fidelity.EXACT, ""),
        ("pg_2-4,dn_72/f_png", Fidelity.APPROXIMATE, "first that is named"),
        ("pg_3;5,dn_72/f_png", Fidelity.APPROXIMATE, "first that is named"),
        ("pg_name:title,dn_72/f_png", Fidelity.CLOUD_ONLY, "Layers by name"),
    ],
)
def test_what_is_said_of_pages(corpus: Path, text: str, fidelity: Fidelity, reason: str) -> None:
    found = render(corpus / PAGES, parse(text))
    assert found.fidelity is fidelity
    assert reason in " ".join(found.reasons)
