"""The field mapping in the window: shown, edited, checked and tried out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.field_mapping import Direction, Leads
from bridge_app.domain.field_sync import SyncChange, Towards, Why
from bridge_app.domain.mapping_checks import validate
from bridge_app.domain.mapping_sources import SOURCES
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.field_mapping import FieldMappingDialog
from bridge_app.ui.dialogs.field_mapping_row import FieldMappingRow
from bridge_app.ui.dialogs.field_mapping_sync import FieldMappingSync
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.mapping_wording import SOURCE_NAMES, source_text
from bridge_app.ui.models.mapping_rows import MappingColumn, MappingRows
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Desk
from tests.work.brand import Brand, open_brand

Open = Callable[..., FieldMappingDialog]


@pytest.fixture
def brand(decoder: DecoderPool, tmp_path: Path) -> Iterator[Brand]:
    """A connected library of one master."""
    with open_brand(tmp_path, decoder) as made:
        made.found()
        made.add("a.jpg", iptc={"title": "Dawn", "keywords": ["sea", "campaign:spring"]})
        made.connect()
        yield made


@pytest.fixture
def opened(qtbot: QtBot, theme: Theme, icons: Icons) -> Iterator[Open]:
    """Opens the dialog on a desk, and waits until it shows the mapping."""
    askers: list[Asker] = []

    def opens(
        desk: Desk, *, environment: str = "", assets: tuple[AssetId, ...] = ()
    ) -> FieldMappingDialog:
        worker = desk.parts.worker
        askers.append(Asker(worker))
        made = FieldMappingDialog(
            worker, askers[-1], (theme, icons), environment=environment, assets=assets
        )
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: rows(made).rowCount() > 0)
        return made

    yield opens
    for asker in askers:
        assert asker.close()


def rows(dialog: FieldMappingDialog) -> MappingRows:
    table = dialog.findChild(QTableView)
    assert table is not None
    model = table.model()
    assert isinstance(model, MappingRows)
    return model


def cell(dialog: FieldMappingDialog, row: int, column: MappingColumn) -> str:
    return plain(rows(dialog).index(row, column).data())


def plain(text: str) -> str:
    """Without the signs that keep a name's own direction."""
    return text.translate({0x2068: None, 0x2069: None})


def row_of(dialog: FieldMappingDialog, source: str) -> int:
    names = [cell(dialog, row, MappingColumn.SOURCE) for row in range(rows(dialog).rowCount())]
    return names.index(plain(source_text(source)))


def choose(dialog: FieldMappingDialog, source: str) -> None:
    table = dialog.findChild(QTableView)
    assert table is not None
    table.selectRow(row_of(dialog, source))


def button(parent: QWidget, text: str) -> QPushButton:
    return next(
        one
        for one in parent.findChildren(QPushButton)
        if one.text() == text and (one.isVisible() or not one.isEnabled())
    )


def said(dialog: QWidget) -> str:
    return " ".join(one.text for one in dialog.findChildren(Banner) if one.isVisible())


def type_targets(qtbot: QtBot, dialog: FieldMappingDialog, text: str) -> None:
    field = next(
        one
        for one in dialog.findChildren(QLineEdit)
        if one.isVisible() and one.accessibleName() == "Cloudinary"
    )
    field.clear()
    qtbot.keyClicks(field, text)


def test_the_table_shows_every_row_with_its_way_and_its_loss(shelf: Desk, opened: Open) -> None:
    dialog = opened(shelf)
    mapping = default_mapping()
    assert rows(dialog).rowCount() == len(mapping.rows)
    caption = row_of(dialog, "caption")
    assert cell(dialog, caption, MappingColumn.WAY) == "↔"
    assert cell(dialog, caption, MappingColumn.TARGETS) == "Context “caption”"
    assert "1,024" in cell(dialog, caption, MappingColumn.NOTE)
    assert cell(dialog, row_of(dialog, "title"), MappingColumn.NOTE) == ""
    assert not button(dialog, "Save").isEnabled()
    assert not button(dialog, "As Delivered").isEnabled()


def test_the_rows_keep_the_rules_of_models(theme: Theme, qtmodeltester: ModelTester) -> None:
    model = MappingRows(theme, theme)
    model.take(default_mapping(), validate(default_mapping()))
    qtmodeltester.check(model, force_py=True)


def test_a_row_is_changed_and_saved(qtbot: QtBot, shelf: Desk, opened: Open) -> None:
    dialog = opened(shelf)
    choose(dialog, "caption")
    button(dialog, "Change…").click()
    type_targets(qtbot, dialog, "context.caption metadata.caption:string")
    assert said(dialog) == ""
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    caption = row_of(dialog, "caption")
    assert cell(dialog, caption, MappingColumn.NOTE) == ""
    button(dialog, "Save").click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    row = shelf.parts.worker.governance.mapping().row("caption")
    assert row is not None
    assert [str(target) for target in row.targets] == [
        "context.caption",
        "metadata.caption:string",
    ]


def test_a_row_that_cannot_be_is_refused_while_it_is_typed(
    qtbot: QtBot, shelf: Desk, opened: Open
) -> None:
    dialog = opened(shelf)
    choose(dialog, "title")
    button(dialog, "Change…").click()
    for targets, words in (
        ("nowhere.x", "there is no such place"),
        ("tags", "cannot hold"),
        ("context.a=b", "cannot have this name"),
        (" ", "goes nowhere"),
    ):
        type_targets(qtbot, dialog, targets)
        assert words in said(dialog)
        assert not button(dialog, "Use").isEnabled()


