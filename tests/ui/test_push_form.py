"""The form of a push: what is typed and chosen, as the target of a plan."""

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.push_policies import Access, DeliveryType, IdFrom, OnConflict, ShownAs
from bridge_app.ui.dialogs.push_form import PushForm
from bridge_app.ui.dialogs.push_options import PushOptions
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Theme


def test_folder_and_tags_are_tidied(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = PushForm(theme, icons, folder="/ spring / lookbook/", tags=" a, b ,, a ")
    qtbot.addWidget(form)
    assert form.target() == PushTarget(folder="spring/lookbook", tags=("a", "b"))


def test_an_upload_preset_goes_along(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    form = PushForm(theme, icons, folder="", tags="")
    qtbot.addWidget(form)
    field = form.findChildren(RecentField)[-1]
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
    more.click()
    assert options.isVisible()
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
        context=(("campaign", "spring"), ("season", "2027")),
    )


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
