"""Endpoints in the window: added, tested, switched, given a new secret, removed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.webhooks import Endpoint, EndpointState
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.webhooks import WebhooksDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.parts.list_or_words import ListOrWords
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.receivers import Receiver
from tests.ui.windows import dialog

PATIENCE_MS = 30_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(  # noqa: PLR0917 - fixtures
    desk: Desk,
    asker: Asker,
    bridge: WorkerBridge,
    theme: Theme,
    icons: Icons,
    qtbot: QtBot,
    english: None,
) -> WebhooksDialog:
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    made = WebhooksDialog(worker, asker, Looks(theme, icons, pixels, desk.clock), bridge)
    qtbot.addWidget(made)
    made.show()
    return made


def lines(shown: WebhooksDialog) -> list[Line]:
    model = shown.endpoints
    return [model.index(row, 0).data(LineRole.LINE) for row in range(model.rowCount())]


def told(shown: WebhooksDialog) -> list[Line]:
    model = shown.messages
    return [model.index(row, 0).data(LineRole.LINE) for row in range(model.rowCount())]


def fill(shown: WebhooksDialog, qtbot: QtBot, name: str, url: str, *, private: bool) -> None:
    """Type an endpoint into the form, and save it."""
    shown.add.click()
    qtbot.keyClicks(shown.form.name_field, name)
    qtbot.keyClicks(shown.form.url_field, url)
    shown.form.private_box.setChecked(private)
    qtbot.mouseClick(shown.form.save_button, LEFT)


def confirm(shown: WebhooksDialog, qtbot: QtBot) -> None:
    """Say yes to what is asked."""
    asked = dialog(qtbot, shown, ConfirmDialog)
    asked.confirmed.emit()
    asked.done(0)
    qtbot.waitUntil(lambda: not asked.isVisible(), timeout=PATIENCE_MS)


def test_an_endpoint_is_added_its_secret_shown_once_and_tested(
    shown: WebhooksDialog, qtbot: QtBot, receiver: Receiver
) -> None:
    fill(shown, qtbot, "Shop", receiver.url, private=True)
    qtbot.waitUntil(lambda: bool(lines(shown)), timeout=PATIENCE_MS)
    qtbot.waitUntil(shown.secret.isVisible, timeout=PATIENCE_MS)
    secret = shown.secret.text()
    qtbot.mouseClick(shown.test, LEFT)
    qtbot.waitUntil(lambda: bool(receiver.received), timeout=PATIENCE_MS)
    assert receiver.received[0].is_signed_with(secret)
    qtbot.waitUntil(
        lambda: [one.text for one in told(shown)] == ["The receiver took it"], timeout=PATIENCE_MS
    )
    shown.done(0)
    assert shown.secret.text() == ""


def test_what_cannot_be_called_is_refused_and_what_was_typed_stays(
    shown: WebhooksDialog, qtbot: QtBot
) -> None:
    fill(shown, qtbot, "Shop", "http://example.com", private=False)
    assert shown.form.isVisible()
    assert shown.form.url_field.text() == "http://example.com"
    assert not shown.endpoints.rowCount()


def test_an_endpoint_that_gave_up_says_why_and_is_switched_on_again(
    shown: WebhooksDialog, qtbot: QtBot, desk: Desk, receiver: Receiver
) -> None:
    webhooks = desk.parts.worker.webhooks
    endpoint, _ = webhooks.add(Endpoint(id="", name="Shop", url=receiver.url, private_allowed=True))
    receiver.answers.append(410)
    desk.finished(webhooks.test(endpoint.id))
    qtbot.waitUntil(lambda: [one.mark for one in lines(shown)] == ["Given up"], timeout=PATIENCE_MS)
    assert "410" in lines(shown)[0].text
    assert not shown.test.isEnabled()
    qtbot.mouseClick(shown.switch, LEFT)
    qtbot.waitUntil(lambda: [one.mark for one in lines(shown)] == [""], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(told(shown)), timeout=PATIENCE_MS)
    shown.message_list.setCurrentIndex(shown.messages.index(0, 0))
    qtbot.mouseClick(shown.resend, LEFT)
    qtbot.waitUntil(lambda: len(receiver.received) == 2, timeout=PATIENCE_MS)
    assert receiver.received[0].id == receiver.received[1].id


def test_a_new_secret_and_a_removal_are_asked_about(
    shown: WebhooksDialog, qtbot: QtBot, desk: Desk, receiver: Receiver
) -> None:
    webhooks = desk.parts.worker.webhooks
    webhooks.add(Endpoint(id="", name="Shop", url=receiver.url, private_allowed=True))
    qtbot.waitUntil(lambda: bool(lines(shown)), timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.rotate, LEFT)
    confirm(shown, qtbot)
    qtbot.waitUntil(shown.secret.isVisible, timeout=PATIENCE_MS)
    assert webhooks.endpoints()[0].rotated_at
    assert webhooks.endpoints()[0].state is EndpointState.ON
    qtbot.mouseClick(shown.remove, LEFT)
    confirm(shown, qtbot)
    qtbot.waitUntil(lambda: not webhooks.endpoints(), timeout=PATIENCE_MS)


def test_without_an_endpoint_one_is_offered_and_messages_are_missed_in_words(
    shown: WebhooksDialog, qtbot: QtBot, desk: Desk, receiver: Receiver
) -> None:
    qtbot.waitUntil(shown.empty.isVisible, timeout=PATIENCE_MS)
    assert not shown.endpoint_list.isVisible()
    (add,) = shown.empty.findChildren(QPushButton)
    qtbot.mouseClick(add, LEFT)
    assert shown.form.isVisible()
    shown.form.backWanted.emit()
    desk.parts.worker.webhooks.add(
        Endpoint(id="", name="Shop", url=receiver.url, private_allowed=True)
    )
    qtbot.waitUntil(shown.endpoint_list.isVisible, timeout=PATIENCE_MS)
    assert not shown.empty.isVisible()
    (messages,) = shown.findChildren(ListOrWords)
    assert messages.words
    qtbot.mouseClick(shown.test, LEFT)
    qtbot.waitUntil(lambda: messages.words == "", timeout=PATIENCE_MS)


def test_the_menu_leads_to_it(window: MainWindow, qtbot: QtBot) -> None:
    window.core.actions.endpoints.trigger()
    assert dialog(qtbot, window, WebhooksDialog).isVisible()
