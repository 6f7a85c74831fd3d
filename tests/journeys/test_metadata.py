"""Somebody captions pictures: in the file at once, undone, in conflict, offline at a service."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from bridge_app.domain.edits import EditState, FieldPath
from bridge_app.domain.query import Query
from bridge_app.domain.standard_fields import path_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.ui.dialogs.conflicts import ConflictsDialog
from bridge_app.ui.panels.metadata_tags import Chip
from bridge_app.ui.panels.standard_page import StandardPage
from bridge_app.work.events import Connectivity
from tests.desk import Desk, picture
from tests.journeys.conftest import Opener
from tests.journeys.person import CONTROL, Person
from tests.nordlys import EVENTS, Nordlys, connected, nordlys_desk

pytestmark = pytest.mark.journey
TITLE, KEYWORDS = path_of("title"), path_of("keywords")
EXIFTOOL = shutil.which("exiftool")


def exiftool(place: Path, *arguments: str) -> dict[str, object]:
    """What another program reads there, or writes."""
    assert EXIFTOOL is not None
    command = [EXIFTOOL, *(arguments or ("-json", "-G1")), str(place)]
    told = subprocess.run(command, check=True, capture_output=True, timeout=30).stdout
    return dict(json.loads(told)[0]) if not arguments else {}


class Captions:
    """The inspector's metadata page, as somebody writes captions in it."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def page(self) -> StandardPage:
        inspector = self.person.window.sides.inspector
        return (
            inspector.metadata.masters
            if inspector.asset
            else (inspector.metadata_of_several.masters)
        )

    def of(self, name: str) -> None:
        """Choose one, and see its fields."""
        self.person.choose(name)
        self.person.open_tab("Metadata")
        self.person.until(lambda: [m.asset.name for m in self.page.sheet.masters] == [name])

    def field(self, path: FieldPath) -> QLineEdit:
        """The line in which a field is written."""
        editor: QWidget = self.page.form.row(path).editor
        found = editor if isinstance(editor, QLineEdit) else editor.findChildren(QLineEdit)[0]
        assert isinstance(found, QLineEdit)
        return found

    def write(self, path: FieldPath, text: str) -> None:
        """Click into a field, and type over what is there."""
        field = self.field(path)
        self.person.click(field)
        field.selectAll()
        self.person.qtbot.keyClicks(field, text)
        self.person.qtbot.keyClick(field, Qt.Key.Key_Return)

    def says(self, path: FieldPath, value: object, state: EditState | None = None) -> None:
        """Wait until a field says so, and its edit stands there."""

        def said() -> tuple[object, EditState | None]:
            told = self.page.sheet.field(path)
            return told.value, told.state

        self.person.until(lambda: said() == (value, state))

    @property
    def chips(self) -> list[str]:
        """The keywords that can be seen."""
        chips = self.page.form.row(KEYWORDS).editor.findChildren(Chip)
        return [chip.text() for chip in chips if chip.isVisible()]


