"""Connecting a service of masters: every step it may ask for, and errors that say what to do."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.app.build import build
from bridge_app.app.profile import key_store
from bridge_app.domain.shelter import shelter_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.passphrase_page import PassphrasePage
from bridge_app.ui.dialogs.shelter_sign_in import ShelterSignInDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.lines import LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from bridge_app.work.shelter_browser import return_address
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
from tests.plain_http import plain

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
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    looks = Looks(theme, icons, pixels, home.clock)

    def open_dialog(account: str = "") -> ShelterSignInDialog:
        returning = worker.shelters.record(account) if account else None
        dialog = ShelterSignInDialog(worker, asker, looks, returning)
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


# With the browser


class Browser(QObject):
    """A browser with a person before it, who allows what the page asks; if they come at all."""

    comes = True

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        shown = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        assert KEY not in shown
        if self.comes:
            threading.Thread(target=self.visit, args=(shown,)).start()

    def visit(self, shown: str) -> None:
        address = plain.get(shown).headers["location"]
        asked = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
        form = {**asked, "email": EMAIL, "password": PASSWORD, "decision": "allow"}
        plain.post(address, data=form, follow_redirects=True)


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    # The stubs want bytes, the function a text.
    QDesktopServices.setUrlHandler("http", made, "open")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("http")


def registered(home: Desk) -> tuple[str, str, str]:
    """The service's address, and our application there: its ID and secret."""
    assert home.sandbox is not None
    base = f"{home.sandbox.url}/psapi/v4.0"
    said = {
        "name": "Desk",
        "description": "A desktop program",
        "email": EMAIL,
        "application_name": "Asset Bridge",
        "redirect_uri": return_address(),
    }
    reply = plain.post(f"{base}/oauth/register", data=said, headers={"X-PS-Api-Key": KEY})
    told = reply.json()["data"]["attributes"]
    return base, told["client_id"], told["client_secret"]


def fill_in_application(dialog: ShelterSignInDialog, application: tuple[str, str, str]) -> None:
    page = dialog.browser
    base, client_id, client_secret = application
    dialog.form.browser.click()
    for field, text in (
        (page.address, base),
        (page.key, KEY),
        (page.client_id, client_id),
        (page.client_secret, client_secret),
    ):
        field.setText(text)
        field.textEdited.emit(text)


def test_a_browser_signs_in_where_a_code_cannot_be_sent(
    qtbot: QtBot, home: Desk, opened: Opened, browser: Browser
) -> None:
    dialog = opened()
    fill_in_application(dialog, registered(home))
    with qtbot.waitSignal(dialog.added, timeout=10_000) as told:
        button(dialog, "Open the browser").click()
    assert told.args is not None
    assert told.args[0].name == "Nordlys"


def test_the_wait_for_the_browser_can_be_ended(
    qtbot: QtBot, home: Desk, opened: Opened, browser: Browser
) -> None:
    dialog = opened()
    browser.comes = False
    fill_in_application(dialog, registered(home))
    button(dialog, "Open the browser").click()
    button(dialog, "Cancel").click()
    qtbot.waitUntil(lambda: "cancelled" in said(dialog.browser), timeout=10_000)
    assert button(dialog, "Back").isEnabled()


# Where nobody keeps secrets yet


@pytest.fixture
def bare(
    home: Desk, tmp_path: Path, qtbot: QtBot, theme: Theme, icons: Icons
) -> Iterator[ShelterSignInDialog]:
    """The dialog on a machine without a keyring, beside the same service."""
    profile = tmp_path / "bare"
    with build(profile, open_store=key_store(profile), now=home.clock) as parts:
        parts.worker.start()
        worker, asker = parts.worker, Asker(parts.worker)
        pixels = Pixels(
            asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker
        )
        dialog = ShelterSignInDialog(worker, asker, Looks(theme, icons, pixels, home.clock))
        qtbot.addWidget(dialog)
        dialog.open()
        yield dialog
        assert asker.close()


def test_without_a_keyring_a_passphrase_keeps_what_was_signed_in(
    qtbot: QtBot, home: Desk, bare: ShelterSignInDialog
) -> None:
    enter(qtbot, bare, home, email=EMAIL)
    page = bare.findChild(PassphrasePage)
    assert page is not None
    qtbot.waitUntil(lambda: bare.pages.currentWidget() is page, timeout=10_000)
    for field in page.findChildren(QLineEdit):
        qtbot.keyClicks(field, "four words, well chosen")
    with qtbot.waitSignal(bare.added, timeout=20_000) as told:
        next(one for one in page.findChildren(QPushButton) if one.isDefault()).click()
    assert told.args is not None
    assert told.args[0].name == "Nordlys"
