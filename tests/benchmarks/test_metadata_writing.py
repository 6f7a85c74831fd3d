"""Writing metadata into JPEGs in bulk, against the ExifTool that is kept running."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.metadata_files import MetadataFiles, Way

COUNT = 90
LEAST = 0.8
ROUNDS = 3
CHANGES: dict[str, FieldValue] = {
    "title": "Bulk",
    "caption": "One caption for all of them",
    "keywords": ("alpha", "beta", "gamma"),
}
PHOTOGRAPHS = ("photos/canon-dslr.jpg", "photos/tanners_ridge.jpg", "metadata/iptc-2019.jpg")

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]


def copies(corpus: Path, folder: Path) -> list[Path]:
    folder.mkdir()
    made = []
    for number in range(COUNT):
        source = corpus / PHOTOGRAPHS[number % len(PHOTOGRAPHS)]
        made.append(folder / f"{number}.jpg")
        shutil.copyfile(source, made[-1])
    return made


def per_second(work: Callable[[], None]) -> float:
    before = time.perf_counter()
    work()
    return COUNT / (time.perf_counter() - before)


def all_of(threads: ThreadPoolExecutor, one: Callable[[Path], None], files: list[Path]) -> None:
    for _ in threads.map(one, files):
        pass


def by_exiftool(program: str, files: list[Path]) -> Callable[[], None]:
    said = [f"-XMP-dc:Title={CHANGES['title']}", f"-XMP-dc:Description={CHANGES['caption']}"]
    said += [f"-XMP-dc:Subject={word}" for word in ("alpha", "beta", "gamma")]
    asked = "".join(
        "\n".join([*said, "-P", "-overwrite_original", str(file), "-execute\n"]) for file in files
    )

    def work() -> None:
        command = [program, "-stay_open", "True", "-@", "-"]
        text = (asked + "-stay_open\nFalse\n").encode()
        subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)

    return work


def test_three_fields_are_written_nearly_as_fast_as_by_exiftool_or_faster(
    corpus: Path, tmp_path: Path
) -> None:
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("ExifTool (Debian: libimage-exiftool-perl) is not installed")
    ratios = []
    with DecoderPool(size=2) as pool, ThreadPoolExecutor(3) as threads:
        files = MetadataFiles(pool, None)
        warm = copies(corpus, tmp_path / "warm")[:6]
        list(threads.map(files.read, warm))

        def one(path: Path) -> None:
            made = files.write(path, changes=CHANGES, known=files.read(path))
            assert made.way is Way.INSIDE

        for turn in range(ROUNDS):
            ours = copies(corpus, tmp_path / f"ours{turn}")
            theirs = copies(corpus, tmp_path / f"theirs{turn}")
            rate = per_second(partial(all_of, threads, one, ours))
            other = per_second(by_exiftool(program, theirs))
            ratios.append(rate / other)
            sys.stdout.write(f"\n{rate:.0f} files/s, ExifTool {other:.0f}: {rate / other:.2f} x\n")
    assert sorted(ratios)[ROUNDS // 2] >= LEAST
