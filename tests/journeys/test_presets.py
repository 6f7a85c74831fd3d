"""A campaign's renditions in the window: a preset changed, a set made, files and eager copies."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobState
from bridge_app.domain.named_matching import Match
from bridge_app.ui.presets.make_sheet import MakeSheet
from bridge_app.ui.presets.preset_form import PresetForm
from bridge_app.ui.presets.set_form import SetForm
from bridge_app.ui.presets.shelf_dialog import PresetsDialog
from tests.desk import Desk, picture
from tests.journeys.conftest import Opener
from tests.journeys.person import Person

D = TypeVar("D", bound=QDialog)


def above(person: Person, window: QWidget, kind: type[D]) -> D:
    """The dialog of that kind, once it can be seen."""

    def found() -> list[D]:
        return [one for one in window.findChildren(kind) if one.isVisible()]

    person.until(lambda: bool(found()))
    return found()[0]


def make_preset(person: Person, shelf: PresetsDialog) -> None:
    """A banner for two markets, with a headline from a table."""
    person.press("New", shelf)
    form = above(person, shelf, PresetForm)
    person.qtbot.keyClicks(form.fields.title, "Summer banner")
    form.fields.markets.setText("DE, FR")
    form.text.setPlainText("c_fill,h_100,w_400/l_text:Inter_40:$(headline)/fl_layer_apply")
    person.press("Save", form)
    person.until(lambda: shelf.presets.chosen is not None and shelf.keeping.is_quiet)
    person.until(lambda: getattr(shelf.presets.chosen, "name", "") == "summer-banner")


def make_set(person: Person, shelf: PresetsDialog) -> None:
    """A set of two, ticked one after the other."""
    shelf.open_page(1)
    person.press("New", shelf.sets)
    form = above(person, shelf, SetForm)
    person.qtbot.keyClicks(form.title, "Summer")
    person.press("Save", form)
    person.until(lambda: getattr(shelf.sets.chosen, "name", "") == "summer")
    members, view = shelf.sets.members, shelf.sets.member_view
    for name in ("summer-banner", "thumbnail"):
        index = members.index(members.row_of(name))
        view.scrollTo(index)
        view.setCurrentIndex(index)
        person.qtbot.keyClick(view, Qt.Key.Key_Space)
    person.until(lambda: shelf.keeping.is_quiet)


def publish_named(person: Person, shelf: PresetsDialog, name: str) -> None:
    """Have a preset defined at Cloudinary, after a look at both sides."""
    shelf.open_page(2)
    person.until(lambda: bool(shelf.named.matches))
    shelf.named.choose(name)
    person.press("Publish to", shelf.named)
    person.until(lambda: {one.name: one.match for one in shelf.named.matches}[name] is Match.SAME)


def sheet_for(person: Person, *names: str) -> MakeSheet:
    """The sheet for these assets, once it knows the presets."""
    action = person.window.core.actions.make_renditions
    person.choose(*names)
    person.until(action.isEnabled)
    action.trigger()
    sheet = person.dialog(MakeSheet)
    person.until(lambda: sheet.choice.sets.count() > 0)
    return sheet


def make_files(person: Person, table: Path, folder: Path) -> None:
    """Every variant of both pictures, into a folder."""
    sheet = sheet_for(person, "photo-0.jpg", "photo-1.jpg")
    sheet.choice.choose_set("summer")
    sheet.table.read(table)
    sheet.target.use_folder(str(folder))
    person.until(lambda: sheet.plan is not None and len(sheet.plan.doing) == 8)
    person.press("Make 8", sheet)
    person.until(lambda: person.window.sides.transfers.expanded)


def make_eagerly(person: Person) -> None:
    """Of both pictures at Cloudinary, where one of them is."""
    sheet = sheet_for(person, "photo-0.jpg", "photo-1.jpg")
    sheet.choice.choose_presets(["thumbnail"])
    person.press("At Cloudinary", sheet)
    person.until(lambda: sheet.plan is not None and sheet.plan.wish.folder is None)
    assert sheet.plan is not None
    assert len(sheet.plan.doing) == 1
    person.press("Make 1", sheet)


def test_a_set_of_ones_own_is_made_for_every_market_here_and_at_cloudinary(
    desk: Desk, opener: Opener, tmp_path: Path
) -> None:
    worker = desk.parts.worker
    for number in range(2):
        picture(desk.folder / f"photo-{number}.jpg", number, size=(800, 500))
    desk.library()
    person = opener()

    person.choose("photo-0.jpg")
    person.window.core.actions.preset_shelf.trigger()
    shelf = person.dialog(PresetsDialog)
    person.until(lambda: shelf.presets.card.picture.image is not None)
    make_preset(person, shelf)
    make_set(person, shelf)
    kept = worker.rendition_presets.library().sets["summer"].presets
    assert set(kept) == {"summer-banner", "thumbnail"}
    publish_named(person, shelf, "thumbnail")
    person.press("Close", shelf)

    table, folder = tmp_path / "markets.csv", tmp_path / "out"
    table.write_text("market,language,headline\nDE,de,Sommer\nFR,fr,Soldes\n")
    make_files(person, table, folder)
    desk.until(lambda: len([*folder.glob("*.jpg")]) == 8, what="the files")
    assert (folder / "photo-1-summer-banner-FR-fr-400x100.jpg").is_file()

    person.choose("photo-1.jpg")
    person.key(Qt.Key.Key_A)
    person.until(lambda: person.asset("photo-1.jpg").approval is Approval.APPROVED)
    person.push()
    person.until(lambda: person.asset("photo-1.jpg").cloud is not None)
    made = person.asset("photo-1.jpg").id
    make_eagerly(person)
    desk.until(lambda: bool(worker.renditions.made_of(made)), what="the rendition")
    desk.until(lambda: all(job.state is JobState.DONE for job in worker.transfers()), what="all")
