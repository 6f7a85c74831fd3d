"""The contact sheet: what every preset makes of every chosen asset, and its export."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionPlan
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.studio.contact_sheet import ContactSheet
from bridge_app.ui.studio.sampling import AT_ONCE
from bridge_app.ui.studio.window import Seat
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk, picture

PATIENCE_MS = 40_000
Spread = Callable[..., ContactSheet]


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    """Three pictures, and three presets of which two are a set."""
    for number in range(3):
        picture(desk.folder / f"photo-{number}.jpg", number)
    desk.library()
    presets = [
        preset("square", "c_fill,h_120,w_120/f_png"),
        preset("wide", "c_fill,h_90,w_160", "jpg"),
        preset("grey", "c_scale,w_100/e_grayscale/f_avif"),
    ]
    shelf = desk.parts.worker.rendition_presets
    shelf.save(*presets)
    shelf.save_set(RenditionSet(name="pair", title="Both", presets=("wide", "square")))
    return desk


def preset(name: str, transformation: str, form: str = "") -> RenditionPreset:
    return RenditionPreset(name=name, title="", transformation=transformation, format=form)


@pytest.fixture
def spread(
    qtbot: QtBot, campaign: Desk, asker: Asker, theme: Theme, icons: Icons, english: None
) -> Iterator[Spread]:
    """Opens a sheet of the assets of these names."""
    worker, made = campaign.parts.worker, list[ContactSheet]()
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)

    def opened(*names: str, size: QSize = QSize(1180, 800)) -> ContactSheet:  # noqa: B008
        seat = Seat(
            worker=worker,
            asker=asker,
            looks=Looks(theme, icons, pixels, campaign.clock),
            remembering=Remembering(SettingsFile(campaign.home / "settings.json"), asker, asker),
        )
        sheet = ContactSheet(seat, [campaign.asset(name).id for name in names])
        qtbot.addWidget(sheet)
        made.append(sheet)
        sheet.resize(size)
        sheet.show()
        qtbot.waitUntil(lambda: sheet.sets.count() > 0, timeout=PATIENCE_MS)
        return sheet

    yield opened
    for sheet in made:
        sheet.close()


def shows(qtbot: QtBot, sheet: ContactSheet, *columns: str) -> None:
    """Wait until these presets are the columns, and all that is seen of them is made."""

    def is_there() -> bool:
        heads = [
            sheet.model.headerData(each, Qt.Orientation.Horizontal)
            for each in range(sheet.model.columnCount())
        ]
        return heads == list(columns) and sheet.sampling.is_quiet

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)


def test_every_preset_of_a_set_is_made_of_every_asset(qtbot: QtBot, spread: Spread) -> None:
    sheet = spread("photo-0.jpg", "photo-1.jpg")
    sheet.choose_set("pair")
    shows(qtbot, sheet, "wide", "square")
    assert [asset.name for asset in sheet.model.assets] == ["photo-0.jpg", "photo-1.jpg"]
    made = [[sheet.model.cell((row, column)).made for column in (0, 1)] for row in (0, 1)]
    assert [[one and one.size for one in row] for row in made] == [[(160, 90), (120, 120)]] * 2
    wide, square = made[0]
    assert wide is not None
    assert square is not None
    assert (wide.format, square.format) == ("jpg", "png")
    assert wide.image.size() == QSize(160, 90)
    assert wide.bytes > 100
    assert wide.fidelity == "exact"


def test_a_few_presets_are_shown_without_a_set_also_where_qt_cannot_read_the_file(
    qtbot: QtBot, spread: Spread
) -> None:
    sheet = spread("photo-1.jpg")
    assert sheet.sets.currentData() == "ready"
    sheet.choose_presets("grey")
    shows(qtbot, sheet, "grey")
    assert sheet.sets.currentData() is None
    made = sheet.model.cell((0, 0)).made
    assert made is not None
    assert made.format == "avif"
    colour = made.image.pixelColor(made.image.width() // 2, made.image.height() // 2)
    assert abs(colour.red() - colour.blue()) < 8


def test_what_cannot_be_made_says_why_in_its_place(
    qtbot: QtBot, campaign: Desk, spread: Spread
) -> None:
    campaign.parts.worker.rendition_presets.save(preset("market", "l_text:Arial_30:$(headline)"))
    (campaign.folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    campaign.parts.worker.scan(campaign.parts.worker.libraries()[0].id)
    campaign.until(lambda: "broken.jpg" in campaign.names())
    campaign.settled()
    sheet = spread("broken.jpg", "photo-0.jpg")
    sheet.choose_presets("square", "market")
    shows(qtbot, sheet, "square", "market")
    assert sheet.model.cell((0, 0)).trouble.startswith("Not made: the file cannot be read")
    assert sheet.model.cell((1, 0)).made is not None
    missing = "Not made: a text is missing for this market (headline)"
    assert sheet.model.cell((1, 1)).trouble == missing
    told = sheet.model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"photo-0.jpg, market, {missing}"


def test_what_is_not_on_the_screen_is_not_made_until_it_is(
    qtbot: QtBot, campaign: Desk, spread: Spread
) -> None:
    for number in range(3, 12):
        picture(campaign.folder / f"photo-{number}.jpg", number)
    campaign.parts.worker.scan(campaign.parts.worker.libraries()[0].id)
    campaign.until(lambda: len(campaign.names()) == 12)
    campaign.settled()
    sheet = spread(*(f"photo-{number}.jpg" for number in range(12)), size=QSize(700, 420))
    sheet.choose_presets("square")
    shows(qtbot, sheet, "square")
    assert sheet.model.cell((0, 0)).made is not None
    assert sheet.model.cell((11, 0)).made is None
    sheet.table.scrollToBottom()
    qtbot.waitUntil(lambda: sheet.model.cell((11, 0)).made is not None, timeout=PATIENCE_MS)


def test_the_newest_choice_counts_and_closing_gives_the_rest_up(
    qtbot: QtBot, spread: Spread
) -> None:
    sheet = spread("photo-0.jpg", "photo-1.jpg", "photo-2.jpg")
    sheet.choose_presets("grey", "square", "wide")
    sheet.choose_presets("square")
    shows(qtbot, sheet, "square")
    told: list[object] = []
    sheet.sampling.made.connect(lambda *_: told.append(_))
    sheet.choose_presets("wide", "grey")
    qtbot.waitUntil(lambda: sheet.model.columnCount() == 2, timeout=PATIENCE_MS)
    before = len(told)
    with qtbot.waitSignal(sheet.closed):
        sheet.close()
    qtbot.waitUntil(lambda: sheet.sampling.is_quiet, timeout=PATIENCE_MS)
    assert len(told) == before <= AT_ONCE


def test_a_double_click_opens_the_studio_for_the_asset(qtbot: QtBot, spread: Spread) -> None:
    sheet = spread("photo-0.jpg", "photo-1.jpg")
    sheet.choose_presets("square")
    shows(qtbot, sheet, "square")
    place = sheet.table.visualRect(sheet.model.index(1, 0)).center()
    qtbot.mouseClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(sheet.studioWanted) as told:
        qtbot.mouseDClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args[0].name == "photo-1.jpg"
    with qtbot.waitSignal(sheet.studioWanted):
        qtbot.keyClick(sheet.table, Qt.Key.Key_Return)


def test_the_export_writes_what_was_shown(
    qtbot: QtBot, campaign: Desk, spread: Spread, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    sheet = spread("photo-0.jpg", "photo-1.jpg")
    sheet.choose_set("pair")
    shows(qtbot, sheet, "wide", "square")
    (folder / "photo-0-wide-160x90.jpg").write_bytes(b"mine")
    with qtbot.waitSignal(sheet.exported, timeout=PATIENCE_MS) as told:
        sheet.export_to(folder)
    plan = told.args[0]
    assert isinstance(plan, RenditionPlan)
    assert sheet.banner.text == "Being written to out: 3 of 4 renditions."
    campaign.until(lambda: len(list(folder.iterdir())) == 4)
    assert (folder / "photo-0-wide-160x90.jpg").read_bytes() == b"mine"
    shown = sheet.model.cell((1, 0)).made
    written = folder / "photo-1-wide-160x90.jpg"
    assert shown is not None
    campaign.until(lambda: written.stat().st_size == shown.bytes)
    with Image.open(written) as image:
        assert image.size == shown.size


def test_every_control_has_a_name(qtbot: QtBot, spread: Spread) -> None:
    def name(widget: QWidget) -> str:
        found = QAccessible.queryAccessibleInterface(widget)
        return found.text(QAccessible.Text.Name)

    sheet = spread("photo-0.jpg")
    controls = [
        one
        for kind in (QAbstractButton, QComboBox)
        for one in sheet.findChildren(kind)
        if one.isVisible() and one.parent() is sheet
    ]
    assert len(controls) == 3
    assert [one for one in (*controls, sheet.table) if not name(one)] == []


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
def test_it_takes_on_another_scheme(
    qtbot: QtBot, spread: Spread, theme: Theme, scheme: Scheme
) -> None:
    sheet = spread("photo-0.jpg")
    sheet.choose_presets("square")
    shows(qtbot, sheet, "square")
    theme.set_scheme(scheme)
    view = sheet.table.viewport()
    ground = view.grab().toImage().pixelColor(view.width() - 4, view.height() - 4)
    assert (ground.lightness() < 80) is (scheme is Scheme.DARK)
    theme.set_scheme(Scheme.LIGHT)


def choose(sheet: ContactSheet, *places: tuple[int, int]) -> None:
    sheet.table.clearSelection()
    for place in places:
        flag = QItemSelectionModel.SelectionFlag.Select
        sheet.table.selectionModel().select(sheet.model.index(*place), flag)


def test_what_cloudinary_alone_can_draw_is_fetched_for_the_chosen_cells(
    qtbot: QtBot, campaign: Desk, spread: Spread
) -> None:
    campaign.parts.worker.rendition_presets.save(preset("art", "e_art:zorro/c_scale,w_40", "png"))
    campaign.push(campaign.approve("photo-0.jpg"))
    sheet = spread("photo-0.jpg", "photo-1.jpg")
    assert not sheet.cloud.button.isVisible()
    sheet.choose_presets("square", "art")
    shows(qtbot, sheet, "square", "art")
    assert sheet.cloud.button.isVisible()
    assert not sheet.cloud.button.isEnabled()
    choose(sheet, (0, 0), (0, 1), (1, 1))
    sheet.cloud.button.click()

    def is_fetched() -> bool:
        made = sheet.model.cell((0, 1)).made
        return made is not None and made.fidelity == "exact"

    qtbot.waitUntil(is_fetched, timeout=PATIENCE_MS)
    made = sheet.model.cell((0, 1)).made
    assert made is not None
    assert (made.size[0], made.format) == (40, "png")
    assert "Push the master" in sheet.banner.text
    other = sheet.model.index(1, 1)
    assert "Push the master" in other.data(Qt.ItemDataRole.ToolTipRole)
    assert "Push the master" not in sheet.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_what_the_gate_forbids_is_not_fetched_and_the_reason_is_told(
    qtbot: QtBot, campaign: Desk, spread: Spread
) -> None:
    campaign.parts.worker.rendition_presets.save(preset("art", "e_art:zorro/c_scale,w_40", "png"))
    campaign.push(campaign.approve("photo-0.jpg"))
    photo = campaign.asset("photo-0.jpg")
    campaign.parts.worker.decide([photo.id], Approval.REJECTED, comment="Not this one")
    sheet = spread("photo-0.jpg")
    sheet.choose_presets("art")
    shows(qtbot, sheet, "art")
    choose(sheet, (0, 0))
    sheet.cloud.button.click()
    qtbot.waitUntil(lambda: "rejected" in sheet.banner.text, timeout=PATIENCE_MS)
    made = sheet.model.cell((0, 0)).made
    assert made is not None
    assert made.fidelity == "cloud only"
    assert sheet.cloud.button.isEnabled()
