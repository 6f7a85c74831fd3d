"""Accounts: checked before they are kept, and secrets that leave no trace in the window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.app.build import Parts, build
from bridge_app.app.profile import key_store
from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.approvals import Approval
from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.query import Query
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.account import AccountDialog
from bridge_app.ui.dialogs.account_form import AccountForm
from bridge_app.ui.dialogs.account_list import AccountList
from bridge_app.ui.dialogs.account_log_out import LogOutDialog
from bridge_app.ui.dialogs.passphrase_page import PassphrasePage
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme
from tests.desk import ACCOUNT, Clock, Desk, picture

CANARY = "canary-in-the-window"
URL = f"cloudinary://123:{CANARY}@studio?upload_prefix=http://127.0.0.1:9&cname=127.0.0.1:8"
Opened = Callable[[], AccountDialog]


def button(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text)


def field(parent: QWidget, label: str) -> QLineEdit:
    """The field that a label names, as a person finds it."""
    named = (one for one in parent.findChildren(QLabel) if one.text().replace("&", "") == label)
    found = next(named).buddy()
    assert isinstance(found, QLineEdit)
    return found


def paste(target: QLineEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    target.paste()


def said(parent: QWidget) -> str:
    return " ".join(one.text for one in parent.findChildren(Banner))


def texts(parent: QWidget) -> str:
    return " ".join(one.text() for one in parent.findChildren(QLineEdit))


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, icons: Icons) -> AccountForm:
    made = AccountForm(theme, icons)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, icons: Icons) -> PassphrasePage:
    made = PassphrasePage(theme, icons)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons) -> Opened:
    def open_dialog() -> AccountDialog:
        dialog = AccountDialog(desk.parts.worker, asker, theme, icons)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return open_dialog


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Parts]:
    """A profile of which nobody keeps the secrets yet: no keyring, no account."""
    home = tmp_path / "bare"
    with build(home, open_store=key_store(home), now=Clock()) as parts:
        parts.worker.start()
        yield parts


@pytest.fixture
def first(
    qtbot: QtBot, qapp: QApplication, bare: Parts, theme: Theme, icons: Icons
) -> Iterator[AccountDialog]:
    """The dialog on a machine without accounts."""
    asker = Asker(bare.worker)
    dialog = AccountDialog(bare.worker, asker, theme, icons)
    qtbot.addWidget(dialog)
    dialog.open()
    yield dialog
    assert asker.close()


# The secret's field


def test_a_secret_is_hidden_and_shown_only_on_request(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    secret = SecretField(theme, icons)
    qtbot.addWidget(secret)
    secret.setText(CANARY)
    assert CANARY not in secret.displayText()
    secret.reveal(on=True)
    assert secret.displayText() == CANARY


@pytest.mark.parametrize("revealed", [False, True])
def test_a_secret_cannot_be_copied_hidden_or_shown(
    qtbot: QtBot, theme: Theme, icons: Icons, revealed: bool
) -> None:
    secret = SecretField(theme, icons)
    qtbot.addWidget(secret)
    secret.setText(CANARY)
    secret.reveal(on=revealed)
    QGuiApplication.clipboard().setText("before")
    secret.selectAll()
    secret.copy()
    secret.cut()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_forgotten_secret_does_not_come_back_by_undo(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    secret = SecretField(theme, icons)
    qtbot.addWidget(secret)
    qtbot.keyClicks(secret, "typed")
    secret.reveal(on=True)
    secret.forget()
    secret.reveal(on=True)
    secret.undo()
    assert secret.text() == ""


# The form


def test_a_pasted_url_is_taken_apart_and_gone_at_once(form: AccountForm, qtbot: QtBot) -> None:
    form.start(can_go_back=False)
    url = field(form, "Paste a CLOUDINARY_URL")
    paste(url, URL)
    assert url.text() == ""
    assert field(form, "Cloud name").text() == "studio"
    assert field(form, "API key").text() == "123"
    assert field(form, "API address").text() == "http://127.0.0.1:9"
    assert field(form, "Delivery host").isVisible()
    with qtbot.waitSignal(form.entered) as entered:
        button(form, "Check and save").click()
    (account,) = entered.args
    assert account.secret == Secret(CANARY)


def test_a_url_that_is_none_is_gone_too_and_never_repeated(form: AccountForm) -> None:
    form.start(can_go_back=False)
    url = field(form, "Paste a CLOUDINARY_URL")
    paste(url, f"https://{CANARY}@studio")
    assert url.text() == ""
    assert "cloudinary://API_KEY:API_SECRET@CLOUD_NAME" in said(form)
    assert CANARY not in said(form)


def test_a_url_typed_by_hand_fills_the_fields_and_stays_until_it_is_whole(
    form: AccountForm, qtbot: QtBot
) -> None:
    form.start(can_go_back=False)
    url = field(form, "Paste a CLOUDINARY_URL")
    qtbot.keyClicks(url, "cloudinary://1:s@st")
    assert field(form, "Cloud name").text() == "st"
    assert url.text().endswith("@st")
    qtbot.keyClicks(url, "udio")
    assert field(form, "Cloud name").text() == "studio"
    assert button(form, "Check and save").isEnabled()
    qtbot.keyClick(url, Qt.Key.Key_Return)
    assert url.text() == ""


def test_nothing_can_be_saved_before_all_three_are_there(form: AccountForm, qtbot: QtBot) -> None:
    form.start(can_go_back=False)
    save = button(form, "Check and save")
    for label in ("Cloud name", "API key", "API secret"):
        assert not save.isEnabled()
        qtbot.keyClicks(field(form, label), "text")
    assert save.isEnabled()


# The passphrase


def test_a_new_passphrase_is_typed_twice_and_long_enough(
    page: PassphrasePage, qtbot: QtBot
) -> None:
    page.start(new=True)
    create = button(page, "Create the key store")
    once, again = field(page, "Passphrase"), field(page, "The same again")
    qtbot.keyClicks(once, "short")
    qtbot.keyClicks(again, "short")
    assert not create.isEnabled()
    qtbot.keyClicks(once, " but longer")
    assert not create.isEnabled()
    qtbot.keyClicks(again, " but longer")
    with qtbot.waitSignal(page.entered) as entered:
        create.click()
    assert entered.args == [Secret("short but longer")]


def test_an_existing_key_store_is_opened_with_one_field(page: PassphrasePage) -> None:
    page.start(new=False)
    assert not field(page, "The same again").isVisible()
    assert button(page, "Open").isVisible()


# The dialog, over the real worker and the sandbox


def test_a_key_is_checked_with_the_service_before_it_is_kept(
    first: AccountDialog, bare: Parts, sandbox: Sandbox, qtbot: QtBot
) -> None:
    url = sandbox.cloudinary_url(ACCOUNT).replace(ACCOUNT.api_secret, "mistyped")
    paste(field(first, "Paste a CLOUDINARY_URL"), url)
    button(first, "Check and save").click()
    qtbot.waitUntil(lambda: "does not accept the key" in said(first))
    assert bare.worker.accounts() == ()
    assert button(first, "Check and save").isEnabled()


def test_beside_the_demo_a_new_passphrase_is_asked_for_twice(
    first: AccountDialog, bare: Parts, sandbox: Sandbox, qtbot: QtBot
) -> None:
    demo = NewAccount(cloud_name="bridge-demo", api_key="1", secret=Secret("2"))
    bare.environments.lend(demo)

    paste(field(first, "Paste a CLOUDINARY_URL"), sandbox.cloudinary_url(ACCOUNT))
    button(first, "Check and save").click()

    page = first.findChild(PassphrasePage)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert field(page, "The same again").isVisible()


def test_without_a_keyring_a_passphrase_is_chosen_and_then_the_account_is_saved(
    first: AccountDialog, bare: Parts, sandbox: Sandbox, qtbot: QtBot
) -> None:
    paste(field(first, "Paste a CLOUDINARY_URL"), sandbox.cloudinary_url(ACCOUNT))
    button(first, "Check and save").click()
    page = first.findChild(PassphrasePage)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    for label in ("Passphrase", "The same again"):
        qtbot.keyClicks(field(page, label), "correct horse battery")
    with qtbot.waitSignal(first.accepted):
        button(page, "Create the key store").click()
    account = bare.worker.current_account()
    assert account is not None
    assert account.environment == "studio"
    assert texts(first).strip() == ""


def test_after_a_start_the_key_store_can_be_opened_though_nothing_waits_for_it(
    sandbox: Sandbox, qtbot: QtBot, qapp: QApplication, theme: Theme, icons: Icons, tmp_path: Path
) -> None:
    opens = key_store(tmp_path)
    with build(tmp_path, open_store=opens, now=Clock()) as parts:
        parts.worker.open_key_store(Secret("correct horse battery"))
        parts.environments.keep(NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT)))
    with build(tmp_path, open_store=opens, now=Clock()) as parts:
        asker = Asker(parts.worker)
        dialog = AccountDialog(parts.worker, asker, theme, icons)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(button(dialog, "Open key store…").isVisible)
        parts.worker.open_key_store(Secret("correct horse battery"))
        assert not parts.worker.environments.is_key_store_closed()
        assert asker.close()


def test_after_a_start_the_key_store_is_opened_and_what_waited_goes_out(
    sandbox: Sandbox, qtbot: QtBot, qapp: QApplication, theme: Theme, icons: Icons, tmp_path: Path
) -> None:
    home = tmp_path / "profile"
    picture(tmp_path / "masters" / "hero.jpg")
    with build(home, open_store=key_store(home), now=Clock()) as parts:
        parts.worker.open_key_store(Secret("correct horse battery"))
        parts.environments.keep(NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT)))
    with build(home, open_store=key_store(home), now=Clock()) as parts:
        worker = parts.worker
        worker.start()
        library = worker.add_library(tmp_path / "masters")
        qtbot.waitUntil(lambda: not worker.is_scanning(), timeout=10_000)
        with parts.stock.readers.lent() as reader:
            assets = reader.ids(Query(library=library.id), now=Clock()())
        worker.decide(assets, Approval.APPROVED)
        batch = worker.push(worker.plan_push(assets, PushTarget()))
        qtbot.waitUntil(lambda: worker.summary().waiting_for is WaitingFor.ACCOUNT)
        asker = Asker(worker)
        dialog = AccountDialog(worker, asker, theme, icons)
        qtbot.addWidget(dialog)
        dialog.open()
        button(dialog, "Open key store…").click()
        page = dialog.findChild(PassphrasePage)
        assert page is not None
        qtbot.keyClicks(field(page, "Passphrase"), "wrong")
        button(page, "Open").click()
        qtbot.waitUntil(lambda: "does not open the key store" in said(page))
        qtbot.keyClicks(field(page, "Passphrase"), "correct horse battery")
        with qtbot.waitSignal(dialog.accepted):
            button(page, "Open").click()
        qtbot.waitUntil(lambda: worker.batch(batch)[0].state is JobState.DONE)
        assert asker.close()


def test_closing_leaves_nothing_secret_in_the_dialog(first: AccountDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(first, "API secret"), CANARY)
    assert CANARY in texts(first)
    first.reject()
    assert CANARY not in texts(first)


def test_the_account_in_use_is_marked_and_another_can_be_used(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    other = replace(ACCOUNT, cloud_name="archive")
    assert desk.sandbox is not None
    desk.parts.environments.keep(NewAccount.from_url(desk.sandbox.cloudinary_url(other)))
    dialog = opened()
    page = dialog.findChild(AccountList)
    assert page is not None
    view = page.findChild(QListView)
    assert view is not None

    def marked() -> list[str]:
        rows = (view.model().index(row, 0) for row in range(view.model().rowCount()))
        return [row.data(LineRole.KEY) for row in rows if row.data(LineRole.LINE).mark]

    assert marked() == ["archive"]
    row = next(n for n in range(2) if view.model().index(n, 0).data(LineRole.KEY) == "studio")
    view.setCurrentIndex(view.model().index(row, 0))
    button(dialog, "Use this one").click()
    qtbot.waitUntil(lambda: marked() == ["studio"])
    current = desk.parts.worker.current_account()
    assert current is not None
    assert current.environment == "studio"


def test_an_account_is_removed_only_after_saying_what_is_kept(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    dialog = opened()
    button(dialog, "Log out…").click()
    question = dialog.findChild(LogOutDialog)
    assert question is not None
    assert not question.with_cache
    told = " ".join(label.text() for label in question.findChildren(QLabel))
    assert "your decisions and its history stay here" in told
    question.leave_button.click()
    assert desk.parts.worker.accounts()
    button(dialog, "Log out…").click()
    act = dialog.findChildren(LogOutDialog)[-1].act_button
    act.setFocus()
    qtbot.keyClick(act, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.parts.worker.accounts() == ())
    form = dialog.findChild(AccountForm)
    assert form is not None
    qtbot.waitUntil(form.isVisible)


# Two-line rows


def test_lines_are_a_sound_model_and_tell_all_they_show(qtmodeltester: ModelTester) -> None:
    lines = LineList()
    watched = QAbstractItemModelTester(lines, QAbstractItemModelTester.FailureReportingMode.Warning)
    lines.take([Line(key="a", icon="cloud", title="studio", text="Key 123", mark="In use")])
    del watched
    qtmodeltester.check(lines, force_py=True)
    told = lines.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "studio, Key 123, In use"
