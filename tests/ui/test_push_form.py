"""The form of a push: what is typed and chosen, as the target of a plan."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.domain.metadata_rules import Equals, MetadataRule, Schema
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.push_policies import (
    Access,
    DeliveryType,
    IdFrom,
    Moderated,
    OnConflict,
    ShownAs,
)
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.push_form import PushForm
from bridge_app.ui.dialogs.push_metadata import PushMetadata
from bridge_app.ui.dialogs.push_options import PushOptions
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_editors import ChoiceEditor, TextEditor
from bridge_app.ui.panels.metadata_tags import TagsEditor
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.presets.market_table import MarketTable
from bridge_app.ui.theme import Theme

SQUARE = RenditionPreset(name="square", title="", transformation="w_60", format="jpg")
WIDE = RenditionPreset(name="wide", title="", transformation="w_80", format="")


def test_folder_and_tags_are_tidied(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = PushForm(theme, icons, folder="/ spring / lookbook/", tags=" a, b ,, a ")
    qtbot.addWidget(form)
    assert form.target() == PushTarget(folder="spring/lookbook", tags=("a", "b"))


def test_an_upload_preset_goes_along(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    field = form.findChildren(RecentField, options=direct)[-1]
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(field, "web")
    assert form.target() == PushTarget(preset="web")


def test_choices_that_are_seldom_made_are_folded_away_and_go_along(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    form.show()
    options = form.findChild(PushOptions)
    more = form.findChild(QToolButton)
    assert options is not None
    assert more is not None
    assert not options.isVisible()
    folded = more.icon().cacheKey()
    more.click()
    assert options.isVisible()
    assert more.icon().cacheKey() != folded, "its arrow points down now"
    boxes = options.findChildren(QComboBox)
    for box in boxes:
        box.setCurrentIndex(box.count() - 1)
    field = options.findChild(QLineEdit)
    assert field is not None
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(field, "campaign=spring, season = 2027")
    assert form.target() == PushTarget(
        on_conflict=OnConflict.SKIP,
        id_from=IdFrom.RANDOM,
        shown_as=ShownAs.TITLE,
        access=Access.TOKEN,
        delivery_type=DeliveryType.AUTHENTICATED,
        moderated=Moderated.MANUAL,
        context=(("campaign", "spring"), ("season", "2027")),
    )


def test_renditions_are_named_by_presets_and_sets(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    options = form.findChild(PushOptions)
    assert options is not None
    field = options.findChild(RecentField)
    assert field is not None
    qtbot.keyClicks(field, "square, wide")
    assert form.target() is None, "nothing of that name is known"
    assert not [one for one in form.findChildren(RecentField) if one.property("invalid")]
    with qtbot.waitSignal(form.edited):
        form.offer_renditions(PresetLibrary(presets={"square": SQUARE, "wide": WIDE}))
    target = form.target()
    assert target is not None
    assert [one.transformation for one in target.eager] == ["w_60", "w_80"]
    assert field.offers() == ["square", "wide"]


def test_a_context_that_is_none_is_refused(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    options = form.findChild(PushOptions)
    assert options is not None
    field = options.findChild(QLineEdit)
    assert field is not None
    field.setText("campaign")
    assert form.target() is None


def test_fixed_folders_leave_no_choice_of_a_display_name(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    options = form.findChild(PushOptions)
    assert options is not None
    names = options.findChildren(QComboBox)[2]
    form.set_folder_mode(FolderMode.FIXED)
    assert not names.isEnabled()
    assert "fixed folders" in names.toolTip()
    form.set_folder_mode(FolderMode.DYNAMIC)
    assert names.isEnabled()


ENTRIES = (Entry(external_id="a", value="Acme"), Entry(external_id="b", value="Bolt"))
SCHEMA = Schema(
    fields=(
        MetadataField(external_id="brand", label="Brand", type=FieldType.ENUM, entries=ENTRIES),
        MetadataField(external_id="lines", label="Lines", type=FieldType.SET, entries=ENTRIES),
        MetadataField(
            external_id="uses", label="Uses", type=FieldType.INTEGER, default_disabled=True
        ),
        MetadataField(external_id="robot", label="Robot", type=FieldType.STRING, readonly_ui=True),
    ),
    rules=(
        MetadataRule(
            external_id="r",
            target="uses",
            name="",
            condition=Equals(field="brand", value="b"),
            enable=True,
        ),
    ),
)


def test_structured_fields_are_chosen_and_their_values_go_along(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    form.offer_fields(SCHEMA)
    metadata = form.findChild(PushMetadata)
    assert metadata is not None
    chooser = metadata.findChildren(QComboBox)[0]
    assert [chooser.itemText(at) for at in range(1, chooser.count())] == ["Brand", "Lines", "Uses"]
    for name in ("brand", "lines", "uses"):
        chooser.activated.emit(chooser.findData(name))
    brand, lines, uses = (metadata.row(name).editor for name in ("brand", "lines", "uses"))
    assert isinstance(brand, ChoiceEditor)
    assert isinstance(lines, TagsEditor)
    assert isinstance(uses, TextEditor)
    assert not uses.isEnabled()
    assert "rule" in metadata.row("uses").note_text
    with qtbot.waitSignal(form.edited):
        brand.setCurrentIndex(brand.findText("Bolt"))
        brand.activated.emit(brand.currentIndex())
    assert uses.isEnabled()
    uses.setText("3")
    uses.said.emit("3")
    lines.added.emit("Acme")
    lines.added.emit("Nobody")
    assert "Nobody" in metadata.row("lines").note_text
    lines.added.emit("Bolt")
    lines.removed.emit("a")
    target = form.target()
    assert target is not None
    assert target.metadata == (("brand", "b"), ("lines", ("b",)), ("uses", 3))


def test_a_value_that_its_field_does_not_take_holds_the_plan_back(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    form.offer_fields(SCHEMA)
    metadata = form.findChild(PushMetadata)
    assert metadata is not None
    row = metadata.choose("brand")
    assert row is not None
    assert isinstance(row.editor, ChoiceEditor)
    row.editor.said.emit("Nobody")
    assert "Nobody" in row.trouble_text
    assert form.target() is None
    row.editor.said.emit("a")
    assert form.target() == PushTarget(metadata=(("brand", "a"),))
    form.offer_fields(Schema())
    assert form.target() == PushTarget()


def test_what_is_no_value_stays_to_be_mended_whatever_is_chosen_beside_it(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    day = MetadataField(external_id="day", label="Day", type=FieldType.DATE)
    form.offer_fields(Schema(fields=(day, *SCHEMA.fields)))
    metadata = form.findChild(PushMetadata)
    assert metadata is not None
    row, brand = metadata.choose("day"), metadata.choose("brand")
    assert row is not None
    assert brand is not None
    assert isinstance(row.editor, QLineEdit)
    assert isinstance(brand.editor, ChoiceEditor)
    row.editor.setText("some day")
    row.editor.editingFinished.emit()
    assert form.target() is None
    brand.editor.said.emit("a")
    assert row.editor.text() == "some day"
    assert row.trouble_text
    assert form.target() is None
    row.editor.selectAll()
    qtbot.keyClick(row.editor, Qt.Key.Key_Delete)
    assert not row.trouble_text
    assert form.target() == PushTarget(metadata=(("brand", "a"),))
    row.editor.setText("2027-05-01")
    row.editor.editingFinished.emit()
    assert form.target() == PushTarget(metadata=(("brand", "a"), ("day", "2027-05-01")))


@pytest.mark.parametrize("folder", ["spring//lookbook", "../up", "what?"])
def test_a_folder_that_cannot_be_is_refused_beside_its_field(
    qtbot: QtBot, theme: Theme, icons: Icons, folder: str
) -> None:
    form = PushForm(theme, icons, folder=folder, tags="")
    qtbot.addWidget(form)
    assert form.target() is None
    said = form.findChild(Banner)
    assert said is not None
    assert "cannot be used" in said.text


def test_offering_folders_leaves_what_was_typed(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    field = RecentField(theme, icons, "typed")
    qtbot.addWidget(field)
    field.offer(["a", "b"])
    assert field.text() == "typed"
    assert field.offers() == ["a", "b"]


def test_renditions_are_filled_from_a_table_of_markets(
    qtbot: QtBot, asker: Asker, theme: Theme, icons: Icons, tmp_path: Path
) -> None:
    table = tmp_path / "markets.csv"
    table.write_text("market,size\nDE,30\nFR,60\n")
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    form.offer_markets(asker)
    sized = RenditionPreset(name="sized", title="", transformation="w_$size", format="jpg")
    form.offer_renditions(PresetLibrary(presets={"sized": sized}))
    options = form.findChild(PushOptions)
    assert options is not None
    qtbot.keyClicks(options.findChildren(RecentField)[-1], "sized")
    assert form.target() is None
    markets = form.findChild(MarketTable)
    assert markets is not None
    with qtbot.waitSignal(form.edited):
        markets.read(table)
    target = form.target()
    assert target is not None
    assert [(one.market, one.transformation) for one in target.eager] == [
        ("DE", "$size_!30!/w_$size"),
        ("FR", "$size_!60!/w_$size"),
    ]