def test_a_row_is_added_and_another_one_removed(qtbot: QtBot, shelf: Desk, opened: Open) -> None:
    dialog = opened(shelf)
    button(dialog, "New Row…").click()
    source = next(
        one for one in dialog.findChildren(QComboBox) if one.isVisible() and one.isEditable()
    )
    qtbot.keyClicks(source.lineEdit(), "keyword:season")
    type_targets(qtbot, dialog, "metadata.season:string")
    button(dialog, "Use").click()
    assert cell(dialog, row_of(dialog, "keyword:season"), MappingColumn.TARGETS) == "Field “season”"
    choose(dialog, "rating")
    button(dialog, "Remove").click()
    button(dialog, "Save").click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    mapping = shelf.parts.worker.governance.mapping()
    assert mapping.row("rating") is None
    assert mapping.row("keyword:season") is not None


def test_a_clash_between_rows_is_marked_and_cannot_be_saved(
    qtbot: QtBot, shelf: Desk, opened: Open
) -> None:
    dialog = opened(shelf)
    choose(dialog, "headline")
    button(dialog, "Change…").click()
    type_targets(qtbot, dialog, "context.title")
    button(dialog, "Use").click()
    assert "filled by" in cell(dialog, row_of(dialog, "headline"), MappingColumn.NOTE)
    assert not button(dialog, "Save").isEnabled()
    button(dialog, "As Delivered").click()
    assert cell(dialog, row_of(dialog, "headline"), MappingColumn.NOTE) == ""


def test_rights_without_access_control_are_warned_of(
    qtbot: QtBot, shelf: Desk, opened: Open
) -> None:
    dialog = opened(shelf)
    choose(dialog, "rights_end")
    qtbot.keyClick(dialog.findChild(QTableView), Qt.Key.Key_Return)
    way = next(
        one for one in dialog.findChildren(QComboBox) if one.isVisible() and not one.isEditable()
    )
    way.setCurrentIndex(way.findData(Direction.NONE.value))
    button(dialog, "Use").click()
    assert "retracted" in cell(dialog, row_of(dialog, "rights_end"), MappingColumn.NOTE)
    assert button(dialog, "Save").isEnabled()


def test_missing_fields_are_told_and_defined_and_a_dry_run_shows_what_would_go(
    qtbot: QtBot, brand: Brand, opened: Open
) -> None:
    assets = (brand.asset("a.jpg").id,)
    dialog = opened(brand.desk, environment=ACCOUNT.cloud_name, assets=assets)
    button(dialog, "Check").click()
    qtbot.waitUntil(lambda: "lacks" in said(dialog), timeout=10_000)
    button(dialog, "Define Missing Fields").click()
    qtbot.waitUntil(lambda: "fits" in said(dialog), timeout=20_000)
    button(dialog, "Dry Run").click()
    lines = next(
        one
        for one in dialog.findChildren(QListView)
        if one.accessibleName() == "What would be sent"
    )
    qtbot.waitUntil(lines.isVisible, timeout=10_000)
    model = lines.model()
    titles = [plain(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert "Context “title”" in titles
    assert "Field “campaign”" in titles


def test_each_row_says_who_leads_and_an_environment_can_have_it_otherwise(
    shelf: Desk, opened: Open
) -> None:
    dialog = opened(shelf, environment="studio")
    choose(dialog, "caption")
    button(dialog, "Change…").click()
    form = dialog.findChild(FieldMappingRow)
    assert form is not None
    assert plain(form.leads.currentText()) == "The master"
    form.leads.setCurrentIndex(form.leads.findData(Leads.NEWEST.value))
    form.leads_here.setCurrentIndex(form.leads_here.findData(Leads.CLOUD.value))
    button(dialog, "Use").click()
    assert cell(dialog, row_of(dialog, "caption"), MappingColumn.LEADS) == "Cloudinary"
    button(dialog, "Save").click()
    kept = shelf.parts.worker.governance.mapping
    shelf.until(lambda: kept().leads_in == {"studio": {"caption": Leads.CLOUD}})
    row = kept().row("caption")
    assert row is not None
    assert row.leads is Leads.NEWEST
    choose(dialog, "caption")
    button(dialog, "Remove").click()
    button(dialog, "Save").click()
    shelf.until(lambda: kept().row("caption") is None)
    assert kept().leads_in == {}


def test_a_sync_says_beforehand_what_it_would_change(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    page = FieldMappingSync(theme, icons)
    qtbot.addWidget(page)
    page.show_changes([])
    assert not page.sync.isEnabled()
    change = SyncChange(
        asset=AssetId("a"),
        copy=AssetId("b"),
        name="hero.jpg",
        source="title",
        towards=Towards.CLOUD,
        before="Old",
        after="New",
        why=Why.CHANGED,
    )
    page.show_changes([change])
    line = page.lines.index(0, 0)
    assert plain(line.data()) == "Title of hero.jpg"
    spoken = line.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "“New” instead of “Old”: it was changed on one side, To Cloudinary" in spoken
    with qtbot.waitSignal(page.syncWanted):
        page.sync.click()


def test_the_menu_opens_it_for_the_environment_in_use(qtbot: QtBot, window: MainWindow) -> None:
    menu = window.core.actions.at_shelter.menu()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if "Mapping" in one.text()).trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(FieldMappingDialog)))
    (dialog,) = window.findChildren(FieldMappingDialog)
    qtbot.waitUntil(lambda: rows(dialog).rowCount() > 0)
    assert button(dialog, "Check").isEnabled()
    assert not button(dialog, "Dry Run").isEnabled()
    dialog.reject()


def test_every_source_has_a_name_for_people() -> None:
    assert SOURCE_NAMES.keys() == SOURCES.keys()
    assert plain(source_text("keyword:season")) == "Keywords “season:…”"
    assert plain(source_text("custom:Brand")) == "Custom field “Brand”"
