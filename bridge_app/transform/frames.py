"""Which picture of a file with many is rendered: `pg_`, `dn_`, and the moment of a film.

A page of a PDF is drawn at the size that is needed, a page of a TIFF or a frame of an animation
is decoded alone. Source of the rules: reference/cloudinary.md 9.4 (`pg`, `dn`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, FileTroubleError, MediaError
from bridge_app.domain.expectations import Expected
from bridge_app.transform.encode import reason_of
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Assessment, approximate, cloud_only
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Number, Pages, Transformation
from bridge_app.transform.pixels import Master, opened
from bridge_app.transform.steps import MAXIMUM_PIXELS, picture_components

USUAL_DENSITY = Fraction(150)
POINTS_AN_INCH = 72
_LONGEST_SIDE = 32_000
_PDF = b"%PDF-"
_HEAD_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfMaster(Master):
    """One page of a PDF on white paper; `page` counts from 0."""

    page: int

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The page drawn at `size`.

        Raises:
            MediaError: It cannot be drawn.
        """
        del every_frame
        with _document(self.path) as document:
            page = document[self.page]
            width, _ = page.get_size()
            bitmap = page.render(
                scale=size.width / width, fill_color=(255, 255, 255, 255), rev_byteorder=True
            )
            across = bitmap.stride // bitmap.n_channels
            image = pyvips.Image.new_from_memory(
                bytes(bitmap.buffer), across, bitmap.height, bitmap.n_channels, "uchar"
            )
            image = image.crop(0, 0, bitmap.width, bitmap.height).extract_band(0, n=3)
            image = image.copy(interpretation="srgb")
            return image.thumbnail_image(size.width, height=size.height, size="force")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMaster(Master):
    """One page of a TIFF, one frame of an animation; `page` counts from 0."""

    page: int

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The page at `size`, upright, 8-bit sRGB.

        Raises:
            MediaError: It cannot be decoded.
        """
        del every_frame
        try:
            image = _page(self.path, self.page).autorot()
            if self.profiled:
                image = image.icc_transform("srgb", embedded=True, intent="perceptual")
            image = image.colourspace("srgb").cast("uchar")
            return image.thumbnail_image(size.width, height=size.height, size="force")
        except pyvips.Error as error:
            raise MediaError(detail=reason_of(error)) from error


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, by its content. Raises FileTroubleError."""
    try:
        with path.open("rb") as stream:
            return _PDF in stream.read(_HEAD_BYTES)
    except OSError as error:
        raise FileTroubleError(path=path, detail=error.strerror or str(error)) from error


def pdf_master(path: Path, transformation: Transformation) -> PdfMaster:
    """The wanted page of a PDF, its size by `dn_` (150 dots an inch without one).

    Raises:
        MediaError: The file cannot be read, or needs a password.
        TransformationError: There is no such page.
    """
    with _document(path) as document:
        page = _wanted(transformation, len(document))
        width, height = document[page].get_size()
    return PdfMaster(
        path=path,
        size=_dense(width, height, _density(transformation)),
        alpha=False,
        profiled=False,
        frames=1,
        format=None,
        page=page,
    )


def paged(master: Master, transformation: Transformation) -> Master:
    """The wanted page of a picture with several; `master` itself when none is named.

    Raises:
        MediaError: The page cannot be read.
        TransformationError: There is no such page.
    """
    if _pages(transformation) is None:
        return master
    try:
        head = pyvips.Image.new_from_source(opened(master.path), "")
        known = head.get("n-pages") if head.get_typeof("n-pages") else 1
        page = _wanted(transformation, known)
        if known == 1:
            return master  # most formats have no pages to be asked for
        header = _page(master.path, page)
        upright = header.autorot()
    except pyvips.Error as error:
        raise MediaError(detail=reason_of(error)) from error
    return PageMaster(
        path=master.path,
        size=Size(width=upright.width, height=upright.height),
        alpha=bool(header.hasalpha()),
        profiled=bool(header.get_typeof("icc-profile-data")) or header.interpretation == "cmyk",
        frames=1,
        format=master.format,
        page=page,
    )


def about_pages(transformation: Transformation) -> list[Assessment]:
    """What a page differs in from Cloudinary's."""
    pages = _pages(transformation)
    if pages is None:
        return []
    if pages.names or pages.embedded:
        return [cloud_only(Saying.PAGES_BY_NAME)]
    if len(pages.ranges) > 1 or pages.ranges[0][0] != pages.ranges[0][1]:
        return [approximate(Saying.PAGES)]
    return []


def _pages(transformation: Transformation) -> Pages | None:
    found = [p for _, c in picture_components(transformation) if (p := c.find("pg", Pages))]
    return found[-1] if found else None


def _wanted(transformation: Transformation, count: int) -> int:
    """The page, counted from 0."""
    pages = _pages(transformation)
    if pages is None or not pages.ranges:
        return 0
    page = pages.ranges[0][0]
    if page <= count:
        return page - 1
    index, component = next(
        (i, c) for i, c in reversed(picture_components(transformation)) if c.find("pg", Pages)
    )
    written = str(component.parameter("pg"))
    raise TransformationError(
        position=transformation.start_of(index) + str(component).find(written),
        found=written,
        expected=Expected.PAGE.format(count=count) if count > 1 else Expected.ONLY_PAGE,
        cloudinary=f"Invalid page {page}",
    )


def _density(transformation: Transformation) -> Fraction:
    found = [n for _, c in picture_components(transformation) if (n := c.find("dn", Number))]
    return found[-1].amount if found else USUAL_DENSITY


def _dense(width: float, height: float, density: Fraction) -> Size:
    """The page's pixels; a density that would make too many is lowered to what is allowed."""
    if not 0 < min(width, height) <= max(width, height) < _LONGEST_SIDE * POINTS_AN_INCH:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the page has no size"))
    scale = float(density) / POINTS_AN_INCH
    fits = min(_LONGEST_SIDE / max(width, height), (MAXIMUM_PIXELS / (width * height)) ** 0.5)
    scale = min(scale, fits)
    return Size(width=max(1, round(width * scale)), height=max(1, round(height * scale)))


def _page(path: Path, page: int) -> pyvips.Image:
    return pyvips.Image.new_from_source(opened(path), f"[page={page}]")


@contextmanager
def _document(path: Path) -> Iterator[Any]:
    import pypdfium2  # noqa: PLC0415 - few masters are PDF, and loading it takes a while

    try:
        document = pypdfium2.PdfDocument(path.read_bytes())
    except OSError as error:
        raise FileTroubleError(path=path, detail=error.strerror or str(error)) from error
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        said = "it needs a password" if locked else "the PDF is damaged"
        raise MediaError(detail=said) from error
    try:
        if len(document) == 0:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the document has no pages"))
        yield document
    except pypdfium2.PdfiumError as error:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the page is damaged")) from error
    finally:
        document.close()
