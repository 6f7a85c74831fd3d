"""The slim bar that says in one line how all pushes together stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from bridge_app.domain.jobs import TransferSummary, WaitingFor
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, isolated, number_text, one_line
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.theme import Theme
from bridge_app.ui.wording import duration_text, rate_text, seconds_until
from bridge_app.work.events import Connectivity

HEIGHT_PX = 44
STEPS = 1000
TICK_MS = 1000
TIMED = frozenset({WaitingFor.RATE_LIMIT, WaitingFor.BUDGET, WaitingFor.NEXT_TRY})
"""What is waited for until a certain moment."""


class Mood(StrEnum):
    """What the bar has to tell; also the progress bar's colour (resources/style.qss)."""

    IDLE = "idle"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One state of the bar: mood, sentence, figures."""

    mood: Mood
    icon: str
    text: str
    figures: str = ""
    ticks: bool = False


class TransferBar(QFrame):
    """Icon, sentence, progress, figures, and the buttons that fit the moment.

    Args:
        now: The present moment, for countdowns.
    """

    pauseWanted = Signal()
    resumeWanted = Signal()
    cancelWanted = Signal()
    failuresWanted = Signal()
    accountWanted = Signal()
    expandWanted = Signal()

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._now = now
        self._summary = TransferSummary()
        self._connectivity = Connectivity.ONLINE
        self._name = ""
        self._expanded = False
        self._headline = Headline(mood=Mood.IDLE, icon="arrow-up-down", text="")
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tell)
        self._build()
        theme.changed.connect(self._dress)
        self._tell()

    @property
    def headline(self) -> Headline:
        """What the bar tells now."""
        return self._headline

    def tell(self, summary: TransferSummary, connectivity: Connectivity, name: str) -> None:
        """Show how things stand; `name` is a file that is being sent."""
        self._summary, self._connectivity, self._name = summary, connectivity, name
        self._tell()

    def set_expanded(self, *, on: bool) -> None:
        """Turn the chevron: is the list below shown?"""
        self._expanded = on
        self._dress()

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        self.setFixedHeight(HEIGHT_PX)
        self._icon = QLabel()
        self._text = ElidedLabel()
        self._progress = QProgressBar(textVisible=False, maximum=STEPS)
        self._progress.setAccessibleName(self.tr("All pushes together"))
        self._progress.setMinimumWidth(64)
        self._gap = QWidget()
        self._figures = ElidedLabel()
        self._figures.setProperty("tone", "muted")
        self._failures = QPushButton()
        self._failures.setProperty("kind", "quiet")
        self._failures.clicked.connect(self.failuresWanted)
        self._account = QPushButton(self.tr("Account…"))
        self._account.setProperty("kind", "quiet")
        self._account.clicked.connect(self.accountWanted)
        self._pause = _button(self._toggle_pause)
        self._cancel = _button(self.cancelWanted)
        self._expand = _button(self.expandWanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        layout.addWidget(self._failures)
        layout.addWidget(self._account)
        layout.addWidget(self._progress, 1)
        layout.addWidget(self._gap, 1)
        layout.addWidget(self._figures)
        for button in (self._pause, self._cancel, self._expand):
            layout.addWidget(button)

    def _tell(self) -> None:
        headline = self._words()
        if headline.mood is not self._headline.mood:
            announce(self, headline.text)
        self._headline = headline
        self._text.setText(headline.text)
        self._figures.setText(headline.figures)
        for label in (self._text, self._figures):
            label.hold_place(on=headline.mood is Mood.RUNNING)
        unfinished = self._summary.active > 0
        self._progress.setVisible(unfinished)
        self._gap.setVisible(not unfinished)
        self._figures.setVisible(bool(headline.figures))
        self._pause.setVisible(unfinished)
        self._cancel.setVisible(unfinished)
        self._account.setVisible(headline.mood is Mood.WAITING and self._waits_for_account())
        self._failures.setVisible(self._summary.failed > 0)
        total = self._summary.bytes_total
        fraction = self._summary.bytes_done / total if total > 0 else 0.0
        self._progress.setValue(round(min(1.0, fraction) * STEPS))
        self._timer.start() if headline.ticks else self._timer.stop()
        self._dress()

    def _words(self) -> Headline:
        summary = self._summary
        if summary.active == 0:
            return self._finished_words()
        if summary.paused:
            text = self.tr("Paused – %Ln upload(s) waiting until you go on", "", summary.active)
            return Headline(mood=Mood.PAUSED, icon="pause", text=text, figures=self._amounts())
        if summary.running > 0:
            return self._running_words()
        return self._waiting_words()

    def _finished_words(self) -> Headline:
        summary = self._summary
        parts: list[str] = []
        if summary.done > 0:
            parts.append(self.tr("%Ln delivered", "", summary.done))
        if summary.failed > 0:
            parts.append(self.tr("%Ln asset(s) could not be pushed", "", summary.failed))
        if summary.cancelled > 0:
            parts.append(self.tr("%Ln upload(s) cancelled", "", summary.cancelled))
        both = self.tr("{delivered}, {failed}")
        text = parts[0] if parts else self.tr("Nothing to push")
        for part in parts[1:]:
            text = both.format(delivered=text, failed=part)
        if summary.failed > 0:
            return Headline(mood=Mood.FAILED, icon="circle-alert", text=text)
        if summary.done > 0:
            return Headline(mood=Mood.DONE, icon="circle-check", text=text)
        icon = "ban" if summary.cancelled > 0 else "arrow-up-down"
        return Headline(mood=Mood.IDLE, icon=icon, text=text)

    def _running_words(self) -> Headline:
        summary = self._summary
        over = summary.done + summary.failed + summary.cancelled
        template = (
            self.tr("Uploading {number} of {total} – {name}")
            if self._name
            else self.tr("Uploading {number} of {total}")
        )
        text = template.format(
            number=number_text(over + 1),
            total=number_text(over + summary.active),
            name=isolated(one_line(self._name)),
        )
        figures = self._amounts()
        if summary.rate > 0:
            left_s = (summary.bytes_total - summary.bytes_done) / summary.rate
            rate, time = isolated(rate_text(summary.rate)), isolated(duration_text(left_s))
            figures = "  ·  ".join((figures, rate, time))
        return Headline(mood=Mood.RUNNING, icon="arrow-up-down", text=text, figures=figures)

    def _waiting_words(self) -> Headline:
        summary = self._summary
        count = summary.active
        left_s = seconds_until(summary.waiting_until, self._now())
        icon = "hourglass"
        if self._connectivity is Connectivity.WORK_OFFLINE:
            icon = "cloud-off"
            text = self.tr("Working offline – %Ln upload(s) waiting until you go online", "", count)
        elif (
            self._connectivity is Connectivity.OFFLINE or summary.waiting_for is WaitingFor.NETWORK
        ):
            icon = "wifi-off"
            text = self.tr(
                "%Ln upload(s) waiting for the connection, sent automatically when it is back",
                "",
                count,
            )
        elif summary.waiting_for in TIMED:
            text = self._timed_words(left_s)
        elif self._waits_for_account():
            icon = "key-round"
            text = self.tr("%Ln upload(s) waiting for the account", "", count)
        elif summary.waiting_for is WaitingFor.SCAN:
            text = self.tr("%Ln upload(s) waiting until files have been read", "", count)
        else:
            return Headline(
                mood=Mood.RUNNING,
                icon="arrow-up-down",
                text=self.tr("%Ln upload(s) about to start", "", count),
            )
        return Headline(
            mood=Mood.WAITING,
            icon=icon,
            text=text,
            figures=self._amounts(),
            ticks=left_s is not None,
        )

    def _timed_words(self, left_s: float | None) -> str:
        if self._summary.waiting_for is WaitingFor.RATE_LIMIT:
            return self._with_time(
                self.tr("Cloudinary asks us to slow down – goes on in {time}"),
                self.tr("Cloudinary asks us to slow down – goes on by itself"),
                left_s,
            )
        if self._summary.waiting_for is WaitingFor.BUDGET:
            return self._with_time(
                self.tr("This hour's API calls are used up – goes on in {time}"),
                self.tr("This hour's API calls are used up – goes on by itself"),
                left_s,
            )
        return self._with_time(
            self.tr("Did not get through – next try in {time}"),
            self.tr("Did not get through – tries again by itself"),
            left_s,
        )

    def _with_time(self, timed: str, untimed: str, left_s: float | None) -> str:
        return untimed if left_s is None else timed.format(time=duration_text(left_s))

    def _waits_for_account(self) -> bool:
        return self._summary.waiting_for is WaitingFor.ACCOUNT

    def _amounts(self) -> str:
        if self._summary.bytes_done == 0:
            return isolated(bytes_text(self._summary.bytes_total))
        return self.tr("{done} of {total}").format(
            done=isolated(bytes_text(self._summary.bytes_done)),
            total=isolated(bytes_text(self._summary.bytes_total)),
        )

    def _toggle_pause(self) -> None:
        (self.resumeWanted if self._summary.paused else self.pauseWanted).emit()

    def _dress(self) -> None:
        tokens = self._theme.tokens
        colour = {
            Mood.IDLE: tokens.text_muted,
            Mood.RUNNING: tokens.link,
            Mood.WAITING: tokens.warning.soft_ink,
            Mood.PAUSED: tokens.warning.soft_ink,
            Mood.DONE: tokens.positive.soft_ink,
            Mood.FAILED: tokens.negative.soft_ink,
        }[self._headline.mood]
        dpr = self.devicePixelRatioF()
        self._icon.setPixmap(self._icons.pixmap(self._headline.icon, colour, 18, dpr))
        self._failures.setText(self.tr("Show %Ln failed", "", self._summary.failed))
        paused = self._summary.paused
        self._face(self._pause, "play" if paused else "pause")
        _name(self._pause, self.tr("Go on with the pushes") if paused else self.tr("Pause"))
        self._face(self._cancel, "x")
        _name(self._cancel, self.tr("Cancel all pushes"))
        self._face(self._expand, "chevron-down" if self._expanded else "chevron-up")
        shown = self._expanded
        _name(self._expand, self.tr("Hide transfers") if shown else self.tr("Show transfers"))
        waits = self._headline.mood in (Mood.WAITING, Mood.PAUSED)
        _set_state(self._progress, "waiting" if waits else "running")

    def _face(self, button: QToolButton, icon: str) -> None:
        button.setIcon(self._icons.icon(icon, size_px=18))


def _button(act: SignalInstance | Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(act)
    return button


def _name(button: QToolButton, name: str) -> None:
    button.setToolTip(name)
    button.setAccessibleName(name)


def _set_state(bar: QProgressBar, state: str) -> None:
    if bar.property("state") != state:
        bar.setProperty("state", state)
        bar.style().unpolish(bar)
        bar.style().polish(bar)
