"""Keeping the catalog true to a folder: what comes, changes, moves and goes."""

import os
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.assets import Kind
from bridge_app.domain.query import Query
from bridge_app.libraries.library import UNSEEN_QUIET_NS
from bridge_app.work import scan_run
from bridge_app.work.events import ScanProgress
from tests.desk import PATIENCE_S, Desk, picture

APPEARS_S = 2.0
"""Seconds in which a change has to be seen."""


def seconds_until(desk: Desk, names: set[str]) -> float:
    began = datetime.now(UTC)  # noqa: TID251
    desk.until(lambda: set(desk.names()) == names, what=f"{names}, not {desk.names()}")
    return (datetime.now(UTC) - began).total_seconds()  # noqa: TID251


def test_a_folder_is_catalogued_with_what_is_in_it(desk: Desk) -> None:
    picture(desk.folder / "a" / "one.jpg")
    (desk.folder / "a" / "notes.txt").write_text("words")
    (desk.folder / ".hidden.jpg").write_bytes(b"x")
    (desk.folder / "Thumbs.db").write_bytes(b"x")
    desk.library()
    found = {asset.name: asset for asset in desk.assets()}
    assert found.keys() == {"one.jpg", "notes.txt"}
    assert (found["one.jpg"].kind, found["one.jpg"].width) == (Kind.IMAGE, 320)
    assert found["notes.txt"].sha256 is not None


def test_how_many_files_were_found_is_told_while_they_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_run, "BATCH", 1)
    for number in range(2 * scan_run.IN_FLIGHT):
        picture(desk.folder / f"{number}.jpg", number, size=(16, 16))
    desk.library()
    told = [one for one in desk.events if isinstance(one, ScanProgress) and one.total is None]
    reading = [one for one in told if one.read]
    assert reading
    assert all(one.found > one.read for one in reading)


def test_new_changed_moved_and_deleted_files_appear_in_time(desk: Desk) -> None:
    picture(desk.folder / "first.jpg")
    desk.library()
    took = []
    picture(desk.folder / "second.jpg", seed=2)
    took.append(seconds_until(desk, {"first.jpg", "second.jpg"}))
    identity = desk.asset("second.jpg").id
    (desk.folder / "second.jpg").rename(desk.folder / "moved.jpg")
    took.append(seconds_until(desk, {"first.jpg", "moved.jpg"}))
    assert desk.asset("moved.jpg").id == identity
    (desk.folder / "first.jpg").unlink()
    took.append(seconds_until(desk, {"moved.jpg"}))
    before = desk.asset("moved.jpg").sha256
    picture(desk.folder / "moved.jpg", seed=3)
    desk.until(lambda: desk.asset("moved.jpg").sha256 != before, what="the change")
    assert max(took) < PATIENCE_S / 5, took


def test_a_folder_moved_in_and_out_again_is_followed(desk: Desk, tmp_path: Path) -> None:
    desk.library()
    picture(tmp_path / "outside" / "deep" / "one.jpg")
    shutil.move(tmp_path / "outside", desk.folder / "inside")
    desk.until(lambda: desk.names() == ["one.jpg"], what="the folder")
    shutil.move(desk.folder / "inside", tmp_path / "outside")
    desk.until(lambda: desk.names() == [], what="the folder to be gone")


