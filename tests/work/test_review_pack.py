"""Review packs handed out and taken back: what is in them, and what is recorded of them once."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.approvals import Approval, subject_text
from bridge_app.domain.assets import Asset
from bridge_app.domain.audit import AuditFilter
from bridge_app.domain.comments import Moment, Point, Region
from bridge_app.domain.errors import FileTroubleError, NotFoundError, OfflineError
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.domain.review_pack import Hindrance, ReviewPackError, VerdictFileError
from bridge_app.domain.review_requests import review_items
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.rendition_files import FileTakenError
from bridge_app.work.review_pack import (
    AlreadyImportedError,
    ExportStoppedError,
    PackMade,
    PackWish,
    ReviewPackDesk,
)
from tests import packs
from tests.desk import Desk, picture

SMALL = next(one for one in READY_PRESETS if one.name == "thumbnail")
SUBJECT = subject_text(SMALL.transformation, SMALL.format)


def stocked(home: Path, decoder: DecoderPool) -> Desk:
    """Two masters, catalogued, and no account."""
    desk = Desk(home, sandbox=None, decoder=decoder)
    for number, name in enumerate(("harbour.jpg", "ridge.jpg")):
        picture(desk.folder / name, number, (640, 400))
    desk.open()
    desk.library()
    return desk


@pytest.fixture(scope="module")
def stock(decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of such a desk; its masters are shared, and only read."""
    home = tmp_path_factory.mktemp("stock")
    stocked(home, decoder).close()
    return home


