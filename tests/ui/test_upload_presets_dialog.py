"""Upload presets in the window: made, changed and removed at Cloudinary."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.upload_preset_form import UploadPresetForm
from bridge_app.ui.dialogs.upload_presets import UploadPresetsDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.clouds import ENVIRONMENT, cloud_desk
from tests.desk import Desk
from tests.ui.stock import now


@pytest.fixture
def cloud(tmp_path: Path, decoder: DecoderPool) -> Iterator[Desk]:
    with cloud_desk(tmp_path, decoder) as desk:
        yield desk


@pytest.fixture
def questions(cloud: Desk) -> Iterator[Asker]:
    made = Asker(cloud.parts.worker)
    yield made
    assert made.close()


@pytest.fixture
def presets(
    qtbot: QtBot, cloud: Desk, questions: Asker, theme: Theme, icons: Icons
) -> UploadPresetsDialog:
    worker = cloud.parts.worker
    pixels = Pixels(questions, make_thumb=worker.thumbnail, make_preview=worker.preview)
    account = worker.current_account()
    assert account is not None
    made = UploadPresetsDialog(worker, questions, Looks(theme, icons, pixels, now), account)
    qtbot.addWidget(made)
    made.show()
    return made


def button(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text)


def field(form: UploadPresetForm, name: str) -> QLineEdit:
    return next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == name)


def names(presets: UploadPresetsDialog) -> list[str]:
    model = presets.findChildren(QListView)[0].model()
    return [model.index(row, 0).data(LineRole.KEY) for row in range(model.rowCount())]


def choose(presets: UploadPresetsDialog, row: int) -> None:
    view = presets.findChildren(QListView)[0]
    view.setCurrentIndex(view.model().index(row, 0))


def form_of(presets: UploadPresetsDialog) -> UploadPresetForm:
    found = [one for one in presets.findChildren(UploadPresetForm) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def make(qtbot: QtBot, presets: UploadPresetsDialog, name: str) -> UploadPresetForm:
    button(presets, "New…").click()
    form = form_of(presets)
    assert not button(form, "Create").isEnabled()
    qtbot.keyClicks(form.findChildren(QLineEdit)[0], name)
    button(form, "Create").click()
    return form


def test_a_preset_is_made_changed_and_removed(
    qtbot: QtBot, cloud: Desk, presets: UploadPresetsDialog
) -> None:
    shelf = cloud.parts.worker.presets
    make(qtbot, presets, "web")
    qtbot.waitUntil(lambda: "web" in names(presets), timeout=10_000)
    choose(presets, names(presets).index("web"))
    button(presets, "Change…").click()
    form = form_of(presets)
    qtbot.keyClicks(field(form, "Tags"), "spring, web")
    next(one for one in form.findChildren(QCheckBox) if "signature" in one.text()).click()
    button(form, "Save").click()
    qtbot.waitUntil(lambda: not presets.findChildren(UploadPresetForm), timeout=10_000)
    (kept,) = [one for one in shelf.listed(ENVIRONMENT) if one.name == "web"]
    assert kept.unsigned
    assert str(kept.settings["tags"]).replace(" ", "") in {"spring,web", "['spring','web']"}
    choose(presets, names(presets).index("web"))
    button(presets, "Remove…").click()
    assert "web" in names(presets)
    (question,) = presets.findChildren(ConfirmDialog)
    button(question, "Remove").click()
    qtbot.waitUntil(lambda: "web" not in names(presets), timeout=10_000)


def test_a_preset_says_what_its_uploads_do_where_it_names_nothing(
    qtbot: QtBot, cloud: Desk, presets: UploadPresetsDialog
) -> None:
    button(presets, "New…").click()
    form = form_of(presets)
    by_name, unique, replaces = (
        next(one for one in form.findChildren(QCheckBox) if words in one.text())
        for words in ("public ID", "unique", "replaced")
    )
    assert (by_name.isChecked(), unique.isChecked(), replaces.isChecked()) == (False, True, True)
    by_name.click()
    unique.click()
    qtbot.keyClicks(form.findChildren(QLineEdit)[0], "named")
    button(form, "Create").click()
    qtbot.waitUntil(lambda: "named" in names(presets), timeout=10_000)
    (kept,) = cloud.parts.worker.presets.listed(ENVIRONMENT)
    assert kept.settings == {"use_filename": True, "unique_filename": False}


def test_a_name_that_is_taken_is_told_in_the_form_which_keeps_what_was_typed(
    qtbot: QtBot, presets: UploadPresetsDialog
) -> None:
    make(qtbot, presets, "web")
    qtbot.waitUntil(lambda: "web" in names(presets), timeout=10_000)
    form = make(qtbot, presets, "web")
    said = form.findChild(Banner)
    assert said is not None
    qtbot.waitUntil(said.isVisible, timeout=10_000)
    assert form.isVisible()
    assert form.wish().name == "web"
    assert button(form, "Create").isEnabled()


def test_what_was_refused_once_is_switched_off_with_the_reason(
    qtbot: QtBot, cloud: Desk, presets: UploadPresetsDialog
) -> None:
    qtbot.waitUntil(lambda: not presets._latest.waiting, timeout=10_000)
    assert cloud.sandbox is not None
    cloud.sandbox.faults.answer(status=403, times=1)
    form = make(qtbot, presets, "web")
    said = form.findChild(Banner)
    assert said is not None
    qtbot.waitUntil(said.isVisible, timeout=10_000)
    form.reject()
    assert not button(presets, "New…").isEnabled()
    assert "may not do this" in button(presets, "New…").toolTip()
    told = presets.findChild(Banner)
    assert told is not None
    assert "may not do this" in told.text