def test_a_file_that_is_still_written_is_not_taken_half(desk: Desk) -> None:
    desk.library()
    content = picture(desk.home / "source.jpg", size=(900, 700)).read_bytes()
    pause = threading.Event()
    with (desk.folder / "slow.jpg").open("wb") as file:
        for start in range(0, len(content), len(content) // 6):
            file.write(content[start : start + len(content) // 6])
            file.flush()
            pause.wait(0.25)
            assert desk.names() == []
    desk.until(lambda: desk.names() == ["slow.jpg"], what="the whole file")
    assert desk.asset("slow.jpg").bytes == len(content)
    assert desk.asset("slow.jpg").error is None


def test_a_writer_that_rests_longer_than_a_file_does_is_waited_for(desk: Desk) -> None:
    desk.library()
    content = picture(desk.home / "source.jpg", size=(900, 700)).read_bytes()
    half = len(content) // 2
    with (desk.folder / "slow.jpg").open("wb") as file:
        file.write(content[:half])
        file.flush()
        threading.Event().wait(UNSEEN_QUIET_NS / 1e9 + 0.5)
        assert desk.names() == []
        file.write(content[half:])
    desk.until(lambda: desk.names() == ["slow.jpg"], what="the whole file")
    assert desk.asset("slow.jpg").bytes == len(content)


def test_decisions_and_identity_follow_a_moved_file(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    (desk.folder / "final").mkdir()
    (desk.folder / "hero.jpg").rename(desk.folder / "final" / "hero_v2.jpg")
    desk.until(lambda: desk.names() == ["hero_v2.jpg"], what="the move")
    assert desk.asset("hero_v2.jpg").approval == "approved"


def test_an_unmounted_library_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.folder.rename(tmp_path / "away")
    desk.until(
        lambda: any(isinstance(e, ScanProgress) and e.trouble for e in desk.events),
        what="the trouble to be told",
    )
    assert desk.names() == ["hero.jpg"]
    (tmp_path / "away").rename(desk.folder)
    desk.until(lambda: desk.names() == ["hero.jpg"], what="the library to be back")


def test_many_files_gone_at_once_are_kept_until_a_person_says_so(desk: Desk) -> None:
    for number in range(25):
        picture(desk.folder / f"{number:02}.jpg", seed=number)
    record = desk.library()
    for path in desk.folder.iterdir():
        path.unlink()
    desk.until(
        lambda: len(desk.assets(Query(unreadable=True))) == 25, what="the files to be missing"
    )
    assert len(desk.assets()) == 25
    desk.parts.worker.forget_missing(record.id)
    assert desk.assets() == []


def test_a_scan_can_be_cancelled_and_removes_nothing(desk: Desk) -> None:
    for number in range(60):
        picture(desk.folder / f"{number:02}.jpg", seed=number)
    record = desk.parts.worker.add_library(desk.folder)
    desk.until(lambda: len(desk.assets()) > 0, what="the first files")
    desk.parts.worker.cancel_scan(record.id)
    desk.settled()
    assert 0 < len(desk.assets()) <= 60
    desk.parts.worker.scan(record.id)
    desk.until(lambda: len(desk.assets()) == 60, what="the rest")


def test_special_files_and_loops_are_skipped_with_the_reason(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    os.mkfifo(desk.folder / "pipe")
    (desk.folder / "loop").symlink_to(desk.folder)
    (desk.folder / "dead").symlink_to(desk.folder / "nothing")
    record = desk.library()
    with desk.parts.stock.readers.lent() as reader:
        skipped = {file.path: file.reason for file in reader.skipped(record.id)}
    assert skipped.keys() == {"pipe", "loop", "dead"}
    assert all(skipped.values())
    assert desk.names() == ["hero.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        "emoji 🏖️ on the beach.jpg",
        "\u202e\u0634\u0627\u0637\u0626.jpg",
        "line\nbreak.jpg",
        "é" * 120 + ".jpg",
        "e\u0301 decomposed.jpg",
        "a'b\"c;--<b>&%2F#?.jpg",
        "=cmd|x.jpg",
        os.fsdecode(b"not \xff utf-8.jpg"),
    ],
    ids=range(8),
)
def test_difficult_names_survive_from_the_folder_to_the_delivery_url(desk: Desk, name: str) -> None:
    picture(desk.folder / name)
    desk.library()
    desk.approve()
    (job,) = desk.push()
    (asset,) = desk.assets()
    assert job.error is None
    assert asset.path == name
    assert asset.cloud is not None
    assert desk.rendition(asset, "thumbnail").width == 320


def test_composed_and_decomposed_twins_stay_two_everywhere(desk: Desk) -> None:
    picture(desk.folder / "\u00e9.jpg", seed=1)
    picture(desk.folder / "e\u0301.jpg", seed=2)
    desk.library()
    desk.approve()
    desk.push()
    copies = {asset.cloud.public_id for asset in desk.assets() if asset.cloud}
    assert len(copies) == 2


def test_dropped_files_are_copied_into_the_library(desk: Desk, tmp_path: Path) -> None:
    record = desk.library()
    source = picture(tmp_path / "desktop" / "dropped.jpg")
    desk.parts.worker.take_in([source], record.id, "")
    desk.until(lambda: desk.names() == ["dropped.jpg"], what="the copy")
    assert source.exists()


PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>"""


def test_a_sidecar_is_part_of_its_master_and_no_asset(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    before = desk.asset("hero.jpg")
    (desk.folder / "hero.xmp").write_text(PACKET, encoding="utf-8")
    desk.until(lambda: desk.asset("hero.jpg").rating == 4, what="the sidecar's rating")
    assert desk.names() == ["hero.jpg"]
    assert (desk.asset("hero.jpg").id, desk.asset("hero.jpg").sha256) == (before.id, before.sha256)
    (desk.folder / "hero.xmp").unlink()
    desk.until(lambda: desk.asset("hero.jpg").rating is None, what="the rating to be gone")


def test_a_sidecar_alone_is_an_asset_until_its_master_comes(desk: Desk) -> None:
    (desk.folder / "hero.xmp").write_text(PACKET, encoding="utf-8")
    desk.library()
    assert desk.names() == ["hero.xmp"]
    picture(desk.folder / "hero.jpg")
    desk.until(lambda: desk.names() == ["hero.jpg"], what="the master alone")
    desk.until(lambda: desk.asset("hero.jpg").rating == 4, what="the sidecar's rating")
