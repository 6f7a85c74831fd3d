"""What else is kept of rights: time zones, documents, templates, and what ends soon."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import ClaimDocument, DocumentKind, RightsClaim
from bridge_app.domain.rights_times import Edge
from bridge_app.work.rights import NamelessTemplateError, UnknownZoneError, zone_named, zone_names
from bridge_app.work.rights_documents import (
    MOST_BYTES,
    ChangedDocumentError,
    DocumentTooLargeError,
    UnreadableDocumentError,
)
from tests.desk import Desk, licensed_picture, picture

DAY = timedelta(days=1)


def masters(desk: Desk, *names: str) -> list[AssetId]:
    """Pictures of these names."""
    for seed, name in enumerate(names):
        picture(desk.folder / name, seed, size=(40, 30))
    desk.library()
    return [desk.asset(name).id for name in names]


def until(desk: Desk, ends: datetime, name: str) -> None:
    """Somebody says that the rights in it end then."""
    claim = RightsClaim(window=RightsWindow(ends=ends))
    desk.parts.worker.rights.claim([desk.asset(name).id], claim)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "/etc/localtime", "Mars/Base", "\0"])
def test_a_zone_that_no_table_has_is_refused(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        zone_named(name)


def test_zones_are_known_by_their_names() -> None:
    names = zone_names()
    assert names[0] == "UTC"
    assert "Europe/Oslo" in names


def test_documents_are_kept_by_their_content_and_a_changed_one_is_noticed(
    desk: Desk, tmp_path: Path
) -> None:
    (hero,) = masters(desk, "hero.jpg")
    rights = desk.parts.worker.rights
    paper = tmp_path / "release.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    document = rights.attach(paper, DocumentKind.MODEL)
    again = tmp_path / "same.pdf"
    again.write_bytes(paper.read_bytes())
    assert rights.document(rights.attach(again, DocumentKind.MODEL)).name == "release.pdf"
    paper.unlink()
    rights.claim([hero], RightsClaim(documents=(document,), model_released=True))
    kept = rights.document(document)
    assert kept.read_bytes() == b"%PDF-1.7 signed"
    assert kept.is_relative_to(desk.home / "profile" / "documents" / document.sha256)
    kept.write_bytes(b"forged")
    with pytest.raises(ChangedDocumentError):
        rights.document(document)


def test_a_claim_cannot_name_a_document_that_is_not_kept(desk: Desk) -> None:
    (hero,) = masters(desk, "hero.jpg")
    missing = ClaimDocument(sha256="0" * 64, name="gone.pdf", bytes=1)
    with pytest.raises(NotFoundError, match=r"gone\.pdf"):
        desk.parts.worker.rights.claim([hero], RightsClaim(documents=(missing,)))
    assert desk.parts.worker.rights.claims(hero) == []


def test_names_of_documents_cannot_leave_their_folder(desk: Desk, tmp_path: Path) -> None:
    rights = desk.parts.worker.rights
    for number, name in enumerate(("..\\..\\evil.pdf", ".hidden", "a\u202efdp.exe", "x" * 240)):
        odd = tmp_path / str(number) / name
        odd.parent.mkdir()
        odd.write_bytes(name.encode())
        kept = rights.document(rights.attach(odd, DocumentKind.LICENCE))
        assert kept.parent.parent == desk.home / "profile" / "documents"
        assert not kept.name.startswith(".")
        assert "\u202e" not in kept.name
        assert len(kept.name) <= 120


def test_folders_and_endless_files_are_no_documents(desk: Desk, tmp_path: Path) -> None:
    rights = desk.parts.worker.rights
    with pytest.raises(UnreadableDocumentError):
        rights.attach(tmp_path, DocumentKind.LICENCE)
    large = tmp_path / "large.pdf"
    with large.open("wb") as out:
        out.truncate(MOST_BYTES + 1)
    with pytest.raises(DocumentTooLargeError):
        rights.attach(large, DocumentKind.LICENCE)


def test_templates_are_kept_replaced_and_forgotten(desk: Desk) -> None:
    rights = desk.parts.worker.rights
    rights.save_template("Nordlys  spring ", RightsClaim(licence="1"))
    rights.save_template("Nordlys spring", RightsClaim(licence="2"))
    assert [(one.name, one.claim.licence) for one in rights.templates()] == [
        ("Nordlys spring", "2")
    ]
    rights.remove_template("Nordlys spring")
    assert rights.templates() == []
    with pytest.raises(NotFoundError):
        rights.remove_template("Nordlys spring")
    with pytest.raises(NamelessTemplateError):
        rights.save_template(" ", RightsClaim())


def test_what_ends_soon_is_listed_by_file_and_claim_together(desk: Desk) -> None:
    now = desk.clock()
    licensed_picture(desk.folder / "file.jpg", until=now + 5 * DAY)
    licensed_picture(desk.folder / "both.jpg", until=now + 40 * DAY)
    masters(desk, "claimed.jpg", "free.jpg", "far.jpg")
    until(desk, now + 3 * DAY, "claimed.jpg")
    until(desk, now + 9 * DAY, "both.jpg")
    until(desk, now + 400 * DAY, "far.jpg")
    soon = desk.parts.worker.rights.expiring(30 * DAY)
    assert [one.name for one in soon] == ["claimed.jpg", "file.jpg", "both.jpg"]
    assert {one.edge for one in soon} == {Edge.ENDS}


def test_each_end_is_told_once_for_each_threshold_also_where_the_clock_is_set_back(
    desk: Desk,
) -> None:
    masters(desk, "hero.jpg")
    until(desk, desk.clock() + 40 * DAY, "hero.jpg")
    rights = desk.parts.worker.rights
    told: list[int] = []

    def look() -> None:
        notices = rights.notices()
        told.extend(one.days for one in notices)
        rights.told(notices)

    for step in (0, 12, 21, 1, 5, 1, -20, 20, 14, 2):
        desk.clock.forward(step * DAY)
        look()
        look()
    assert told == [30, 7, 1, 0]


def test_an_end_that_was_moved_is_told_anew_and_an_old_one_is_no_news(desk: Desk) -> None:
    masters(desk, "hero.jpg", "old.jpg")
    until(desk, desk.clock() - 100 * DAY, "old.jpg")
    until(desk, desk.clock() + 10 * DAY, "hero.jpg")
    rights = desk.parts.worker.rights
    first = rights.notices()
    rights.told(first)
    until(desk, desk.clock() + 11 * DAY, "hero.jpg")
    assert [(one.name, one.days) for one in (*first, *rights.notices())] == [("hero.jpg", 30)] * 2
