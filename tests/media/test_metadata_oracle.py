"""ExifTool and we read what the other wrote, for every field and every kind of file."""

import csv
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bridge_app.domain.errors import BridgeError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.exiftool import ExifTool
from bridge_app.media.metadata_files import INSIDE, MetadataFiles
from tests.media.oracle import (
    EDITABLE,
    UNKNOWN,
    agrees,
    foreign_tags,
    read_by_exiftool,
    samples,
    tags,
    warnings_of,
    write_with_exiftool,
)

FEW = (
    "metadata/IPTC-PhotometadataRef-Std2021.1.jpg",
    "metadata/iptc-2019.jpg",
    "metadata/DSCN0021.jpg",  # a namespace without the slash that Adobe's library adds
    "orientation/f1t.jpg",
    "metadata/PNG.png",
    "metadata/xmp.webp",
    "psd/4x4_32bit_grayscale.psd",
    "orientation/g4_orientation_2.tif",
    "metadata/tif-with-iptc-icc-xmp.tif",  # IIM in a tag, and nothing of it in Photoshop's block
    "psd/adobehq_ind.psd",  # a packet with a name of its own
)
BEYOND_EXIV2 = (  # which tells a gain map's XMP, or none
    "heic/empty_icc.heic",
    "heic/iphone_15_pro.heic",
    "heic/testHEIF.heic",
    "raw/CRW.CRW",
)
WRITTEN_BY_EXIFTOOL = (
    *("ai", "arw", "avif", "cr3", "crw", "dng", "eps", "gif", "heic", "heif", "jp2", "jpeg"),
    *("jxl", "mov", "mp4", "nef", "pdf", "pef", "png", "psb", "psd", "tiff", "webp", "3gp"),
)
BY_EXIFTOOL = ("avif", "heic", "heif", "mp4", "mov", "3gp", "pdf", "ai", "jp2")


@dataclass(slots=True)
class Round:
    """Files before and after all fields were written into them."""

    sources: dict[Path, str]
    before: dict[Path, dict[str, object]] = field(default_factory=dict)
    after: dict[Path, dict[str, object]] = field(default_factory=dict)
    warned: dict[Path, set[str]] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def disagreements(self) -> list[str]:
        wanted = samples()
        return [
            f"{self.sources[file]}: {one.id}"
            for file, said in self.after.items()
            for one in EDITABLE
            if not agrees(one, wanted[one.id], read_by_exiftool(one, said))
        ]

    def changed(self) -> list[str]:
        return [
            f"{self.sources[file]}: {name} {before.get(name)!r:.60} {after.get(name)!r:.60}"
            for file in self.after
            for before in [foreign_tags(self.before[file], EDITABLE)]
            for after in [foreign_tags(self.after[file], EDITABLE)]
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        ]


def played(files: MetadataFiles, sources: dict[Path, str]) -> Round:
    """Write every field into each file, and have ExifTool look before and after."""
    turn = Round(sources)
    turn.before = tags(list(sources))
    warned = warnings_of(list(sources))
    inside = []
    for file, name in sources.items():
        try:
            made = files.write(file, changes=samples(), known=files.read(file))
        except BridgeError as error:
            turn.refused.append(f"{name}: {error}")
            continue
        if made.target == file:
            inside.append(file)
        else:
            turn.beside.append(name)
    turn.after = tags(inside)
    for file, told in warnings_of(inside).items():
        turn.warned[file] = told - warned[file]
    return turn


def copied(corpus: Path, folder: Path, names: Iterator[str]) -> dict[Path, str]:
    sources = {}
    for number, name in enumerate(names):
        place = folder / f"{number}{Path(name).suffix}"
        shutil.copyfile(corpus / name, place)
        sources[place] = name
    return sources


