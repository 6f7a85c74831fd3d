"""What a bad file can do to the program: cost its own request, and nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import DecoderLimitError, FileTroubleError, MediaError
from bridge_app.media.decoder_pool import DecoderPool, Limits
from bridge_app.media.facts import Picture
from bridge_app.transform import TransformationError
from tests.media.processes import children, cpu_seconds, lives

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    Image.new("RGB", (64, 32), (200, 30, 40)).save(path)
    return path


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A drawing that says "ten of the one before" ten times over."""
    groups = "".join(
        f'<g id="g{level}">{f"<use href={chr(34)}#g{level - 1}{chr(34)}/>" * 10}</g>'
        for level in range(1, 11)
    )
    path = tmp_path / "endless.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>'
        f'<g id="g0"><rect width="9" height="9"/></g>{groups}</defs><use href="#g10"/></svg>'
    )
    return path


def is_busy(pool: DecoderPool) -> bool:
    return any(cpu_seconds(pid) > 0.5 for pid in pool.pids)


def asked(pool: DecoderPool, path: Path) -> "Future[Picture]":
    """A thumbnail asked for by another thread."""
    answer: Future[Picture] = Future()

    def ask() -> None:
        try:
            answer.set_result(pool.thumbnail(path, edge_px=256))
        except MediaError as error:
            answer.set_exception(error)

    threading.Thread(target=ask).start()
    return answer


def test_one_reading_gives_facts_metadata_and_a_thumbnail(pool: DecoderPool, corpus: Path) -> None:
    found = pool.inspect(corpus / "metadata/iptc-2016.jpg", edge_px=100)

    assert (found.facts.kind, found.facts.format) == (Kind.IMAGE, "jpeg")
    assert found.embedded.title == "The Title (ref2016)"
    assert found.embedded.keywords == (
        "Keyword1ref2016",
        "Keyword2ref2016",
        "Keyword3ref2016",
    )
    assert found.thumbnail is not None
    assert (found.thumbnail.width, found.thumbnail.height) == (100, 50)
    assert found.trouble is None


def test_children_are_kept_and_outlive_the_thread_that_started_them(picture: Path) -> None:
    with DecoderPool(size=1) as pool:
        asked(pool, picture).result(timeout=30)
        first = pool.pids
        pool.probe(picture)

        assert pool.pids == first


def test_a_child_that_is_killed_costs_its_own_request_alone(
    endless: Path, picture: Path, until: Until
) -> None:
    with DecoderPool(size=1) as pool:
        answer = asked(pool, endless)
        until(lambda: is_busy(pool))
        os.kill(pool.pids[0], signal.SIGKILL)

        with pytest.raises(DecoderLimitError, match="crashed"):
            answer.result(timeout=10)
        assert pool.thumbnail(picture, edge_px=16).width == 16


def test_a_file_that_takes_too_long_is_given_up(endless: Path, picture: Path) -> None:
    with DecoderPool(size=1, limits=Limits(seconds=1.0)) as pool:
        before = time.monotonic()
        with pytest.raises(DecoderLimitError, match="longer than 1 seconds"):
            pool.thumbnail(endless, edge_px=256)

        assert time.monotonic() - before < 10
        assert pool.probe(picture).width == 64


def test_what_is_known_before_the_end_is_not_lost(endless: Path) -> None:
    with DecoderPool(size=1, limits=Limits(seconds=1.0)) as pool:
        found = pool.inspect(endless)

    assert found.facts.format == "svg"
    assert found.thumbnail is None
    assert found.trouble is not None
    assert "longer than 1 seconds" in found.trouble


def test_a_file_that_needs_too_much_memory_is_given_up(corpus: Path, picture: Path) -> None:
    with DecoderPool(size=1, limits=Limits(memory_bytes=500 << 20)) as pool:
        with pytest.raises(DecoderLimitError):
            pool.thumbnail(corpus / "hostile/black_large.webp", edge_px=64)

        assert pool.thumbnail(picture, edge_px=16).width == 16


def test_more_pixels_than_allowed_are_not_decoded(picture: Path) -> None:
    with (
        DecoderPool(size=1, limits=Limits(pixels=64 * 32 - 1)) as pool,
        pytest.raises(DecoderLimitError, match="64 x 32 pixels"),
    ):
        pool.thumbnail(picture, edge_px=16)


def test_a_child_is_replaced_after_its_share_of_files(picture: Path) -> None:
    with DecoderPool(size=1, limits=Limits(requests=2)) as pool:
        seen = []
        for _ in range(4):
            pool.probe(picture)
            seen.append(pool.pids)

    assert seen[0] != ()
    assert seen[1] == ()
    assert seen[2] not in ((), seen[0])


