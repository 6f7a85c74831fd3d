"""Originals: whole or not at all, resumed, verified; with nothing of ours for other hosts."""

import errno
import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.errors import DiskFullError, FileTroubleError, ServiceTroubleError
from bridge_app.libraries.photoshelter.errors import (
    AlreadyFetchedError,
    NotThereError,
    StoppedError,
    UnsafeLinkError,
    WrongBytesError,
)
from bridge_app.libraries.photoshelter.values import Digests
from tests.libraries.photoshelter.conftest import CAPABLE, Brand, MakeBrand, Victim
from tests.libraries.photoshelter.hostile import Asked, Hostile, Said, refused, said

ID = "I0000abcdefghijk"
PATH = f"/media/{ID}/download"
DATA = bytes(range(256)) * 4096
SHA256 = hashlib.sha256(DATA).hexdigest()

Fetch = Callable[..., Digests]


@pytest.fixture
def fetch(victim: Victim, tmp_path: Path) -> Fetch:
    """Downloads `ID` into `tmp_path/master`."""

    def run(**options: Any) -> Digests:
        usual = {"expected": len(DATA), "on_bytes": lambda _: None, "cancelled": lambda: False}
        return victim.service.download(ID, tmp_path / "master", **{**usual, **options})

    return run


def ranged(asked: Asked, *, cut_after: int | None = None) -> Said:
    """An answer that knows ranges; `cut_after` so many bytes it ends without a word."""
    start = int(asked.headers.get("range", "bytes=0-")[6:-1])
    rest = DATA[start:]
    headers = {"Content-Range": f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"} if start else {}
    answer = Said(status=206 if start else 200, body=rest, headers={**headers, "ETag": '"v1"'})
    if cut_after is None or cut_after >= len(rest):
        return answer
    return replace(answer, body=rest[:cut_after], length=len(rest), cut=True)


def left_behind(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if not one.name.endswith(".etag.part")}


def test_an_original_is_fetched_and_named_by_what_it_holds(brand: Brand, tmp_path: Path) -> None:
    hero = brand.media("hero.tif", brand.gallery(), data=DATA)
    seen: list[int] = []
    found = brand.service().download(
        hero,
        tmp_path / "new" / "hero.tif",
        expected=len(DATA),
        on_bytes=seen.append,
        cancelled=lambda: False,
    )
    md5 = hashlib.md5(DATA, usedforsecurity=False).hexdigest()
    sha1 = hashlib.sha1(DATA, usedforsecurity=False).hexdigest()
    assert found == Digests(sha256=SHA256, sha1=sha1, md5=md5, bytes=len(DATA))
    assert (tmp_path / "new" / "hero.tif").read_bytes() == DATA
    assert left_behind(tmp_path / "new") == {"hero.tif"}
    assert seen == sorted(seen)
    assert seen[-1] == len(DATA)


def test_an_empty_original_is_an_empty_file(fetch: Fetch, tmp_path: Path) -> None:
    assert fetch(expected=0).bytes == 0
    assert (tmp_path / "master").read_bytes() == b""


def test_a_download_that_is_cut_goes_on_where_it_was_cut(
    hostile: Hostile, fetch: Fetch, tmp_path: Path
) -> None:
    hostile.on(PATH, lambda asked: ranged(asked, cut_after=300_000))
    assert fetch().sha256 == SHA256
    starts = [one.headers.get("range", "") for one in hostile.asked if one.path.endswith(PATH)]
    assert len(starts) == 4
    assert starts[0] == ""
    assert [int(start[6:-1]) for start in starts[1:]] == [300_000, 600_000, 900_000]
    assert {one.headers.get("if-range") for one in hostile.asked[1:]} >= {'"v1"'}
    assert left_behind(tmp_path) == {"master"}


def test_a_cancelled_download_goes_on_another_time(
    hostile: Hostile, fetch: Fetch, tmp_path: Path
) -> None:
    hostile.on(PATH, ranged)
    seen: list[int] = []
    with pytest.raises(StoppedError):
        fetch(on_bytes=seen.append, cancelled=lambda: bool(seen))
    assert left_behind(tmp_path) == {"master.part"}
    assert fetch().sha256 == SHA256
    assert hostile.asked[-1].headers["range"] == f"bytes={seen[-1]}-"


def test_a_service_that_knows_no_ranges_sends_it_again(hostile: Hostile, fetch: Fetch) -> None:
    hostile.on(PATH, Said(body=DATA[:70_000], length=len(DATA), cut=True), Said(body=DATA))
    assert fetch().sha256 == SHA256


def test_a_download_that_makes_no_headway_ends(hostile: Hostile, fetch: Fetch) -> None:
    hostile.on(PATH, Said(body=b"", length=len(DATA), cut=True), Said(cut=True))
    with pytest.raises(ServiceTroubleError):
        fetch()
    assert hostile.paths().count(f"GET {PATH}") == 5


def test_a_size_that_lies_leaves_nothing_behind(
    hostile: Hostile, fetch: Fetch, tmp_path: Path
) -> None:
    for answer in [
        Said(body=DATA + b"more"),
        Said(body=DATA + b"more", length=-1),
        Said(body=DATA[:-1]),
        Said(body=b""),
        Said(body=b"<html>Please log in</html>", headers={"Content-Type": "text/html"}),
        Said(status=206, body=DATA, headers={"Content-Range": "bytes 5-9/10"}),
        Said(status=206, body=DATA, headers={"Content-Range": "bytes 0-9/10"}),
        Said(status=206, body=DATA),
        refused(416),
    ]:
        hostile.on(PATH, answer)
        with pytest.raises(WrongBytesError):
            fetch()
        assert left_behind(tmp_path) == set()


def test_a_part_that_is_longer_than_the_file_is_thrown_away(
    hostile: Hostile, fetch: Fetch, tmp_path: Path
) -> None:
    (tmp_path / "master.part").write_bytes(DATA + b"of another file")
    hostile.on(PATH, ranged)
    assert fetch().sha256 == SHA256


def test_a_file_that_was_replaced_meanwhile_is_sent_whole(hostile: Hostile, fetch: Fetch) -> None:
    old = Said(body=b"\0" * 90_000, headers={"ETag": '"v0"'}, length=len(DATA), cut=True)
    hostile.on(PATH, old, Said(body=DATA, headers={"ETag": '"v1"'}))
    assert fetch().sha256 == SHA256
    assert hostile.asked[-1].headers["if-range"] == '"v0"'


def test_a_file_that_was_replaced_before_another_start_is_never_mixed_with_the_old_one(
    hostile: Hostile, fetch: Fetch, tmp_path: Path
) -> None:
    old = Said(body=b"\0" * 90_000, headers={"ETag": '"v0"'}, length=len(DATA), cut=True)
    hostile.on(PATH, old)
    seen: list[int] = []
    with pytest.raises(StoppedError):
        fetch(on_bytes=seen.append, cancelled=lambda: bool(seen))

    def asks_for_its_own(asked: Asked) -> Said:
        is_same = asked.headers.get("if-range", '"v1"') == '"v1"'
        return ranged(asked) if is_same else Said(body=DATA, headers={"ETag": '"v1"'})

    hostile.on(PATH, asks_for_its_own)
    assert fetch().sha256 == SHA256
    assert [one.name for one in tmp_path.iterdir()] == ["master"]


def test_a_part_of_another_file_is_no_part_of_this_one(hostile: Hostile, fetch: Fetch) -> None:
    old = Said(body=b"\0" * 90_000, headers={"ETag": '"v0"'}, length=len(DATA), cut=True)
    hostile.on(PATH, old, ranged)
    with pytest.raises(WrongBytesError, match="another file"):
        fetch()
    assert fetch().sha256 == SHA256


def test_what_is_not_there_any_more_is_said(hostile: Hostile, fetch: Fetch) -> None:
    hostile.on(PATH, refused(404))
    with pytest.raises(NotThereError):
        fetch()


def test_an_ended_session_is_renewed_for_a_download(make_brand: MakeBrand, tmp_path: Path) -> None:
    brand = make_brand(token_seconds=60)
    hero = brand.media("hero.tif", brand.gallery(), data=DATA)
    service = brand.service()
    brand.state.clock.advance(timedelta(hours=1))
    with service.stream(hero) as pieces:
        assert b"".join(pieces) == DATA
    assert len(brand.kept.saved) == 1


def test_two_do_not_write_into_one_file(
    hostile: Hostile, victim: Victim, fetch: Fetch, tmp_path: Path
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(asked: Asked) -> Said:
        begun.set()
        assert go_on.wait(10)
        return ranged(asked)

    hostile.on(PATH, slowly)
    first = threading.Thread(target=fetch)
    first.start()
    assert begun.wait(10)
    with pytest.raises(AlreadyFetchedError):
        fetch()
    go_on.set()
    first.join()
    assert (tmp_path / "master").read_bytes() == DATA


def test_a_full_disk_is_said_and_what_arrived_is_kept(
    hostile: Hostile, fetch: Fetch, tmp_path: Path
) -> None:
    def full(arrived: int) -> None:
        raise OSError(errno.ENOSPC, f"after {arrived}")

    hostile.on(PATH, ranged)
    with pytest.raises(DiskFullError):
        fetch(on_bytes=full)
    assert left_behind(tmp_path) == {"master.part"}


def test_a_folder_that_cannot_be_written_to_is_said(
    hostile: Hostile, victim: Victim, tmp_path: Path
) -> None:
    hostile.on(PATH, ranged)
    (tmp_path / "file").write_bytes(b"no folder")
    with pytest.raises(FileTroubleError):
        victim.service.download(
            ID,
            tmp_path / "file" / "master",
            expected=len(DATA),
            on_bytes=lambda _: None,
            cancelled=lambda: False,
        )


def test_a_redirect_to_another_host_gets_nothing_of_ours(
    hostile: Hostile, fetch: Fetch, other: Hostile
) -> None:
    hostile.on(PATH, Said(status=302, headers={"Location": f"{other.root}/store/file"}))
    other.on("/store/file", ranged)
    assert fetch().sha256 == SHA256
    (asked,) = other.asked
    assert not {"x-ps-api-key", "x-ps-auth-token", "authorization", "cookie"} & set(asked.headers)


def test_a_redirect_that_is_not_safe_is_not_followed(hostile: Hostile, fetch: Fetch) -> None:
    for location in ["http://192.0.2.1/x", "ftp://127.0.0.1/x", "file:///etc/passwd", ""]:
        hostile.on(PATH, Said(status=302, headers={"Location": location}))
        with pytest.raises(UnsafeLinkError):
            fetch()


def test_redirects_without_an_end_are_not_followed(hostile: Hostile, fetch: Fetch) -> None:
    hostile.on(PATH, Said(status=302, headers={"Location": f"{hostile.root}/round"}))
    hostile.on("/round", Said(status=302, headers={"Location": "/round"}))
    with pytest.raises(UnsafeLinkError):
        fetch()
    assert hostile.paths().count("GET /round") == 5


def test_a_master_is_streamed_through(brand: Brand) -> None:
    hero = brand.media("hero.tif", brand.gallery(), data=DATA)
    with brand.service().stream(hero) as pieces:
        assert b"".join(pieces) == DATA


def test_a_link_gives_a_master_to_whoever_has_it(brand: Brand, other: Hostile) -> None:
    hero = brand.media("hero.tif", brand.gallery(), data=DATA)
    link = brand.service().download_link(hero)
    assert link is not None
    assert (link.bytes, link.md5) == (
        len(DATA),
        hashlib.md5(DATA, usedforsecurity=False).hexdigest(),
    )
    assert link.expires_at is not None
    assert link.url not in repr(link)


def test_no_link_is_asked_for_where_none_is_offered(make_brand: MakeBrand) -> None:
    brand = make_brand(capabilities=frozenset())
    hero = brand.media("hero.tif", brand.gallery(), data=DATA)
    service = brand.service()
    assert service.download_link(hero) is None
    assert not any("download" in call for call in brand.calls())


def test_a_link_that_is_not_safe_is_handed_to_nobody(hostile: Hostile, victim: Victim) -> None:
    for url in [
        "http://192.0.2.1/x",
        "https://user:word@example.com/x",
        "javascript:0",
        "x" * 9000,
        "",
    ]:
        hostile.on("/version", said(CAPABLE))
        hostile.on(PATH, said({"attributes": {"link": url, "md5": "0" * 32, "file_size": 3}}))
        with pytest.raises(UnsafeLinkError):
            victim.service.download_link(ID)
