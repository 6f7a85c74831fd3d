"""The transfers' line: every state in one calm sentence, with the figures that belong to it."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.jobs import TransferSummary, WaitingFor
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.transfer_bar import Mood, TransferBar
from bridge_app.ui.theme import Theme
from bridge_app.work.events import Connectivity

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
SOON = (NOW + timedelta(seconds=42)).isoformat()
BUSY = TransferSummary(
    queued=18,
    running=1,
    done=13,
    bytes_done=1_200_000_000,
    bytes_total=2_700_000_000,
    rate=18_400_000.0,
)


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, icons: Icons) -> TransferBar:
    made = TransferBar(theme, icons, now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1100, 44)
    made.show()
    return made


def test_while_uploading_the_bar_names_the_file_the_amount_the_rate_and_the_time_left(
    bar: TransferBar,
) -> None:
    bar.tell(BUSY, Connectivity.ONLINE, "hero_shot_07.tif")
    said = bar.headline.text + bar.headline.figures
    plain = said.replace("\u2068", "").replace("\u2069", "")
    assert plain.startswith("Uploading 14 of 32 – hero_shot_07.tif1.2 GB of 2.7 GB")
    assert plain.endswith("18.4 MB/s  ·  1 min")


@pytest.mark.parametrize(
    ("summary", "connectivity", "mood", "words"),
    [
        (
            TransferSummary(waiting=3, waiting_for=WaitingFor.NETWORK),
            Connectivity.OFFLINE,
            Mood.WAITING,
            "3 upload(s) waiting for the connection, sent automatically when it is back",
        ),
        (
            TransferSummary(waiting=3, waiting_for=WaitingFor.NETWORK),
            Connectivity.WORK_OFFLINE,
            Mood.WAITING,
            "Working offline",
        ),
        (
            TransferSummary(waiting=1, waiting_for=WaitingFor.RATE_LIMIT, waiting_until=SOON),
            Connectivity.ONLINE,
            Mood.WAITING,
            "goes on in 42 s",
        ),
        (TransferSummary(queued=2, paused=True), Connectivity.ONLINE, Mood.PAUSED, "Paused"),
        (TransferSummary(done=32), Connectivity.ONLINE, Mood.DONE, "32 delivered"),
        (
            TransferSummary(done=30, failed=2),
            Connectivity.ONLINE,
            Mood.FAILED,
            "30 delivered, 2 asset(s) could not be pushed",
        ),
        (
            TransferSummary(done=3, failed=2, cancelled=4),
            Connectivity.ONLINE,
            Mood.FAILED,
            "3 delivered, 2 asset(s) could not be pushed, 4 upload(s) cancelled",
        ),
        (
            TransferSummary(done=3, cancelled=4),
            Connectivity.ONLINE,
            Mood.DONE,
            "3 delivered, 4 upload(s) cancelled",
        ),
        (TransferSummary(cancelled=4), Connectivity.ONLINE, Mood.IDLE, "4 upload(s) cancelled"),
        (
            TransferSummary(queued=5),
            Connectivity.ONLINE,
            Mood.RUNNING,
            "5 upload(s) about to start",
        ),
    ],
)
def test_every_state_has_a_calm_sentence(
    bar: TransferBar,
    summary: TransferSummary,
    connectivity: Connectivity,
    mood: Mood,
    words: str,
) -> None:
    bar.tell(summary, connectivity, "")
    assert bar.headline.mood is mood
    assert words in bar.headline.text


def test_the_countdown_runs_by_itself(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    moments = [NOW]
    bar = TransferBar(theme, icons, now=lambda: moments[0])
    qtbot.addWidget(bar)
    limited = TransferSummary(waiting=1, waiting_for=WaitingFor.RATE_LIMIT, waiting_until=SOON)
    bar.tell(limited, Connectivity.ONLINE, "")
    moments[0] = NOW + timedelta(seconds=12)
    qtbot.waitUntil(lambda: "in 30 s" in bar.headline.text)


def test_waiting_for_an_account_offers_to_see_to_it(bar: TransferBar, qtbot: QtBot) -> None:
    waiting = TransferSummary(waiting=2, waiting_for=WaitingFor.ACCOUNT)
    bar.tell(waiting, Connectivity.ONLINE, "")
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == "Account…")
    assert button.isVisible()
    with qtbot.waitSignal(bar.accountWanted):
        button.click()


def test_every_control_of_the_bar_has_a_name(bar: TransferBar) -> None:
    bar.tell(BUSY, Connectivity.ONLINE, "a.jpg")
    assert all(one.accessibleName() for one in bar.findChildren(QToolButton))