@pytest.mark.skipif(EXIFTOOL is None, reason="ExifTool is not installed")
def test_a_caption_is_in_the_file_undone_redone_and_a_conflict_is_decided(
    desk: Desk, opener: Opener
) -> None:
    hero = picture(desk.folder / "hero.jpg", 1)
    exiftool(hero, "-overwrite_original", "-XMP-dc:Creator=Ana Example", "-IPTC:City=Lumenfell")
    before = exiftool(hero)
    picture(desk.folder / "pier.jpg", 2)
    desk.library()
    person = opener()
    captions = Captions(person)
    captions.of("hero.jpg")
    captions.write(TITLE, "Harbour at dawn")
    captions.says(TITLE, "Harbour at dawn")
    captions.write(KEYWORDS, "harbour, dawn,")
    person.until(lambda: captions.chips == ["dawn", "harbour"])
    captions.says(KEYWORDS, ("dawn", "harbour"))
    told = exiftool(hero)
    assert told["XMP-dc:Title"] == told["IPTC:ObjectName"] == "Harbour at dawn"
    assert sorted(map(str, told["XMP-dc:Subject"])) == ["dawn", "harbour"]  # type: ignore[call-overload]
    assert (told["XMP-dc:Creator"], told["IPTC:City"]) == ("Ana Example", "Lumenfell")
    assert (
        told["File:ImageSize" if "File:ImageSize" in told else "Composite:ImageSize"]
        == before["Composite:ImageSize"]
    )
    undo, redo = person.window.core.actions.undo, person.window.core.actions.redo
    for _ in range(3):
        person.until(undo.isEnabled)
        undo.trigger()
    captions.says(TITLE, None)
    assert "XMP-dc:Title" not in exiftool(hero)
    for _ in range(3):
        person.until(redo.isEnabled)
        redo.trigger()
    captions.says(TITLE, "Harbour at dawn")
    captions.says(KEYWORDS, ("dawn", "harbour"))
    person.click(captions.field(TITLE))
    person.qtbot.keyClick(captions.field(TITLE), Qt.Key.Key_Return, CONTROL)
    person.until(lambda: person.inspected == "pier.jpg")
    assert captions.field(TITLE).hasFocus()
    decide_a_conflict(person, captions, hero)


def decide_a_conflict(person: Person, captions: Captions, place: Path) -> None:
    """Another program gives it a title while ours cannot: both are shown, a third is written."""
    captions.of("hero.jpg")
    place.chmod(0o444)
    captions.write(TITLE, "Harbour at noon")
    captions.says(TITLE, "Harbour at noon", EditState.FAILED)
    place.chmod(0o644)
    exiftool(place, "-overwrite_original", "-XMP-dc:Title=Quay", "-IPTC:ObjectName=Quay")
    person.press("Try again", captions.page)
    captions.says(TITLE, "Quay", EditState.CONFLICT)
    person.window.core.actions.conflicts.trigger()
    sheet = person.dialog(ConflictsDialog)
    person.until(lambda: sheet.view.model().rowCount() == 1)
    person.click(sheet.choice.merged)
    sheet.choice.text.setPlainText("The quay at noon")
    person.press("Keep this", sheet)
    person.until(lambda: sheet.title == "No conflicts")
    person.press("Close", sheet)
    captions.says(TITLE, "The quay at noon")
    assert exiftool(place)["XMP-dc:Title"] == "The quay at noon"


@pytest.fixture
def story(tmp_path: Path, decoder: DecoderPool) -> Iterator[tuple[Desk, Nordlys]]:
    """An application whose masters live at a service."""
    with nordlys_desk(tmp_path, decoder) as made:
        yield made


class TestAtAService:
    """The desk here is that of the story."""

    @pytest.fixture
    def desk(self, story: tuple[Desk, Nordlys]) -> Desk:
        """The application."""
        return story[0]

    def test_what_is_said_on_a_train_reaches_the_service_afterwards(
        self, desk: Desk, story: tuple[Desk, Nordlys], opener: Opener
    ) -> None:
        library = connected(desk)
        person = opener()
        captions = Captions(person)
        person.go_to(Query(library=library.id, folder=EVENTS))
        person.until(lambda: len(person.names) == 3)
        offline = person.window.core.actions.work_offline
        offline.trigger()
        worker = desk.parts.worker
        person.until(lambda: worker.connectivity() is Connectivity.WORK_OFFLINE)
        captions.of("stage.jpg")
        assert captions.page.where_text == "Kept at \u2068PhotoShelter\u2069"
        captions.write(TITLE, "The stage in May")
        captions.says(TITLE, "The stage in May", EditState.PENDING)
        assert desk.sandbox is not None
        service: ShelterState = desk.sandbox.shelter
        media = story[1].media["stage.jpg"]
        assert service.media(media).iptc["title"] == "Stage.Jpg"
        offline.trigger()
        person.until(lambda: service.media(media).iptc["title"] == "The stage in May")
        captions.says(TITLE, "The stage in May")
