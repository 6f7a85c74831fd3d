"""A channel that a package brings is called in the window what the package calls it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel
from pytestqt.qtbot import QtBot

from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.contentstack import ContentstackDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.work.test_other_channels import package

__all__ = ["package"]


@pytest.fixture
def shown(  # noqa: PLR0917 - fixtures
    desk: Desk,
    package: Path,
    asker: Asker,
    bridge: WorkerBridge,
    theme: Theme,
    icons: Icons,
    qtbot: QtBot,
    english: None,
) -> ContentstackDialog:
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    made = ContentstackDialog(worker, asker, Looks(theme, icons, pixels, desk.clock), bridge)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.form.region_field.findText("Wall") >= 0)
    return made


def labels(shown: ContentstackDialog) -> list[str]:
    """What stands beside the fields that are shown."""
    form = shown.form.findChild(QFormLayout)
    assert form is not None
    rows = (form.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(form.rowCount()))
    found = [one.widget() for one in rows if one is not None]
    return [one.text() for one in found if isinstance(one, QLabel) and one.isVisibleTo(shown.form)]


def test_the_form_asks_in_the_words_of_the_package(
    shown: ContentstackDialog, qtbot: QtBot, desk: Desk
) -> None:
    assert shown.windowTitle() == "Contentstack, Wall"
    shown.add.click()
    form = shown.form
    assert {"&API key", "&Branch", "&Folder of copies"} <= set(labels(shown))
    form.region_field.setCurrentIndex(form.region_field.findText("Wall"))
    told = labels(shown)
    assert {"&Service or region", "Address of the wall", "Key of the wall"} <= set(told)
    assert not {"&API key", "&Management token", "&Branch", "&Folder of copies"} & set(told)
    qtbot.keyClicks(form.name_field, "Lobby")
    qtbot.keyClicks(form.key_field, "https://wall.example")
    qtbot.keyClicks(form.token_field, "t")
    qtbot.keyClicks(form.environment_field, "public")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.stacks.rowCount() == 1)
    line = shown.stacks.index(0, 0).data(LineRole.LINE)
    assert "Wall" in line.text
    assert "https://wall.example" in line.text
    assert "main" not in line.text
    form.region_field.setCurrentIndex(0)
    assert "&API key" in labels(shown)
