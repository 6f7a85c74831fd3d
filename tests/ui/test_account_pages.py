"""Adding, choosing and naming environments in the dialog."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from bridge_app.domain.environments import Login, Stage
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.account import AccountDialog
from bridge_app.ui.dialogs.account_environments import AccountEnvironments
from bridge_app.ui.dialogs.account_login import AccountLogin
from bridge_app.ui.dialogs.account_naming import AccountNaming
from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.plain_http import plain
from tests.ui.agencies import KEYS, NAMING, current, labelled, said
from tests.ui.windows import press

# Adding and naming


@pytest.fixture
def accounts(agency: Desk, asker: Asker, theme: Theme, icons: Icons, qtbot: QtBot) -> AccountDialog:
    made = AccountDialog(agency.parts.worker, asker, theme, icons)
    qtbot.addWidget(made)
    made.open()
    return made


def test_an_environment_is_named_in_the_dialog(
    accounts: AccountDialog, agency: Desk, qtbot: QtBot
) -> None:
    press(accounts, "Edit…")
    page = accounts.findChild(AccountNaming)
    assert page is not None
    name, owner = labelled(page, "Name"), labelled(page, "Agency or team")
    assert isinstance(name, QLineEdit)
    assert isinstance(owner, QLineEdit)
    assert (name.text(), owner.text()) == ("Web shop", "Northlight")
    name.setText("")
    stage = labelled(page, "Stage")
    assert isinstance(stage, QComboBox)
    stage.setCurrentIndex(stage.findData("staging"))
    press(page, "Save")
    qtbot.waitUntil(lambda: agency.parts.environments.account("web").stage is Stage.STAGING)
    assert agency.parts.environments.account("web").naming == replace(
        NAMING, label="web", stage=Stage.STAGING
    )


def test_the_form_guesses_the_stage_until_somebody_chooses(
    accounts: AccountDialog, qtbot: QtBot
) -> None:
    press(accounts, "Add account…")
    form = accounts._form
    cloud_name, stage = labelled(form, "Cloud name"), labelled(form, "Stage")
    assert isinstance(stage, QComboBox)
    qtbot.keyClicks(cloud_name, "acme")
    assert stage.currentData() == "production"
    qtbot.keyClicks(cloud_name, "-dev")
    assert stage.currentData() == "development"
    stage.setCurrentIndex(stage.findData("staging"))
    stage.activated.emit(stage.currentIndex())
    qtbot.keyClicks(cloud_name, "2")
    assert stage.currentData() == "staging"


def test_one_logs_in_with_the_browser_and_names_what_comes(
    accounts: AccountDialog,
    agency: Desk,
    agency_cloud: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    agency.parts.worker.environments.log_out("web")
    opened: list[str] = []

    def browse(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", browse)
    press(accounts, "Add account…")
    press(accounts._form, "Log in with the browser…")
    page = accounts.findChild(AccountLogin)
    assert page is not None
    prefix = labelled(page, "API address")
    qtbot.keyClicks(prefix, agency_cloud.url)
    press(page, "Open the browser")
    qtbot.waitUntil(lambda: bool(opened))
    plain.get(f"{opened[0]}&prompt=none", follow_redirects=True)
    naming = accounts.findChild(AccountNaming)
    assert naming is not None
    qtbot.waitUntil(naming.isVisible)
    assert agency.parts.environments.account("web").login is Login.OAUTH
    stage = labelled(naming, "Stage")
    assert isinstance(stage, QComboBox)
    assert stage.currentData() == "production"
    accounts.reject()
    assert agency.parts.worker.environments.must_confirm("web")


def test_a_login_can_be_given_up(
    accounts: AccountDialog, agency_cloud: Sandbox, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    accounts._start_login()
    page = accounts.findChild(AccountLogin)
    assert page is not None
    qtbot.keyClicks(labelled(page, "API address"), agency_cloud.url)
    press(page, "Open the browser")
    qtbot.waitUntil(lambda: "Go on in your browser" in said(page))
    press(page, "Cancel")
    qtbot.waitUntil(lambda: "The login was cancelled" in said(page))
    press(page, "Back")


def test_an_environment_is_chosen_from_the_accounts_list_and_added_without_typing_its_key(
    accounts: AccountDialog, agency: Desk, agency_cloud: Sandbox, qtbot: QtBot
) -> None:
    agency.parts.worker.environments.log_out("web-staging")
    press(accounts, "Add account…")
    press(accounts._form, "Choose from your account…")
    page = accounts.findChild(AccountEnvironments)
    assert page is not None
    qtbot.waitUntil(lambda: not accounts._latest.waiting)
    for label, text in (
        ("Account ID", KEYS.account_id),
        ("Account key", KEYS.api_key),
        ("Account secret", KEYS.api_secret),
        ("API address", agency_cloud.url),
    ):
        qtbot.keyClicks(labelled(page, label), text)
    press(page, "List environments")
    view = page.findChild(QListView)
    assert view is not None
    qtbot.waitUntil(lambda: view.model().rowCount() == 2)
    secret = labelled(page, "Account secret")
    assert isinstance(secret, QLineEdit)
    assert secret.text() == ""
    rows = [view.model().index(row, 0) for row in range(2)]
    marks = {row.data(): "Added" in row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows}
    assert marks == {"web": True, "web-staging": False}
    view.setCurrentIndex(next(row for row in rows if row.data() == "web-staging"))
    press(page, "Add this one")
    qtbot.waitUntil(lambda: current(agency) == "web-staging")
    desk = agency.parts.worker.environments
    assert [one.account_id for one in desk.organisations()] == [KEYS.account_id]


def test_wrong_account_keys_are_said_to_be_wrong(
    accounts: AccountDialog, agency_cloud: Sandbox, qtbot: QtBot
) -> None:
    accounts._start_choice()
    qtbot.waitUntil(lambda: not accounts._latest.waiting)
    page = accounts.findChild(AccountEnvironments)
    assert page is not None
    press(page, "List environments")
    assert "The account ID cannot be used" in said(page)
    for label, text in (
        ("Account ID", "nobody"),
        ("Account key", "1"),
        ("Account secret", "wrong-secret"),
        ("API address", agency_cloud.url),
    ):
        qtbot.keyClicks(labelled(page, label), text)
    press(page, "List environments")
    qtbot.waitUntil(lambda: "does not accept the key" in said(page))
