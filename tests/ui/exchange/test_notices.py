"""What the desktop is told while nobody looks, what a click there does, and the tray."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.jobs import TransferSummary
from bridge_app.ui.main_window import MainWindow
from bridge_app.work.exchange import desktop_bus
from bridge_app.work.exchange.desktop_bus import PATH, SERVICE, DesktopBus, NoDesktopError, Notice
from tests.desk import Desk
from tests.ui.windows import Opener

Daemon = Callable[..., Callable[[], dict[str, Any]]]
NOTICE = Notice(key="a", title="T <b>", text="1 < 2", actions={"show": "Show", "again": "Again"})


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of our own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("not installed: dbus-daemon")
    words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as bus:
        assert bus.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
        yield
        bus.terminate()


@pytest.fixture
def daemon(session: None) -> Iterator[Daemon]:
    """Starts who shows notices; each call of what it gives waits for one."""
    started: list[subprocess.Popen[str]] = []

    def start(*actions: str) -> Callable[[], dict[str, Any]]:
        place = Path(__file__).with_name("notification_daemon.py")
        one = subprocess.Popen(
            [sys.executable, str(place), *actions], stdout=subprocess.PIPE, text=True
        )
        started.append(one)

        def told() -> dict[str, Any]:
            assert one.stdout is not None
            found: dict[str, Any] = json.loads(one.stdout.readline())
            return found

        assert told() == {"ready": True}
        return told

    yield start
    for one in started:
        one.terminate()
        one.communicate()


def test_a_notice_reaches_the_desktop_and_what_is_chosen_comes_back(
    qtbot: QtBot, daemon: Daemon
) -> None:
    told, chosen = daemon("again", "default"), list[tuple[str, str]]()
    bus = DesktopBus(lambda key, action: chosen.append((key, action)))
    bus.show(NOTICE)
    assert told() == {
        "title": "T <b>",
        "text": "1 &lt; 2",
        "actions": ["default", "Show", "show", "Show", "again", "Again"],
        "replaces": 0,
        "signature": "susssasa{sv}i",
    }
    qtbot.waitUntil(lambda: chosen == [("a", "again")])
    # What another program of the session says in another form ends nothing.
    with open_dbus_connection(bus="SESSION") as stranger:
        said = DBusAddress(PATH, interface=SERVICE)
        stranger.send(new_signal(said, "ActionInvoked", "s", ("odd",)))
        stranger.send_and_get_reply(message_bus.ListNames())  # it was passed on
    bus.show(NOTICE)  # the same matter: it takes the place of the one before
    assert told()["replaces"] == 1
    qtbot.waitUntil(lambda: chosen[1:] == [("a", "default")])
    bus.close()


def test_without_a_desktop_it_says_so(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = DesktopBus(lambda *_: None)
    with pytest.raises(NoDesktopError):
        bus.show(NOTICE)  # nobody shows any on this bus
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    with pytest.raises(NoDesktopError):
        bus.show(NOTICE)
    bus.close()


def test_a_service_that_hangs_keeps_nobody_waiting(
    qtbot: QtBot, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop_bus, "ANSWER_S", 2.0)
    daemon("hang")
    bus, shown = DesktopBus(lambda *_: None), threading.Event()
    bus.tell(NOTICE, shown.set)
    began = time.monotonic()
    bus.close()
    assert time.monotonic() - began < 1
    assert not shown.is_set()
    telling = [one for one in threading.enumerate() if one.name == "notice"]
    assert all(one.daemon for one in telling)
    qtbot.waitUntil(lambda: not any(one.is_alive() for one in telling))
    assert not shown.is_set()  # nobody is there to be told any more


def test_transfers_that_end_while_nobody_looks_are_told_once_for_a_run(
    qtbot: QtBot, desk: Desk, window: MainWindow, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, notices = daemon("show"), window.exchange.notices
    notices._rest.setInterval(0)
    asked: list[bool] = []
    monkeypatch.setattr(QApplication, "activeWindow", lambda: window if not asked else None)
    notices.take_summary(TransferSummary(running=1))
    notices.take_summary(TransferSummary(done=1))
    qtbot.waitUntil(lambda: not notices._rest.isActive())  # somebody looks: nothing is told
    asked.append(True)
    for summary in (
        TransferSummary(running=2, done=1),
        TransferSummary(running=1, done=2),
        TransferSummary(done=3),
    ):
        notices.take_summary(summary)
    with qtbot.waitSignal(notices._heard):
        pass
    assert told()["title"].startswith("2 transfer")
    qtbot.waitUntil(lambda: window.sides.transfers.expanded)
    notices.take_summary(TransferSummary(running=1, done=3))
    notices.take_summary(TransferSummary(done=3, failed=1))
    found: list[dict[str, Any]] = []
    qtbot.waitUntil(lambda: not notices._rest.isActive())
    found.append(told())
    assert "failed" in found[0]["title"]
    assert "Try Again" in found[0]["actions"]
    # Switched off, nothing is told; and the queue's first count is where it begins.
    notices._tell_reviews(1)
    notices._tell_rights(2)
    notices._tell_reviews(2)
    assert told()["title"].startswith("2 review")
    notices._tell_rights(5)
    assert "3 asset" in told()["title"]
    window.core.actions.exchange.notices.trigger()
    assert not window.exchange.notices.is_away
    notices.take_changes(ChangeSet(retractions=True, reviews=True))


def test_the_tray_tells_of_transfers_and_keeps_the_window_if_that_is_wished(
    qtbot: QtBot, desk: Desk, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isVisible", lambda _: True)  # none is here to show it
    window = opener()
    tray, actions = window.exchange.tray, window.core.actions
    actions.exchange.stay.setEnabled(True)
    tray.take_summary(TransferSummary(running=3))
    assert "3 transfer" in tray.state.text()
    tray.pause.trigger()
    qtbot.waitUntil(lambda: desk.parts.worker.paused)
    tray.pause.trigger()
    qtbot.waitUntil(lambda: not desk.parts.worker.paused)

    class ByItsButton(QCloseEvent):
        def spontaneous(self) -> bool:
            return True

    event = ByItsButton()
    assert not tray.eventFilter(window, event)  # not wished
    actions.exchange.stay.trigger()
    assert tray.eventFilter(window, event)
    assert not window.isVisible()
    assert not event.isAccepted()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()
    assert not tray.eventFilter(window, QCloseEvent())  # to quit closes it all the same
    assert not tray.eventFilter(window, QEvent(QEvent.Type.Show))
