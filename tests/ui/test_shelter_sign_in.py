"""Connecting a service of masters: every step it may ask for, and errors that say what to do."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.shelter import shelter_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.shelter_sign_in import ShelterSignInDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.nordlys import (
    CODE,
    EMAIL,
    KEY,
    PASSWORD,
    TWO_HOMES,
    TWO_STEPS,
    connected,
    nordlys_desk,
)

Opened = Callable[..., ShelterSignInDialog]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, decoder: DecoderPool) -> Iterator[Desk]:
    """An application beside a service of masters: one for all these tests."""
    with nordlys_desk(tmp_path_factory.mktemp("home"), decoder) as (desk, _):
        yield desk


@pytest.fixture
def opened(qtbot: QtBot, home: Desk, theme: Theme, icons: Icons) -> Iterator[Opened]:
    worker = home.parts.worker
    asker = Asker(worker)

    def open_dialog(account: str = "") -> ShelterSignInDialog:
        returning = worker.shelters.record(account) if account else None
        dialog = ShelterSignInDialog(worker, asker, theme, icons, returning)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    yield open_dialog
    assert asker.close()


def button(parent: QWidget, text: str) -> QPushButton:
    return next(
        one for one in parent.findChildren(QPushButton) if one.text() == text and one.isVisible()
    )


def said(parent: QWidget) -> str:
    return " ".join(one.text for one in parent.findChildren(Banner))


def enter(
    qtbot: QtBot, dialog: ShelterSignInDialog, home: Desk, *, email: str, password: str = PASSWORD
) -> None:
    """Type everything, and press Enter in the last field."""
    assert home.sandbox is not None
    fill_in(qtbot, dialog, f"{home.sandbox.url}/psapi/v4.0", email, password)
    qtbot.keyClick(dialog.form.password, Qt.Key.Key_Return)


def fill_in(
    qtbot: QtBot, dialog: ShelterSignInDialog, address: str, email: str, password: str = PASSWORD
) -> None:
    form = dialog.form
    if form.address.isEnabled():
        form.address.setText(address)
    for field, text in ((form.key, KEY), (form.email, email), (form.password, password)):
        field.clear()
        qtbot.keyClicks(field, text)


def test_a_person_of_one_organisation_is_connected_at_once(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    dialog = opened()
    with qtbot.waitSignal(dialog.added) as told:
        enter(qtbot, dialog, home, email=EMAIL)
    assert told.args is not None
    assert told.args[0].name == "Nordlys"
    assert told.args[0] in home.parts.worker.libraries()
    assert not dialog.isVisible()


def test_nothing_can_be_sent_before_everything_is_typed(opened: Opened) -> None:
    dialog = opened()
    go = button(dialog, "Sign in")
    assert dialog.form.key.hasFocus() or not dialog.isActiveWindow()
    assert not go.isEnabled()
    for field in (dialog.form.key, dialog.form.email, dialog.form.password):
        assert not go.isEnabled()
        field.setText("x")
        field.textEdited.emit("x")
    assert go.isEnabled()


def test_a_wrong_password_is_told_and_what_was_typed_stays(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    dialog = opened()
    enter(qtbot, dialog, home, email=EMAIL, password="wrong")
    qtbot.waitUntil(lambda: "did not sign you in" in said(dialog), timeout=10_000)
    assert dialog.form.email.text() == EMAIL
    with qtbot.waitSignal(dialog.added):
        enter(qtbot, dialog, home, email=EMAIL)


def test_an_address_that_would_send_the_password_in_the_clear_is_refused(
    qtbot: QtBot, opened: Opened
) -> None:
    dialog = opened()
    fill_in(qtbot, dialog, "http://photos.nordlys.example", EMAIL)
    qtbot.keyClick(dialog.form.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be used" in said(dialog), timeout=10_000)


def test_a_second_factor_is_asked_for_and_may_be_typed_in_groups(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    dialog = opened()
    enter(qtbot, dialog, home, email=TWO_STEPS)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.code, timeout=10_000)
    field = dialog.code.code
    qtbot.keyClicks(field, "135790")
    button(dialog, "Go on").click()
    qtbot.waitUntil(lambda: bool(said(dialog.code)) and field.text() == "", timeout=10_000)
    qtbot.keyClicks(field, f"{CODE[:3]} {CODE[3:]}")
    with qtbot.waitSignal(dialog.added):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_person_of_two_organisations_chooses_one_with_the_keyboard(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    dialog = opened()
    dialog.form.name.setText("Press pictures")
    enter(qtbot, dialog, home, email=TWO_HOMES)
    page = dialog.organization
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is page, timeout=10_000)
    model = page.view.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert sorted(names) == ["Nordlys", "Nordlys Press"]
    page.view.setCurrentIndex(model.index(names.index("Nordlys Press"), 0))
    assert page.view.currentIndex().data(LineRole.KEY).startswith("O0000")
    with qtbot.waitSignal(dialog.added) as told:
        button(dialog, "Choose").click()
    assert told.args is not None
    assert told.args[0].name == "Press pictures"


def test_back_leads_to_the_form_and_forgets_the_code(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    dialog = opened()
    enter(qtbot, dialog, home, email=TWO_STEPS)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.code, timeout=10_000)
    qtbot.keyClicks(dialog.code.code, "13")
    button(dialog, "Back").click()
    assert dialog.pages.currentWidget() is dialog.form
    assert dialog.code.code.text() == ""
    assert button(dialog, "Sign in").isEnabled()


def test_a_closed_dialog_keeps_no_secret(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened()
    qtbot.keyClicks(dialog.form.password, PASSWORD)
    qtbot.keyClicks(dialog.form.key, KEY)
    dialog.reject()
    kept = "".join(field.text() for field in dialog.findChildren(QLineEdit))
    assert PASSWORD not in kept
    assert KEY not in kept


def test_who_was_signed_out_signs_in_again_to_the_same_library(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    library = connected(home)
    account = shelter_of(library.id) or ""
    shelters = home.parts.worker.shelters
    shelters.sign_out(account)
    assert not shelters.is_signed_in(account)
    dialog = opened(account)
    assert not dialog.form.address.isEnabled()
    assert dialog.form.email.text() == EMAIL
    with qtbot.waitSignal(dialog.returned) as told:
        enter(qtbot, dialog, home, email=EMAIL)
    assert told.args == [account]
    assert shelters.is_signed_in(account)
    assert library in shelters.libraries()


def test_another_organisation_cannot_take_a_library_s_place(
    qtbot: QtBot, home: Desk, opened: Opened
) -> None:
    account = shelter_of(connected(home).id) or ""
    dialog = opened(account)
    enter(qtbot, dialog, home, email=TWO_HOMES)
    page = dialog.organization
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is page, timeout=10_000)
    model = page.view.model()
    row = next(n for n in range(2) if model.index(n, 0).data() == "Nordlys Press")
    page.view.setCurrentIndex(model.index(row, 0))
    button(dialog, "Choose").click()
    qtbot.waitUntil(lambda: bool(said(dialog.form)), timeout=10_000)
    assert dialog.pages.currentWidget() is dialog.form
