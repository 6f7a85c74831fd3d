"""Updates: looked for by hand, or once a day by those who agreed; shown as text, not fetched."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from bridge_app.domain.errors import OfflineError
from bridge_app.ui.helping.update_watch import BY_HAND, DAILY
from bridge_app.ui.helping.updates_dialog import UpdatesDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.work.updates import News, UpdateDesk
from tests.desk import Desk
from tests.ui.windows import dialog
from tests.work.test_updates import FILE, KEYS, RELEASE

PLACE = "https://releases.example/"


class Asked(UpdateDesk):
    """Answers without a network."""

    def __init__(self, answer: News | OfflineError | None) -> None:
        super().__init__(here="1.0.0", keys=KEYS, url=PLACE)
        self.answer = answer
        self.times = 0

    def look(self) -> News | None:
        self.times += 1
        if isinstance(self.answer, OfflineError):
            raise self.answer
        return self.answer


def test_nothing_is_asked_before_somebody_asks_and_there_is_no_place_yet(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.core.actions.helping.updates.trigger()
    shown = dialog(qtbot, window, UpdatesDialog)
    assert isinstance(shown, UpdatesDialog)
    assert "there is no public place yet" in shown._head.text
    assert not shown.look.isEnabled()
    assert not shown.daily.isEnabled()
    assert not window.helping.updates.is_daily
    assert not shown.said.text


def test_what_is_new_is_shown_as_text_and_its_place_is_opened_by_the_person(
    qtbot: QtBot, window: MainWindow
) -> None:
    desk = Asked(News(release=RELEASE, place=PLACE))
    shown = UpdatesDialog(desk, window.core.asker, window.core.looks, daily=False, parent=window)
    shown.show()
    opened: list[QUrl] = []

    def note(url: QUrl) -> bool:
        opened.append(url)
        return True

    shown.open_url = note
    shown.look.click()
    qtbot.waitUntil(shown.fetch.isVisible)
    assert "9.2.0" in shown.said.text
    assert "<b>Not markup.</b>" in shown.notes.toPlainText()
    assert f"{PLACE}{FILE.name}" in shown.notes.toPlainText()
    shown.fetch.click()
    assert opened == [QUrl(PLACE)]
    desk.answer = None
    shown.look.click()
    qtbot.waitUntil(lambda: "newest version" in shown.said.text)
    assert not shown.fetch.isVisible()
    # What an answer said goes with the next one, also where that is none.
    desk.answer = News(release=RELEASE, place=PLACE)
    shown.look.click()
    qtbot.waitUntil(shown.fetch.isVisible)
    desk.answer = OfflineError(service="releases.example")
    shown.look.click()
    qtbot.waitUntil(lambda: "cannot be reached" in shown.said.text)
    assert not shown.fetch.isVisible()
    assert not shown.notes.isVisible()


def test_once_a_day_by_those_who_agreed_and_by_nobody_else(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    asked, watch = Asked(News(release=RELEASE, place=PLACE)), window.helping.updates
    watch._desk = lambda: asked
    watch.look_if_wanted()
    assert asked.times == 0
    watch.set_daily(on=True)
    qtbot.waitUntil(lambda: asked.times == 1)
    messages = window.middle.browser.messages
    qtbot.waitUntil(lambda: any("9.2.0" in text for text in messages.texts))
    watch.look_if_wanted()
    desk.clock.forward(timedelta(hours=25))
    kept = window.core.remembering.settings
    window.core.remembering.keep(replace(kept, work_offline=True))
    watch.look_if_wanted()
    assert window.core.remembering.settings.updates_looked_at == kept.updates_looked_at
    window.core.remembering.keep(kept)
    watch.look_if_wanted()
    qtbot.waitUntil(lambda: asked.times == 2)
    assert window.core.remembering.settings.updates == DAILY
    watch.set_daily(on=False)
    assert window.core.remembering.settings.updates == BY_HAND
    kept = replace(window.core.remembering.settings, updates_looked_at="")
    window.core.remembering.keep(kept)
    watch.look_if_wanted()
    assert asked.times == 2
