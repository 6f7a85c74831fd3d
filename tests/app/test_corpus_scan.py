"""The whole corpus as a library: nothing crashes or hangs, and the catalog agrees with the facts.

`tests/media` asks the decoder alone; here the facts have gone through scanner, catalog and reader.
"""

import csv
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge_app.domain.assets import Asset, Kind
from bridge_app.libraries.left_out import is_left_out_path
from bridge_app.storage.thumbs import THUMB_EDGE
from bridge_app.work.events import Event, ScanProgress
from tests.desk import Desk
from tests.media.seen import Agreement

# The first test to run waits for the one scan, a minute; what the decoders say of the same files
# is tested at every landing (tests/media/test_corpus.py).
pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]
FILES = 697
SCAN_S = 240.0
Rows = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """The manifest by path, the catalog by path, what was skipped, and how the scan ended."""

    rows: Rows
    assets: dict[str, Asset]
    skipped: dict[str, str]
    ended: ScanProgress
    pictures: frozenset[str]

    def agreement(
        self, wanted: Callable[[dict[str, str]], bool], compare: Callable[[Asset], object], *of: str
    ) -> Agreement:
        """How often `compare` of the asset is what the columns `of` say, in rows of that kind."""
        total = Agreement()
        for path, row in self.rows.items():
            if not wanted(row) or is_left_out_path(path):
                continue
            total.of += 1
            known = tuple(row[column] for column in of)
            found = compare(self.assets[path]) if path in self.assets else "not catalogued"
            if found != known:
                total.others.append(f"{path}: {known} is known, {found} was found")
        return total


@pytest.fixture(scope="module")
def scanned(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    """One scan, where the corpus lies; it is only read."""
    with (corpus / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    desk = Desk(tmp_path_factory.mktemp("corpus"), sandbox=None)
    over = threading.Event()
    ended: list[ScanProgress] = []

    def heard(event: Event) -> None:
        if isinstance(event, ScanProgress) and event.finished:
            ended.append(event)
            over.set()

    try:
        desk.parts.worker.listen(heard)
        desk.open()
        record = desk.parts.worker.add_library(corpus)
        assert over.wait(SCAN_S), "the scan hangs"
        desk.settled()
        with desk.parts.stock.readers.lent() as reader:
            skipped = {file.path: file.reason for file in reader.skipped(record.id)}
        assets = {asset.path: asset for asset in desk.assets()}
        held = desk.parts.stock.thumbs.held(THUMB_EDGE)
        pictures = frozenset(path for path, asset in assets.items() if asset.sha256 in held)
        yield Scanned(rows=rows, assets=assets, skipped=skipped, ended=ended[0], pictures=pictures)
    finally:
        desk.close()


def is_intact(row: dict[str, str]) -> bool:
    return row["expected"] == "ok"


def is_intact_and_sized(row: dict[str, str]) -> bool:
    return is_intact(row) and bool(row["width"])


def test_the_scan_ends_by_itself_and_without_trouble(scanned: Scanned) -> None:
    assert scanned.ended.trouble is None
    assert not scanned.ended.cancelled
    assert scanned.ended.skipped == len(scanned.skipped)


def test_every_file_is_catalogued_or_skipped_with_a_reason(scanned: Scanned) -> None:
    wanted = {path for path in scanned.rows if not is_left_out_path(path)}

    assert len(scanned.rows) == FILES
    assert wanted - scanned.assets.keys() - scanned.skipped.keys() == set()
    assert scanned.assets.keys() & scanned.skipped.keys() == set()
    assert all(scanned.skipped.values())


def test_nothing_is_catalogued_that_is_hidden_or_not_there(scanned: Scanned) -> None:
    assert [path for path in scanned.assets if is_left_out_path(path)] == []
    assert scanned.assets.keys() - scanned.rows.keys() == {
        "README.md",
        "manifest.csv",
        "expected_metadata.jsonl",
    }


def test_size_and_content_are_the_manifests_whatever_the_file_holds(scanned: Scanned) -> None:
    found = scanned.agreement(
        lambda _: True, lambda asset: (str(asset.bytes), asset.sha256), "bytes", "sha256"
    )

    assert found.others == []


def test_width_and_height_are_the_manifests(scanned: Scanned) -> None:
    found = scanned.agreement(
        is_intact_and_sized,
        lambda asset: (str(asset.width), str(asset.height)),
        *("width", "height"),
    )
    told("width and height", found)

    assert found.of >= 470
    assert found.share >= 0.98, str(found)


def test_the_size_that_is_shown_is_the_manifests(scanned: Scanned) -> None:
    found = scanned.agreement(
        is_intact_and_sized,
        lambda asset: (str(asset.display_width), str(asset.display_height)),
        *("display_width", "display_height"),
    )
    told("size as shown", found)

    assert found.share >= 0.98, str(found)


def test_orientation_is_the_manifests(scanned: Scanned) -> None:
    found = scanned.agreement(
        lambda row: is_intact(row) and bool(row["orientation"]),
        lambda asset: (str(asset.orientation),),
        "orientation",
    )
    told("orientation", found)

    assert found.of >= 100
    assert found.share >= 0.98, str(found)


def test_the_format_is_the_manifests_whatever_the_name_says(scanned: Scanned) -> None:
    found = scanned.agreement(is_intact, lambda asset: (asset.format,), "kind")
    told("format", found)

    assert found.of >= 500
    assert found.share >= 0.98, str(found)


@pytest.mark.parametrize(
    ("formats", "kind"),
    [
        ("jpeg png tiff psd psb webp jxl avif gif jp2 heic heif bmp dng", Kind.IMAGE),
        ("mp4 mov webm mkv avi", Kind.VIDEO),
        ("mp3 flac wav ogg opus aiff m4a", Kind.AUDIO),
        ("docx xlsx pptx", Kind.DOCUMENT),
    ],
)
def test_the_kind_follows_from_the_format(scanned: Scanned, formats: str, kind: Kind) -> None:
    found = scanned.agreement(
        lambda row: row["expected"] in ("ok", "unsupported") and row["kind"] in formats.split(),
        lambda asset: () if asset.kind is kind else (asset.kind,),
    )

    assert found.of >= 3
    assert found.share >= 0.98, str(found)


def test_intact_files_have_a_picture_in_the_grid(scanned: Scanned) -> None:
    found = scanned.agreement(
        is_intact_and_sized,
        lambda asset: () if asset.path in scanned.pictures else asset.error,
    )
    told("thumbnails", found)

    assert found.share >= 0.975, str(found)


def test_what_is_hostile_or_damaged_and_has_no_picture_says_why(scanned: Scanned) -> None:
    silent = [
        path
        for path, asset in scanned.assets.items()
        if path in scanned.rows
        and scanned.rows[path]["expected"] != "ok"
        and path not in scanned.pictures
        and not asset.error
    ]

    assert silent == []


def told(what: str, found: Agreement) -> None:
    agreed = f"{found.of - len(found.others)} of {found.of}"
    print(json.dumps({f"corpus, {what}": agreed}))  # noqa: T201