def test_many_threads_share_the_children(picture: Path) -> None:
    with DecoderPool(size=2) as pool, ThreadPoolExecutor(8) as callers:
        made = list(callers.map(lambda _: pool.thumbnail(picture, edge_px=8), range(40)))

        assert {(each.width, each.height) for each in made} == {(8, 4)}
        assert len(pool.pids) <= 2


def test_an_urgent_file_goes_before_those_that_wait(
    endless: Path, picture: Path, until: Until
) -> None:
    done: list[str] = []

    def probe(name: str, *, urgent: bool) -> None:
        pool.probe(picture, urgent=urgent)
        done.append(name)

    with DecoderPool(size=1, limits=Limits(seconds=2.0)) as pool:
        answer = asked(pool, endless)
        until(lambda: is_busy(pool))
        waiting = [
            threading.Thread(target=probe, args=("patient",), kwargs={"urgent": False}),
            threading.Thread(target=probe, args=("urgent",), kwargs={"urgent": True}),
        ]
        for count, thread in enumerate(waiting, start=1):
            thread.start()
            until(lambda count=count: pool.waiting == count)  # type: ignore[misc]
        for thread in waiting:
            thread.join(30)
        assert isinstance(answer.exception(timeout=1), DecoderLimitError)

    assert done == ["urgent", "patient"]


def test_closing_ends_a_hung_child_within_two_seconds(endless: Path, until: Until) -> None:
    pool = DecoderPool(size=1)
    answer = asked(pool, endless)
    until(lambda: is_busy(pool))
    [pid] = pool.pids

    before = time.monotonic()
    pool.close()

    assert time.monotonic() - before < 2
    assert not lives(pid)
    assert "closed" in str(answer.exception(timeout=2))


def test_a_closed_pool_says_so(picture: Path) -> None:
    pool = DecoderPool()
    pool.close()

    with pytest.raises(MediaError, match="closed"):
        pool.inspect(picture)


def test_no_child_outlives_a_killed_program(endless: Path, picture: Path, until: Until) -> None:
    program = (
        "import sys, threading\n"
        "from pathlib import Path\n"
        "from bridge_app.media.decoder_pool import DecoderPool\n"
        "pool = DecoderPool(size=2)\n"
        "idle, hung = map(Path, sys.argv[1:])\n"
        "threads = [threading.Thread(target=pool.probe, args=(idle,)) for _ in range(2)]\n"
        "[thread.start() for thread in threads], [thread.join() for thread in threads]\n"
        "pool.probe(idle)\n"
        "threading.Thread(target=pool.thumbnail, args=(hung,), kwargs={'edge_px': 99}).start()\n"
        "print('ready', flush=True)\n"
        "threading.Event().wait()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(picture), str(endless)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        decoders = children(parent.pid)
        until(lambda: any(cpu_seconds(pid) > 0.6 for pid in decoders))
        parent.kill()

    assert decoders != []
    until(lambda: not any(lives(pid) for pid in decoders))


def test_a_missing_file_a_folder_and_a_pipe_are_trouble_with_the_file(
    pool: DecoderPool, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")

    for path in (tmp_path / "absent.jpg", tmp_path, tmp_path / "pipe.jpg"):
        with pytest.raises(FileTroubleError, match="could not be read"):
            pool.inspect(path)


@pytest.mark.parametrize("name", [b"caf\xe9.png", b"new\nline.png", b"a[page=1].png", b"-v.png"])
def test_any_name_a_disk_can_hold_is_read(
    pool: DecoderPool, picture: Path, tmp_path: Path, name: bytes
) -> None:
    path = tmp_path / os.fsdecode(name)
    picture.rename(path)

    assert pool.inspect(path).thumbnail is not None


def test_a_rendition_is_rendered_in_the_child(pool: DecoderPool, picture: Path) -> None:
    rendered = pool.render(picture, "c_fill,w_20,h_20/f_png")

    assert (rendered.width, rendered.height, rendered.format) == (20, 20, "png")
    assert rendered.data.startswith(b"\x89PNG")


def test_a_wrong_transformation_is_reported_with_its_position(
    pool: DecoderPool, picture: Path
) -> None:
    with pytest.raises(TransformationError) as caught:
        pool.render(picture, "c_fill,w_twenty")

    assert caught.value.position == "c_fill,w_twenty".index("twenty")
    assert caught.value.found == "twenty"


def test_a_file_without_a_picture_is_a_media_error(pool: DecoderPool, corpus: Path) -> None:
    with pytest.raises(MediaError, match="flac files have no picture"):
        pool.thumbnail(corpus / "audio/FLAC.flac", edge_px=64)