@pytest.fixture(scope="module")
def few(pool: DecoderPool, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Round:
    sources = copied(corpus, tmp_path_factory.mktemp("few"), iter(FEW))
    return played(MetadataFiles(pool, None), sources)


def test_exiftool_reads_every_field_that_we_wrote(few: Round) -> None:
    assert few.disagreements() == []
    assert len(few.after) == len(FEW)


def test_no_other_tag_changes(few: Round) -> None:
    assert few.changed() == []


def test_exiftools_validation_finds_nothing_new(few: Round) -> None:
    assert {few.sources[file]: told for file, told in few.warned.items() if told} == {}


def unread(pool: DecoderPool, file: Path) -> list[str]:
    """The fields of a file that ExifTool wrote and that we read in another way."""
    said, wanted = pool.read_record(file).record, samples()
    return [
        one.id
        for one in EDITABLE
        if one.id not in UNKNOWN and not agrees(one, wanted[one.id], said.get(one.id))
    ]


def test_we_read_every_field_that_exiftool_wrote(
    pool: DecoderPool, corpus: Path, tmp_path: Path
) -> None:
    sources = copied(corpus, tmp_path, iter((*FEW[3:], *BEYOND_EXIV2)))
    write_with_exiftool(list(sources), samples())

    assert {sources[file]: wrong for file in sources if (wrong := unread(pool, file))} == {}


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_we_read_what_exiftool_wrote_into_the_whole_corpus(
    pool: DecoderPool, corpus: Path, tmp_path: Path
) -> None:
    for kind, names in known_kinds(corpus, WRITTEN_BY_EXIFTOOL):
        folder = tmp_path / kind
        folder.mkdir()
        sources = copied(corpus, folder, iter(names))
        before = {file: file.read_bytes() for file in sources}
        write_with_exiftool(list(sources), samples())
        taken = [file for file in sources if file.read_bytes() != before[file]]
        told = tags(taken) if taken else {}
        # What ExifTool leaves as it was, it refused to write there.
        there = {
            (file, one.id)
            for file in taken
            for one in EDITABLE
            if agrees(one, samples()[one.id], read_by_exiftool(one, told[file]))
        }
        found = ((file, one) for file in taken for one in unread(pool, file))
        wrong = [f"{sources[file]}: {one}" for file, one in found if (file, one) in there]
        total = len(there)
        lines = (
            f"{kind}: ExifTool wrote {len(taken)} of {len(names)}; "
            f"{total - len(wrong)} of {total} fields agree",
            *wrong,
        )
        sys.stdout.write("\n" + "\n  ".join(lines) + "\n")
        assert wrong == []


def known_kinds(corpus: Path, kinds: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The sound files of each kind that are not too large."""
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["expected"] == "ok"]
    for kind in kinds:
        yield kind, [r["path"] for r in rows if r["kind"] == kind and int(r["bytes"]) < 5e6]


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_exiftool_reads_what_we_wrote_into_the_whole_corpus(
    pool: DecoderPool, corpus: Path, tmp_path: Path
) -> None:
    program = ExifTool.installed()
    files = MetadataFiles(pool, program)
    for kind, names in known_kinds(corpus, (*sorted(INSIDE), *BY_EXIFTOOL)):
        folder = tmp_path / kind
        folder.mkdir()
        turn = played(files, copied(corpus, folder, iter(names)))
        wrong, total = turn.disagreements(), len(turn.after) * len(EDITABLE)
        warned = [
            f"{turn.sources[file]}: {told}" for file in turn.after for told in turn.warned[file]
        ]
        lines = (
            f"{kind}: {len(turn.after)} inside, {len(turn.beside)} beside of {len(names)}; "
            f"{total - len(wrong)} of {total} fields agree, {len(turn.changed())} others differ",
            *(*wrong, *turn.changed(), *turn.refused, *warned),
        )
        sys.stdout.write("\n" + "\n  ".join(lines) + "\n")
        assert len(wrong) <= total * 0.01
    if program is not None:
        program.close()
