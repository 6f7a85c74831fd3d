"""Environments in the window: never mistaken for one another, and what a key may not do."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.delivery.permissions import Capability
from bridge_app.domain.environments import Hue
from bridge_app.domain.jobs import JobState
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.push_sheet import PushSheet, PushWish
from bridge_app.ui.environment_looks import hue_colour, swatch
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.account_chip import AccountChip
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.parts.environment_badge import EnvironmentBadge
from bridge_app.ui.permitting import Permitting
from bridge_app.ui.theme import DARK, LIGHT, Theme, Tokens
from bridge_app.work.events import Connectivity
from tests.desk import Desk, picture, states
from tests.ui.agencies import current

# Colours and stages


def contrast(a: QColor, b: QColor) -> float:
    def light(colour: QColor) -> float:
        parts = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        )
        return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    darker, lighter = sorted((light(a), light(b)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("hue", [hue for hue in Hue if hue is not Hue.NONE])
def test_each_colour_is_seen_on_each_surface(tokens: Tokens, hue: Hue) -> None:
    for surface in (tokens.sidebar, tokens.panel, tokens.window, tokens.selection):
        assert contrast(hue_colour(hue, tokens), surface) >= 3.0


def test_the_one_in_use_is_marked_in_its_disc(qapp: QApplication) -> None:
    plain, ticked = (swatch(Hue.RED, LIGHT, ticked=on).pixmap(16, 16) for on in (False, True))
    assert plain.toImage() != ticked.toImage()


def test_the_chip_tells_colour_name_and_stage(
    agency: Desk, theme: Theme, icons: Icons, qtbot: QtBot
) -> None:
    account = agency.parts.worker.current_account()
    menu = QWidget()
    qtbot.addWidget(menu)
    chip = AccountChip(theme, icons, account=QMenu(menu), settings=QMenu(menu))
    qtbot.addWidget(chip)
    chip.resize(220, 44)
    chip.show()
    chip.show_state(account, Connectivity.ONLINE)
    button = chip.findChildren(type(chip._chip))[0]

    assert button.accessibleName() == "Account: Web shop, web, Northlight, Production, Connected"
    image = chip.grab().toImage()
    ratio = image.devicePixelRatio()
    there = image.pixelColor(round(4 * ratio), round(22 * ratio))
    assert there.rgb() == hue_colour(Hue.TEAL, theme.tokens).rgb()
    chip.show_state(None, Connectivity.ONLINE)
    assert button.accessibleName() == "Account: No account, Browsing only"


def test_the_badge_shows_what_it_is_and_nothing_without_an_account(
    agency: Desk, theme: Theme, qtbot: QtBot
) -> None:
    badge = EnvironmentBadge(theme)
    qtbot.addWidget(badge)
    badge.show_account(None)
    assert badge.isHidden()
    badge.show_account(agency.parts.worker.current_account())
    assert "Web shop" in badge.text
    assert "Northlight" in badge.text
    assert badge.text.endswith("Production")


# Switching


def test_one_switches_with_the_keyboard_within_a_second(
    agency: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    menu = window.sides.account_menu
    opened: list[bool] = []

    def choose() -> None:
        opened.append(menu.isVisible())
        qtbot.keyClick(menu, Qt.Key.Key_2)

    menu.aboutToShow.connect(choose, Qt.ConnectionType.QueuedConnection)
    qtbot.keyClick(
        window,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: current(agency) == "web-staging")
    assert opened == [True]
    chip = window.sides.account
    qtbot.waitUntil(lambda: "Preview" in chip._chip.accessibleName())


def test_the_menu_groups_by_agency_and_says_each_stage(agency: Desk, window: MainWindow) -> None:
    menu = window.sides.account_menu
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:4] == [
        "&1  studio",
        "Northlight",
        "&2  Preview – Staging",
        "&3  Web shop – Production",
    ]
    checked = [action.data() for action in menu.actions() if action.isChecked() and action.data()]
    assert checked == ["web"]


def test_what_is_used_again_after_long_is_looked_at(
    agency: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.sides.account_menu.chosen.emit("web-staging")
    desk = agency.parts.worker.environments
    qtbot.waitUntil(lambda: desk.usage("web-staging") is not None)


# Production


@pytest.fixture
def sheet(
    agency: Desk, asker: Asker, theme: Theme, icons: Icons, qtbot: QtBot
) -> Callable[[], PushSheet]:
    picture(agency.folder / "hero.jpg")
    agency.library()
    assets = agency.approve()

    def opened() -> PushSheet:
        made = PushSheet(agency.parts.worker, asker, theme, icons, PushWish(assets=tuple(assets)))
        qtbot.addWidget(made)
        made.open()
        account = agency.parts.worker.environments
        qtbot.waitUntil(
            lambda: made.plan is not None and account.usage(current(agency)) is not None
        )
        qtbot.waitUntil(lambda: made.why_not == "")
        return made

    return opened


def test_the_first_push_to_production_is_asked_about_with_its_name(
    sheet: Callable[[], PushSheet], agency: Desk, qtbot: QtBot
) -> None:
    made = sheet()
    assert made._where.text.endswith("Production")
    made._push.click()
    (question,) = made.findChildren(ConfirmDialog)

    assert "Web shop (web)" in question.windowTitle()
    assert question.leave_button.isDefault()
    assert question.leave_button.text() == "Cancel"
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert agency.parts.worker.transfers() == []
    made._push.click()
    with qtbot.waitSignal(made.pushed) as pushed:
        made.findChildren(ConfirmDialog)[-1].act_button.click()
    assert states(agency.finished(pushed.args[0])) == {JobState.DONE}


def test_it_is_asked_once_in_a_session_and_elsewhere_never(
    sheet: Callable[[], PushSheet], agency: Desk, qtbot: QtBot
) -> None:
    agency.parts.worker.environments.confirm("web")
    made = sheet()
    with qtbot.waitSignal(made.pushed):
        made._push.click()
    agency.parts.worker.use_account("web-staging")
    made = sheet()
    assert made._where.text.endswith("Staging")
    with qtbot.waitSignal(made.pushed):
        made._push.click()


def test_a_sheet_sends_nothing_where_the_key_is_known_not_to(
    sheet: Callable[[], PushSheet], agency: Desk
) -> None:
    made = sheet()
    assert made._push.isEnabled()
    agency.parts.environments.heard("web", Capability.UPLOAD, 403, "Key 12 may not")
    made._replan()
    assert "Key 12 may not" in made.why_not
    assert not made._push.isEnabled()
    agency.parts.worker.environments.try_again("web")
    made._replan()
    assert "Key 12 may not" not in made.why_not


# What a key may do


def test_what_is_refused_is_switched_off_with_the_reason_and_comes_back(
    agency: Desk, bridge: WorkerBridge, qtbot: QtBot
) -> None:
    action = QAction("Push", bridge)
    action.setToolTip("Push (Ctrl+U)")
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction(action)
    permitting = Permitting(agency.parts.worker, bridge, {action: Capability.UPLOAD})
    permitting.enable(action, on=True)
    assert action.isEnabled()

    agency.parts.environments.heard("web", Capability.UPLOAD, 403, "Key 12 may not")
    qtbot.waitUntil(lambda: not action.isEnabled())
    assert "Key 12 may not" in action.toolTip()
    assert menu.toolTipsVisible()
    permitting.enable(action, on=False)
    agency.parts.worker.use_account("web-staging")
    qtbot.waitUntil(lambda: action.toolTip() == "Push (Ctrl+U)")
    assert not action.isEnabled()
    permitting.enable(action, on=True)
    assert action.isEnabled()


def test_the_windows_push_is_switched_off_where_the_key_may_not_upload(
    agency: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.middle.selection.choose_all()
    push = window.core.actions.push
    qtbot.waitUntil(push.isEnabled)
    agency.parts.environments.heard("web", Capability.UPLOAD, 403, "Key 12 may not")
    qtbot.waitUntil(lambda: not push.isEnabled())
    shown = window.middle.browser.search_bar._push
    assert "Key 12 may not" in shown.toolTip()
    agency.parts.worker.environments.try_again("web")
    qtbot.waitUntil(push.isEnabled)
    assert "Key 12 may not" not in shown.toolTip()
