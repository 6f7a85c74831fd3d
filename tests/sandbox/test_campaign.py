"""The sample library: complete, readable, described, dated, and made whole or not at all."""

import errno
import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import exiv2
import pypdfium2
import pytest
import pyvips
from filelock import FileLock
from PIL import Image, ImageOps

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.campaign import Campaign, CampaignCancelledError, Entry, make_campaign
from bridge_app.sandbox.campaign_files import write_piece
from bridge_app.sandbox.campaign_metadata import EMBEDDABLE
from bridge_app.sandbox.campaign_recipe import Piece, read_recipe
from bridge_app.sandbox.campaign_scenes import SCENES, TRANSPARENT, drawn
from tests.showcase import small_recipes

RECIPE = Path(__file__).resolve().parents[2] / "resources" / "demo" / "campaign.toml"
NOW = datetime(2027, 3, 14, 9, 26, 53, tzinfo=UTC)
PIECES = read_recipe(RECIPE, now=NOW).pieces
PICTURES = {".jpg", ".png", ".tif", ".webp", ".avif", ".gif"}
DECISIONS = {"approved", "rejected", "changes_requested", "in_review", "draft"}
SMALL = """
[[piece]]
path = "{name}"
scene = "{scene}"
palette = "rose"
seed = 5
size = [96, 64]
words = ["One", "two"]
seconds = 0.5
title = "Été, Straße, 日本 🌅"
caption = "Small"
keywords = ["one", "zwei", "三"]
rating = 3
days_ago = 4
decision = "draft"
"""
SMALL_FILES = {
    "a.jpg": "fjord",
    "b.png": "sticker",
    "c.tif": "poster",
    "d.webp": "tiles",
    "e.avif": "forest",
    "f.gif": "hills",
    "g.svg": "logo",
    "h.pdf": "quote",
    "i.mp4": "waves",
}


def small_recipe(folder: Path) -> Path:
    """One little file of each kind, with the real brand, palettes and typefaces."""
    head = RECIPE.read_text("utf-8").split("[[piece]]")[0]
    fonts = (RECIPE.parent / "../fonts").resolve().as_posix()
    pieces = "".join(SMALL.format(name=name, scene=s) for name, s in SMALL_FILES.items())
    page = folder / "recipe.toml"
    page.write_text(head.replace('fonts = "../fonts"', f'fonts = "{fonts}"') + pieces, "utf-8")
    return page


def to_nobody(done: int, total: int) -> None:
    """A report nobody reads."""


