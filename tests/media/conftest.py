"""A pool of decoders for the whole session, and everything it says about the corpus."""

import csv
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bridge_app.domain.errors import BridgeError
from bridge_app.media.decoder_pool import DecoderPool, Limits
from bridge_app.media.facts import Inspection
from bridge_app.media.metadata_files import MetadataFiles
from tests.media.seen import ENDLESS, ENDLESS_SECONDS, SECONDS, Seen
from tests.media.writing import Copy


@pytest.fixture(scope="session")
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(size=2, limits=Limits(seconds=SECONDS)) as pool:
        yield pool


@pytest.fixture(scope="session")
def impatient() -> Iterator[DecoderPool]:
    with DecoderPool(size=1, limits=Limits(seconds=ENDLESS_SECONDS)) as pool:
        yield pool


@pytest.fixture(scope="session")
def seen(corpus: Path, pool: DecoderPool, impatient: DecoderPool) -> list[Seen]:
    """Every file of the manifest, inspected once."""

    def look(row: dict[str, str]) -> Seen:
        before = time.monotonic()
        asked = impatient if row["path"] in ENDLESS else pool
        answer: Inspection | BridgeError
        try:
            answer = asked.inspect(corpus / row["path"])
        except BridgeError as error:
            answer = error
        return Seen(row=row, answer=answer, seconds=time.monotonic() - before)

    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with ThreadPoolExecutor(2) as callers:
        return list(callers.map(look, rows))


@pytest.fixture
def files(pool: DecoderPool) -> MetadataFiles:
    """Who writes metadata, without ExifTool."""
    return MetadataFiles(pool, None)


@pytest.fixture
def copy(corpus: Path, tmp_path: Path) -> Copy:
    """A file of the corpus, copied so that it may be written to."""

    def copied(name: str, as_name: str = "") -> Path:
        place = tmp_path / (as_name or Path(name).name)
        shutil.copyfile(corpus / name, place)
        return place

    return copied


@pytest.fixture
def hero(copy: Copy) -> Path:
    """A JPEG that says something in every field."""
    return copy("metadata/IPTC-PhotometadataRef-Std2021.1.jpg", "hero.jpg")


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait for a condition, at most ten seconds."""

    def wait(condition: Callable[[], bool]) -> None:
        end, pause = time.monotonic() + 10, threading.Event()
        while not condition():
            assert time.monotonic() < end, "it did not come true in ten seconds"
            pause.wait(0.01)

    return wait
