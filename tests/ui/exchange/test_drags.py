"""Drags out of the window: renditions with their addresses, files of one name, what is late."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import DiskFullError
from bridge_app.domain.places import PlaceKind
from bridge_app.transform import output_size, parse
from bridge_app.ui.exchange.late_files import LateFiles
from bridge_app.ui.exchange.pointer_card import PointerCard
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.rendition_card import RenditionCard
from bridge_app.ui.review.keys import Act
from bridge_app.work.exchange.departure import OriginalWish
from tests.desk import PATIENCE_S, Desk, picture
from tests.ui.windows import Opener

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Other:
    """Another program: takes what is dragged over it, or not, and keeps what it got.

    One that `reads` asks for the address while the pointer is over it.
    """

    takes: bool = True
    reads: bool = False
    files: list[Path] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    def drop(self, drag: QDrag, *_: object) -> Qt.DropAction:
        """Stands in for `QDrag.exec`, which does nothing without a screen."""
        mime = drag.mimeData()
        assert not drag.pixmap().isNull()
        self.formats = mime.formats()
        if self.reads:
            self.texts = [mime.html()]
        if not self.takes:
            return Qt.DropAction.IgnoreAction
        self.files = [Path(url.toLocalFile()) for url in mime.urls()]
        self.texts = [mime.text(), mime.html()] if "text/html" in self.formats else []
        return Qt.DropAction.CopyAction


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Other:
    made = Other()
    # A method of its own: a bound one would not be told which drag it is.
    monkeypatch.setattr(QDrag, "exec", lambda *asked: made.drop(*asked))  # noqa: PLW0108
    return made


@pytest.fixture
def window(desk: Desk, opener: Opener, other: Other) -> MainWindow:
    """Two masters of one name, one of them delivered."""
    picture(desk.folder / "coast" / "hero.jpg", 1, (800, 600))
    picture(desk.folder / "hills" / "hero.jpg", 2)
    desk.library()
    desk.approve()
    desk.push([next(one for one in desk.assets() if one.folder == "coast").id])
    return opener()


def dragged(qtbot: QtBot, widget: QWidget) -> None:
    start = QPoint(40, 40)
    qtbot.mousePress(widget, LEFT, pos=start)
    qtbot.mouseMove(widget, start + QPoint(3, 3))
    qtbot.mouseMove(widget, start + QPoint(40, 20))
    qtbot.mouseRelease(widget, LEFT, pos=start + QPoint(40, 20))


def left(desk: Desk) -> list[Path]:
    out = desk.home / "profile" / "out"
    return [Path(place, name) for place, _, names in os.walk(out) for name in names]


def test_a_rendition_leaves_as_its_file_and_its_address_if_it_may(
    qtbot: QtBot, desk: Desk, window: MainWindow, other: Other
) -> None:
    worker, selection = desk.parts.worker, window.middle.selection
    coast = next(one for one in desk.assets() if one.folder == "coast")
    selection.choose([coast.id])
    panel = window.sides.renditions
    window.sides.inspector._tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: bool(panel.cards) and panel.cards[0].link is not None)
    card: RenditionCard = panel.cards[0]
    dragged(qtbot, card.picture)
    link = worker.link(coast, card.preset)
    assert other.formats == ["text/uri-list", "text/html", "text/plain"]
    assert [one.name for one in other.files] == [f"hero-{card.preset.name}.jpg"]
    assert other.files[0].stat().st_size == worker.rendition(coast.id, card.preset).bytes
    assert other.texts == [link.url, link.html]
    qtbot.waitUntil(lambda: PlaceKind.COPY in kinds(desk, coast.id))

    other.takes = False
    dragged(qtbot, card.picture)
    qtbot.waitUntil(lambda: left(desk) == other.files)

    # What was allowed when it was shown may not be any more.
    other.takes, other.files, other.texts = True, [], []
    worker.decide([coast.id], Approval.REJECTED)
    messages = window.middle.browser.messages
    refused = next(one for one in desk.assets() if one.id == coast.id)
    panel.dragWanted.emit(refused, card.preset)
    assert (other.files, other.texts) == ([], ["", ""])
    qtbot.waitUntil(lambda: any("hero.jpg" in text for text in messages.texts))


def test_an_address_that_was_read_on_the_way_is_on_record_before_it_is_known(
    qtbot: QtBot, desk: Desk, window: MainWindow, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = desk.parts.worker
    coast = next(one for one in desk.assets() if one.folder == "coast")
    window.middle.selection.choose([coast.id])
    panel = window.sides.renditions
    window.sides.inspector._tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: bool(panel.cards) and panel.cards[0].link is not None)
    preset = panel.cards[0].preset
    other.takes, other.reads = False, True
    with monkeypatch.context() as broken:

        def full(*_: object) -> None:
            raise DiskFullError(path="ledger.db")

        broken.setattr(worker.leaving, "taken", full)
        broken.setattr("bridge_app.ui.exchange.late_files.FILES_S", 0.5)
        panel.dragWanted.emit(coast, preset)
        assert other.texts == [""]  # nobody would know of it
    panel.dragWanted.emit(coast, preset)
    assert other.texts == [worker.link(coast, preset).html]
    assert kinds(desk, coast.id).count(PlaceKind.COPY) == 1  # nothing was dropped
    qtbot.waitUntil(lambda: left(desk) == [])


def kinds(desk: Desk, asset: str) -> list[PlaceKind]:
    return [one.place.kind for one in desk.parts.worker.places.of([asset])]  # type: ignore[list-item]


def test_masters_of_one_name_leave_under_two(
    qtbot: QtBot, desk: Desk, window: MainWindow, other: Other
) -> None:
    window.middle.selection.choose([one.id for one in desk.assets()])
    window.middle.browser.grid.grid.startDrag(Qt.DropAction.CopyAction)
    assert [one.name for one in other.files] == ["hero.jpg", "hero (2).jpg"]
    assert {one.read_bytes() for one in other.files} == {
        (desk.folder / one.path).read_bytes() for one in desk.assets()
    }
    assert other.formats == ["text/uri-list"]
    ids = [one.id for one in desk.assets()]
    qtbot.waitUntil(lambda: all(PlaceKind.DRAG_OUT in kinds(desk, one) for one in ids))


def test_what_is_reviewed_leaves_from_the_filmstrip_and_from_the_sheet(
    qtbot: QtBot, desk: Desk, window: MainWindow, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge_app.ui.exchange.late_files.FILES_S", PATIENCE_S)
    hills = next(one for one in desk.assets() if one.folder == "hills")
    with qtbot.waitSignal(window.middle.review.opened):
        window.middle.review.open_assets([hills.id])
    review = window.middle.review.window
    assert review is not None
    strip, sheet = review.parts.strip, review.parts.contact
    square = next(one for one in review.parts.sitting.subjects if one.preset is not None)
    assert square.preset is not None
    assert hills.display_size is not None

    def pulled(view: QListView, row: int) -> None:
        start = view.visualRect(view.model().index(row, 0)).center()
        qtbot.mousePress(view.viewport(), LEFT, pos=start)
        for step in (3, 20, 40):
            qtbot.mouseMove(view.viewport(), start + QPoint(step, 0))
        qtbot.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(40, 0))

    pulled(strip, 0)
    assert [one.read_bytes() for one in other.files] == [(desk.folder / hills.path).read_bytes()]
    pulled(strip, 1)
    assert [one.name for one in other.files] == [f"hero-{square.preset.name}.jpg"]
    with Image.open(other.files[0]) as image:
        assert image.size == output_size(parse(square.transformation), *hills.display_size)
    qtbot.waitUntil(lambda: PlaceKind.DRAG_OUT in kinds(desk, hills.id))

    review.do(Act.SHEET)
    everybody = review.parts.sitting.subjects
    rows = [sheet.entries.row_of(one) for one in everybody[:2]]
    for row in rows:
        choosing = sheet.view.selectionModel()
        choosing.select(sheet.entries.index(row), choosing.SelectionFlag.Select)
    pulled(sheet.view, rows[0])
    assert [one.name for one in other.files] == ["hero.jpg", f"hero-{square.preset.name}.jpg"]
    assert review.parts.sitting.undecided() == list(everybody)
    review.close()


def test_while_the_pointer_is_over_a_program_it_learns_the_names_and_a_card_tells_how_far_it_is(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    asset = desk.assets()[0]
    departure = desk.parts.worker.leaving.departure([OriginalWish(asset=asset)])
    card = PointerCard(departure)
    qtbot.addWidget(card)
    painted: list[str] = []
    mime = LateFiles(departure, paint=lambda: painted.append(card.text), record=departure.record)
    qtbot.waitUntil(card.isVisible)
    assert "1 file" in card.text
    card.hold()
    assert "Esc" in card.text
    card.paint_now()
    assert not card.grab().isNull()
    assert not mime.hasFormat("text/plain")
    departure.carry_out()
    mime.is_hovering = True
    assert [url.fileName() for url in mime.urls()] == ["hero.jpg"]
    assert painted == []
    qtbot.waitUntil(lambda: not card.isVisible())
    card.end()