@pytest.fixture
def studio(stock: Path, tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """A desk with a copy of that profile."""
    shutil.copytree(stock / "profile", tmp_path / "desk" / "profile")
    desk = Desk(tmp_path / "desk", sandbox=None, decoder=decoder)
    yield desk
    desk.close()


@pytest.fixture
def workshop(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    """A desk with masters of its own, which may change."""
    desk = stocked(tmp_path / "desk", decoder)
    yield desk
    desk.close()


def door(desk: Desk) -> ReviewPackDesk:
    return desk.parts.worker.review_packs


def handed_out(desk: Desk, target: Path, *, title: str = "Spring") -> PackMade:
    assets = [desk.asset(name).id for name in ("harbour.jpg", "ridge.jpg")]
    items = review_items(assets, [SMALL], masters=True)
    return door(desk).export(PackWish(title=title, items=items, target=target))


def with_rabbit(desk: Desk, corpus: Path) -> Path:
    """The file of a film of five seconds, 320 × 240, that was catalogued."""
    film = desk.put(corpus / "video" / "rabbit320.webm")
    desk.parts.worker.scan(desk.asset("ridge.jpg").library)
    desk.until(lambda: "rabbit320.webm" in desk.names(), what="the film")
    return film


def verdict(made: PackMade, number: int, approval: str = "approved", **more: object) -> Any:
    return packs.verdict(made.pack.items[number], approval, **more)


def came_back(folder: Path, made: PackMade, *verdicts: object, **more: object) -> Path:
    path = folder / "verdicts.json"
    path.write_bytes(packs.verdict_document(str(more.pop("pack", made.pack.id)), verdicts, **more))
    return path


def signed(desk: Desk, asset: Asset) -> list[tuple[str, str, Approval]]:
    history = desk.parts.worker.history(asset.id)
    return [(one.who, one.transformation, one.approval) for one in history]


def test_a_folder_holds_the_page_and_each_picture_in_a_format_browsers_show(
    studio: Desk, tmp_path: Path
) -> None:
    made = handed_out(studio, tmp_path / "spring")
    assert sorted(one.name for one in made.path.iterdir()) == ["index.html", "pictures"]
    assert [one.transformation for one in made.pack.items] == ["", SUBJECT, "", SUBJECT]
    for item in made.pack.items:
        data = (made.path / item.picture).read_bytes()
        assert len(data) == item.bytes
        assert data.startswith((b"\xff\xd8", b"RIFF"))
    assert [(one.width, one.height) for one in made.pack.items[:2]] == [(640, 400), (320, 200)]


def test_the_page_says_nothing_of_our_identities_and_lets_nothing_in(
    studio: Desk, tmp_path: Path
) -> None:
    made = handed_out(studio, tmp_path / "spring", title="</script><b>&{{pack}}")
    page = (made.path / "index.html").read_text("utf-8")
    assert studio.asset("ridge.jpg").id not in page
    assert "<b>" not in page
    assert "default-src &#x27;none&#x27;" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_zip_unpacks_into_one_folder(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring.zip")
    with zipfile.ZipFile(made.path) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"spring"}
        assert "spring/index.html" in archive.namelist()


@pytest.mark.parametrize("name", ["spring", "spring.zip"])
def test_a_pack_that_is_stopped_leaves_nothing(studio: Desk, tmp_path: Path, name: str) -> None:
    steps: list[int] = []
    items = review_items([studio.asset("ridge.jpg").id], [SMALL], masters=True)
    with pytest.raises(ExportStoppedError):
        door(studio).export(
            PackWish(title="Spring", items=items, target=tmp_path / "out" / name),
            on_progress=lambda done, _: steps.append(done),
            is_cancelled=lambda: bool(steps),
        )
    assert list((tmp_path / "out").iterdir()) == []


def test_a_pack_takes_nothings_place(studio: Desk, tmp_path: Path) -> None:
    (tmp_path / "spring").mkdir()
    with pytest.raises(FileTakenError):
        handed_out(studio, tmp_path / "spring")
    assert list((tmp_path / "spring").iterdir()) == []


def test_what_cannot_be_shown_is_left_out_and_told(workshop: Desk, tmp_path: Path) -> None:
    (workshop.folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    workshop.parts.worker.scan(workshop.asset("ridge.jpg").library)
    workshop.settled()
    names = ("broken.jpg", "ridge.jpg")
    items = review_items([workshop.asset(name).id for name in names], [], masters=True)
    wish = PackWish(title="Spring", items=items, target=tmp_path / "spring")
    made = door(workshop).export(wish)
    assert [one.name for one in made.left_out] == ["broken.jpg"]
    assert [one.name for one in made.pack.items] == ["ridge.jpg"]
    assert [one.name for one in (made.path / "pictures").iterdir()] == ["0001.webp"]


def test_a_master_that_changes_meanwhile_is_left_out(workshop: Desk, tmp_path: Path) -> None:
    assets = [workshop.asset(name).id for name in ("harbour.jpg", "ridge.jpg")]

    def change(done: int, _: int) -> None:
        if done == 1:
            picture(workshop.folder / "ridge.jpg", 7, (640, 410))

    made = door(workshop).export(
        PackWish(
            title="Spring",
            items=review_items(assets, [], masters=True),
            target=tmp_path / "spring",
        ),
        on_progress=change,
    )
    assert [one.name for one in made.pack.items] == ["harbour.jpg"]
    assert "has changed" in str(made.left_out[0].why)


def test_a_pack_of_nothing_is_not_made(studio: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReviewPackError):
        door(studio).export(PackWish(title="Spring", items=(), target=tmp_path / "spring"))


def test_verdicts_become_decisions_signed_by_the_reviewer(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    path = came_back(
        tmp_path, made, verdict(made, 0), verdict(made, 3, "rejected", note="Too dark")
    )
    returned = door(studio).look(path)
    assert [line.approval for line in returned.new] == [Approval.APPROVED, Approval.REJECTED]
    assert signed(studio, studio.asset("harbour.jpg")) == []
    done = door(studio).record(returned)
    assert (done.decisions, done.comments) == (2, 0)
    who = "Ines (review pack)"
    assert signed(studio, studio.asset("harbour.jpg")) == [(who, "", Approval.APPROVED)]
    assert signed(studio, studio.asset("ridge.jpg")) == [(who, SUBJECT, Approval.REJECTED)]
    assert studio.parts.worker.history(studio.asset("ridge.jpg").id)[0].comment == "Too dark"
    assert studio.asset("harbour.jpg").approval is Approval.APPROVED


def test_a_recording_that_is_stopped_records_nothing(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    path = came_back(tmp_path, made, verdict(made, 0), verdict(made, 3, "rejected"))
    returned = door(studio).look(path)

    def told(done: int, whole: int) -> None:
        assert whole == 2
        if done:
            raise OfflineError(service="here")

    with pytest.raises(OfflineError):
        door(studio).record(returned, told=told)
    assert signed(studio, studio.asset("harbour.jpg")) == []
    assert door(studio).record(returned).decisions == 2


def test_comments_come_with_their_places(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    said = [
        {"id": "c1", "text": "<b>Sky</b>", "x": 0.25, "y": 0.5},
        {"id": "c2", "text": "Crop", "x": 0.1, "y": 0.1, "width": 0.9, "height": 0.2},
        {"id": "c3", "text": "All of it"},
    ]
    returned = door(studio).look(came_back(tmp_path, made, verdict(made, 1, "", comments=said)))
    assert door(studio).record(returned).comments == 3
    threads = studio.parts.worker.reviews.threads(studio.asset("harbour.jpg").id, SUBJECT)
    assert [(one.first.text, one.first.place, one.first.who) for one in threads] == [
        ("<b>Sky</b>", Point(x=0.25, y=0.5), "Ines (review pack)"),
        ("Crop", Region(x=0.1, y=0.1, width=0.9, height=0.2), "Ines (review pack)"),
        ("All of it", None, "Ines (review pack)"),
    ]
    assert signed(studio, studio.asset("harbour.jpg")) == []


def test_a_film_goes_along_as_it_is_and_what_is_said_comes_back_with_its_time(
    workshop: Desk, tmp_path: Path, corpus: Path
) -> None:
    film = with_rabbit(workshop, corpus)
    items = review_items([workshop.asset("rabbit320.webm").id], [SMALL], masters=True)
    made = door(workshop).export(PackWish(title="Rabbit", items=items, target=tmp_path / "out"))
    master, small = made.pack.items
    assert (made.path / master.film).read_bytes() == film.read_bytes()
    assert small.film == ""
    said = [{"id": "c1", "text": "Cut here", "seconds": 2.5}]
    returned = door(workshop).look(came_back(tmp_path, made, verdict(made, 0, "", comments=said)))
    assert door(workshop).record(returned).comments == 1
    threads = workshop.parts.worker.reviews.threads(master.asset, "")
    assert [(one.first.text, one.first.place) for one in threads] == [
        ("Cut here", Moment(seconds=2.5))
    ]


@pytest.mark.parametrize("seconds", [-1, True, "1", 1e300, 10**400, None])
def test_a_time_that_cannot_be_is_refused(studio: Desk, tmp_path: Path, seconds: object) -> None:
    made = handed_out(studio, tmp_path / "spring")
    said = [{"id": "c1", "text": "Cut here", "seconds": seconds}]
    with pytest.raises(VerdictFileError):
        door(studio).look(came_back(tmp_path, made, verdict(made, 0, "", comments=said)))


def test_a_film_that_changes_while_it_is_handed_out_leaves_no_pack(
    workshop: Desk, tmp_path: Path, corpus: Path
) -> None:
    film = with_rabbit(workshop, corpus)
    status = film.stat()
    data = bytearray(film.read_bytes())
    data[-1] ^= 1
    film.write_bytes(data)
    os.utime(film, ns=(status.st_atime_ns, status.st_mtime_ns))
    items = review_items([workshop.asset("rabbit320.webm").id], [], masters=True)
    with pytest.raises(FileTroubleError):
        door(workshop).export(PackWish(title="Rabbit", items=items, target=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_file_is_recorded_once_however_often_it_comes(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    said = [{"id": "c1", "text": "Sky"}]
    path = came_back(tmp_path, made, verdict(made, 0, comments=said))
    early = door(studio).look(path)
    door(studio).record(door(studio).look(path))
    for again in (early, door(studio).look(path)):
        with pytest.raises(AlreadyImportedError):
            door(studio).record(again)
    assert door(studio).look(path).before is not None
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert door(studio).look(path).new == ()
    assert len(signed(studio, studio.asset("harbour.jpg"))) == 1


def test_a_later_file_adds_what_is_new_and_an_earlier_one_changes_nothing(
    studio: Desk, tmp_path: Path
) -> None:
    made = handed_out(studio, tmp_path / "spring")
    later = came_back(tmp_path, made, verdict(made, 0, "rejected", given_at=2_000))
    door(studio).record(door(studio).look(later))
    earlier = came_back(tmp_path, made, verdict(made, 0, given_at=1_000), verdict(made, 2))
    returned = door(studio).look(earlier)
    assert [line.hindrance for line in returned.lines] == [Hindrance.OLDER, None]
    door(studio).record(returned)
    assert studio.asset("harbour.jpg").approval is Approval.REJECTED
    assert studio.asset("ridge.jpg").approval is Approval.APPROVED


def test_another_reviewer_of_the_same_pack_is_heard_too(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    for session, reviewer in (("a1", "Ines"), ("b2", "Tomas")):
        more = {"session": session, "reviewer": reviewer}
        door(studio).record(door(studio).look(came_back(tmp_path, made, verdict(made, 0), **more)))
    assert [who for who, _, _ in signed(studio, studio.asset("harbour.jpg"))] == [
        "Ines (review pack)",
        "Tomas (review pack)",
    ]


def test_verdicts_on_other_bytes_or_transformations_are_held_back(
    studio: Desk, tmp_path: Path
) -> None:
    made = handed_out(studio, tmp_path / "spring")
    path = came_back(
        tmp_path,
        made,
        verdict(made, 0, content="0" * 64),
        verdict(made, 1, transformation="c_scale,w_9"),
        verdict(made, 2, picture="0" * 64),
        {**verdict(made, 3), "key": "99"},
    )
    returned = door(studio).look(path)
    assert [line.hindrance for line in returned.lines] == [
        Hindrance.OTHER_CONTENT,
        Hindrance.OTHER_TRANSFORMATION,
        Hindrance.OTHER_CONTENT,
        Hindrance.UNKNOWN_ITEM,
    ]
    assert returned.new == ()


def test_a_verdict_on_a_master_or_a_preset_that_has_changed_is_held_back(
    workshop: Desk, tmp_path: Path
) -> None:
    made = handed_out(workshop, tmp_path / "spring")
    path = came_back(tmp_path, made, verdict(made, 0), verdict(made, 2), verdict(made, 3))
    before = door(workshop).look(path)
    picture(workshop.folder / "harbour.jpg", 9, (640, 400))
    workshop.parts.worker.scan(workshop.asset("ridge.jpg").library)
    workshop.settled()
    changed = SMALL.__class__(
        name=SMALL.name, title="", transformation="c_fill,h_9,w_9", format="jpg"
    )
    workshop.parts.worker.rendition_presets.save(changed)
    assert [line.hindrance for line in door(workshop).look(path).lines] == [
        Hindrance.MASTER_CHANGED,
        None,
        Hindrance.PRESET_CHANGED,
    ]
    assert door(workshop).record(before).decisions == 1
    assert signed(workshop, workshop.asset("harbour.jpg")) == []
    assert len(signed(workshop, workshop.asset("ridge.jpg"))) == 1


def test_verdicts_of_a_pack_from_elsewhere_are_refused(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    with pytest.raises(NotFoundError):
        door(studio).look(came_back(tmp_path, made, pack="f" * 32))


def test_a_file_that_is_none_is_refused(studio: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>", "utf-8")
    with pytest.raises(VerdictFileError):
        door(studio).look(tmp_path / "page.html")


def test_what_came_back_survives_a_restart(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    path = came_back(tmp_path, made, verdict(made, 0))
    door(studio).record(door(studio).look(path))
    studio.reopen()
    assert door(studio).look(path).new == ()


def test_an_import_is_in_the_audit_trail(studio: Desk, tmp_path: Path) -> None:
    made = handed_out(studio, tmp_path / "spring")
    door(studio).record(door(studio).look(came_back(tmp_path, made, verdict(made, 0))))
    trail = studio.parts.stock.audit.oldest_first(AuditFilter())
    kinds = [one.entry.kind.value for one in trail]
    assert kinds == ["departure"] * len(made.pack.items) + ["decision", "pack_imported"]