def made(folder: Path, recipe: Path) -> Campaign:
    return make_campaign(folder, recipe=recipe, now=NOW, report=to_nobody, cancelled=lambda: False)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def of_kind(*suffixes: str, pieces: Sequence[Piece] = PIECES) -> list[Piece]:
    return [piece for piece in pieces if piece.suffix in suffixes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A campaign, and the pieces that its recipe asks for."""

    folder: Path
    entries: Sequence[Entry]
    pieces: Sequence[Piece]

    def of_kind(self, *suffixes: str) -> list[Piece]:
        return of_kind(*suffixes, pieces=self.pieces)


@pytest.fixture(scope="module", params=["small", pytest.param("whole", marks=pytest.mark.soak)])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Every piece, made once for all processes that test; whole it takes some ten seconds."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    size = request.param
    with FileLock(place / f"campaign-{size}.lock"):
        recipe = RECIPE
        if size == "small":
            recipe = small_recipes(place / "campaign" / "recipes", short=False) / RECIPE.name
        campaign = made(place / "campaign" / size / "Lumenfell", recipe)
    pieces = read_recipe(recipe, now=NOW).pieces
    return Library(folder=campaign.folder, entries=campaign.entries, pieces=pieces)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    return made(folder / "library", small_recipe(folder)).folder


def test_there_are_enough_pictures_in_every_format(library: Library) -> None:
    files = [library.folder / entry.path for entry in library.entries]
    assert all(file.is_file() for file in files)
    kinds = Counter(file.suffix.lower() for file in files)
    assert sum(kinds[kind] for kind in PICTURES) >= 44
    assert set(kinds) == PICTURES | {".svg", ".pdf", ".mp4"}
    assert kinds[".jpg"] > sum(kinds.values()) / 2


def test_nothing_but_the_campaign_and_its_hidden_marker_is_in_the_folder(
    library: Library,
) -> None:
    found = {str(f.relative_to(library.folder)) for f in library.folder.rglob("*") if f.is_file()}
    assert found == {entry.path for entry in library.entries} | {".campaign.json"}


def test_it_fits_on_a_small_disk(library: Library) -> None:
    used = sum(f.stat().st_size for f in library.folder.rglob("*") if f.is_file())
    assert used < 60e6


def test_each_still_opens_with_the_size_of_the_recipe(library: Library) -> None:
    for piece in library.of_kind(*PICTURES):
        with Image.open(library.folder / piece.path) as image:
            image.load()
            assert ImageOps.exif_transpose(image).size == piece.size, piece.path


def test_drawings_and_pages_open_too(library: Library) -> None:
    for piece in library.of_kind(".svg"):
        drawing = pyvips.Image.new_from_file(str(library.folder / piece.path))
        assert drawing.width / drawing.height == pytest.approx(piece.size[0] / piece.size[1])
    for piece in library.of_kind(".pdf"):
        document = pypdfium2.PdfDocument(library.folder / piece.path)
        assert len(document) == 1
        assert document.get_metadata_dict()["Title"] == piece.title
        document.close()


def test_films_run_as_long_as_the_recipe_says(library: Library) -> None:
    films = library.of_kind(".mp4")
    assert len(films) >= 2
    for piece in films:
        with av.open(str(library.folder / piece.path)) as film:
            assert film.duration is not None
            assert film.duration / av.time_base == pytest.approx(piece.seconds, abs=0.1)
            assert film.metadata["title"] == piece.title
            frames = sum(1 for _ in film.decode(video=0))
            assert frames == round(piece.seconds * 24)


def test_sizes_and_shapes_vary() -> None:
    sizes = [piece.size for piece in PIECES]
    assert max(max(size) for size in sizes) == 6000
    assert min(max(size) for size in sizes) <= 600
    shapes = Counter(
        "square" if w == h else "panorama" if w > 2.5 * h else "wide" if w > h else "tall"
        for w, h in sizes
    )
    assert min(shapes[shape] for shape in ("square", "wide", "tall")) >= 5
    assert shapes["panorama"] >= 1


def test_turned_pictures_are_stored_turned_and_marked(library: Library) -> None:
    turned = [piece for piece in library.pieces if piece.orientation != 1]
    assert {piece.orientation for piece in turned} == {3, 6, 8}
    for piece in turned:
        with Image.open(library.folder / piece.path) as image:
            stored, upright = image.size, ImageOps.exif_transpose(image)
            assert image.getexif()[0x0112] == piece.orientation
        assert stored == (piece.size if piece.orientation == 3 else piece.size[::-1])
        assert brightness(upright, top=True) > brightness(upright, top=False)


def brightness(image: Image.Image, *, top: bool) -> float:
    """Mean grey of the upper or the lower sixth."""
    sixth = image.height // 6
    y = 0 if top else image.height - sixth
    grey = image.crop((0, y, image.width, y + sixth)).convert("L").resize((8, 8))
    return sum(grey.tobytes()) / 64


def test_wide_colours_carry_their_profile(library: Library) -> None:
    wide = [piece for piece in library.pieces if piece.colours == "p3"]
    assert wide
    for piece in wide:
        with Image.open(library.folder / piece.path) as image:
            assert b"P3" in image.info["icc_profile"] or b"\x00P\x003" in image.info["icc_profile"]


def test_cut_outs_are_transparent_and_solid_where_the_thing_is(library: Library) -> None:
    cut_outs = [p for p in library.of_kind(".png", ".webp") if p.scene in TRANSPARENT]
    assert len(cut_outs) >= 3
    for piece in cut_outs:
        with Image.open(library.folder / piece.path) as image:
            assert image.mode == "RGBA"
            assert image.getchannel("A").getextrema() == (0, 255)


def test_the_loop_moves(library: Library) -> None:
    (piece,) = library.of_kind(".gif")
    with Image.open(library.folder / piece.path) as image:
        assert getattr(image, "n_frames", 1) >= 8
        assert image.info["loop"] == 0


def test_each_photograph_is_described_in_xmp_iim_and_exif(library: Library) -> None:
    described = [piece for piece in library.of_kind(*EMBEDDABLE) if piece.title]
    assert len(described) >= 40
    for piece in described:
        image = exiv2.ImageFactory.open(str(library.folder / piece.path))
        image.readMetadata()
        xmp = {datum.key(): str(datum.value()) for datum in image.xmpData()}
        exif = {datum.key(): str(datum.value()) for datum in image.exifData()}
        assert xmp["Xmp.dc.title"] == f'lang="x-default" {piece.title}'
        assert xmp["Xmp.dc.description"] == f'lang="x-default" {piece.caption}'
        assert xmp["Xmp.dc.subject"] == ", ".join(piece.keywords)
        assert xmp["Xmp.dc.creator"] == "Studio North"
        assert "Studio North" in xmp["Xmp.photoshop.Credit"]
        assert "Lumenfell" in xmp["Xmp.dc.rights"]
        assert xmp.get("Xmp.xmp.Rating", "0") == str(piece.rating)
        assert exif["Exif.Photo.DateTimeOriginal"] == piece.taken.strftime("%Y:%m:%d %H:%M:%S")
        if piece.suffix != ".webp":
            iim = [(datum.key(), str(datum.value())) for datum in image.iptcData()]
            assert ("Iptc.Envelope.CharacterSet", "\x1b%G") in iim
            assert ("Iptc.Application2.ObjectName", piece.title) in iim
            words = [text for key, text in iim if key == "Iptc.Application2.Keywords"]
            assert words == list(piece.keywords)


def test_the_smallest_format_has_its_title_as_well(library: Library) -> None:
    (piece,) = library.of_kind(".avif")
    assert piece.title.encode() in (library.folder / piece.path).read_bytes()


def test_titles_use_more_than_one_alphabet() -> None:
    titles = " ".join(piece.title for piece in PIECES)
    assert all(sign in titles for sign in ("é", "ß", "日", "🌅"))
    assert any(not str(piece.path).isascii() for piece in PIECES)


def test_rights_have_ended_have_not_begun_end_soon_or_are_open(library: Library) -> None:
    windows = []
    for piece in library.of_kind(*EMBEDDABLE):
        image = exiv2.ImageFactory.open(str(library.folder / piece.path))
        image.readMetadata()
        xmp = {datum.key(): str(datum.value()) for datum in image.xmpData()}
        windows.append((xmp.get("Xmp.plus.LicenseStartDate"), xmp.get("Xmp.plus.LicenseEndDate")))
    today, soon = NOW.strftime("%Y-%m-%d"), (NOW + timedelta(days=14)).strftime("%Y-%m-%d")
    assert sum(1 for _, end in windows if end and end < today) >= 3
    assert sum(1 for start, _ in windows if start and start > today) >= 2
    assert sum(1 for _, end in windows if end and today < end < soon) >= 1
    assert sum(1 for start, end in windows if start and not end) >= 1
    assert sum(1 for window in windows if window == (None, None)) >= 10


def test_the_review_is_in_the_middle_of_its_work(library: Library) -> None:
    decisions = Counter(entry.decision for entry in library.entries)
    assert set(decisions) == DECISIONS
    assert decisions["approved"] > len(library.entries) / 2
    refused = [e for e in library.entries if e.decision in {"rejected", "changes_requested"}]
    assert all(entry.comment for entry in refused)


def test_files_are_as_old_as_their_pictures(library: Library) -> None:
    for piece in library.pieces:
        age = (library.folder / piece.path).stat().st_mtime
        assert age == pytest.approx(piece.taken.timestamp(), abs=2)


def test_each_scene_of_the_recipe_can_be_drawn_and_each_drawing_is_used() -> None:
    assert {piece.scene for piece in PIECES} <= set(SCENES)
    assert set(SCENES) <= {piece.scene for piece in PIECES}


def test_a_film_is_another_drawing_at_another_moment() -> None:
    for piece in of_kind(".mp4", ".gif"):
        assert drawn(piece, moment=0.0).svg() != drawn(piece, moment=0.5).svg()


def test_progress_counts_every_file_once(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    make_campaign(
        tmp_path / "library",
        recipe=small_recipe(tmp_path),
        now=NOW,
        report=lambda done, total: seen.append((done, total)),
        cancelled=lambda: False,
    )
    assert seen[0] == (0, 9)
    assert seen[-1] == (9, 9)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_the_same_recipe_on_the_same_day_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    again = made(tmp_path / "library", small_recipe(tmp_path))
    assert digests(again.folder) == digests(small)


def test_a_finished_library_is_returned_without_drawing(small: Path, tmp_path: Path) -> None:
    before = digests(small)
    reports: list[tuple[int, int]] = []
    found = make_campaign(
        small,
        recipe=tmp_path / "no-such-recipe.toml",
        now=NOW + timedelta(days=90),
        report=lambda done, total: reports.append((done, total)),
        cancelled=lambda: False,
    )
    assert [Path(entry.path).name for entry in found.entries] == list(SMALL_FILES)
    assert found.entries[0] == Entry(path="a.jpg", decision="draft", comment="")
    assert reports == []
    assert digests(small) == before


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_cancelled_library_leaves_nothing(tmp_path: Path, after: int) -> None:
    recipe = small_recipe(tmp_path)
    place = tmp_path / "profile"
    place.mkdir()
    done_so_far: list[int] = [0]

    def report(done: int, total: int) -> None:
        done_so_far[0] = done

    with pytest.raises(CampaignCancelledError):
        make_campaign(
            place / "library",
            recipe=recipe,
            now=NOW,
            report=report,
            cancelled=lambda: done_so_far[0] >= after,
        )
    assert list(place.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to try it on")
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".mp4", ".svg"])
def test_a_full_disk_is_told_as_one(tmp_path: Path, suffix: str) -> None:
    page = read_recipe(RECIPE, now=NOW)
    piece = next(one for one in page.pieces if one.suffix == suffix)
    file = tmp_path / piece.path
    file.parent.mkdir(parents=True)
    file.symlink_to("/dev/full")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as raised:
        write_piece(tmp_path, piece, page.brand, stop=lambda: False)
    assert raised.value.errno == errno.ENOSPC


def test_a_library_that_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    left_behind = tmp_path / ".library.partial"
    left_behind.mkdir()
    (left_behind / "half.jpg").write_bytes(b"half")
    made_one = made(tmp_path / "library", small_recipe(tmp_path))
    assert not (made_one.folder / "half.jpg").exists()
    assert not left_behind.exists()


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "library"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    with pytest.raises(InvalidInputError):
        made(mine, small_recipe(tmp_path))
    assert [file.name for file in mine.iterdir()] == ["letter.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    assert len(made(tmp_path / "library", small_recipe(tmp_path)).entries) == len(SMALL_FILES)
