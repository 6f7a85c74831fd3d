"""What a product environment has used, what its plan takes, and what the key may do."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.permissions import Permission, State
from bridge_app.domain.environments import Usage
from bridge_app.domain.errors import BridgeError, NotFoundError, OfflineError
from bridge_app.ui.asker import Asker
from bridge_app.ui.environment_looks import capability_text, denial_text
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text
from bridge_app.ui.panels.usage_words import (
    Amount,
    amounts,
    budget_amount,
    limit_amounts,
    plan_text,
    state_text,
)
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.environment_badge import EnvironmentBadge
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.usage_bar import UsageBar
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

FRESH = timedelta(minutes=10)
ICON_PX = 16
STATE_ICONS = {State.ALLOWED: "check", State.DENIED: "ban", State.UNKNOWN: "circle-question-mark"}


class UsagePanel(QWidget):
    """Shows at once what was told last, and asks anew where that is older than ten minutes."""

    surveyed = Signal(str)  # environment

    def __init__(self, worker: Worker, asker: Asker, looks: Looks, environment: str) -> None:
        super().__init__()
        self._worker = worker
        self._looks = looks
        self._environment = environment
        self._reading = Latest(asker, self)
        self._asking = Latest(asker, self)
        self._usage: Usage | None = None
        self._badge = EnvironmentBadge(looks.theme)
        self._plan = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._plan.setProperty("tone", "muted")
        self._note = Banner(looks.theme, looks.icons)
        self._refresh = QPushButton(self.tr("Refresh"), autoDefault=False)
        self._retry = QPushButton(self.tr("Try these again"), autoDefault=False)
        self._retry.setToolTip(
            self.tr("Forgets what was refused, and asks Cloudinary anew. It changes nothing there.")
        )
        self._body = QVBoxLayout()
        self._build()
        looks.theme.changed.connect(self._show)
        self._read(self._take)

    def refresh(self) -> None:
        """Ask the service now; three calls."""
        environment = self._environment
        self._refresh.setEnabled(False)
        self._refresh.setText(self.tr("Asking…"))
        self._asking.ask(
            lambda: self._worker.environments.survey(environment),
            lambda _: self._is_surveyed(),
            self._could_not_ask,
        )

    def _build(self) -> None:
        self._refresh.clicked.connect(self.refresh)
        self._retry.clicked.connect(self._try_again)
        line = QHBoxLayout()
        line.addWidget(self._badge, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._refresh)
        inner = QWidget()
        self._body.setContentsMargins(0, 0, 12, 0)
        self._body.setSpacing(10)
        inner.setLayout(self._body)
        scroll = SeeingScroll()
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Usage and limits"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(self._plan)
        layout.addWidget(self._note)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        self._retry.setVisible(False)

    def _read(self, take: Callable[[Usage | None], None]) -> None:
        environment = self._environment
        self._reading.ask(
            lambda: self._worker.environments.usage(environment), take, self._could_not_ask
        )

    def _take(self, usage: Usage | None) -> None:
        self._usage = usage
        self._show()
        old = usage is None or _is_old(usage, self._looks.now())
        if old and self._worker.connectivity() is Connectivity.ONLINE and not self._asking.waiting:
            self.refresh()

    def _is_surveyed(self) -> None:
        self._reset_button()
        self._note.hush()
        self._read(self._keep)
        self.surveyed.emit(self._environment)

    def _keep(self, usage: Usage | None) -> None:
        self._usage = usage
        self._show()
        if usage is None:
            text = self.tr("This key may not see the usage of the environment.")
            self._note.say(Tone.INFO, text)

    def _could_not_ask(self, error: BridgeError) -> None:
        self._reset_button()
        self._show()
        tone = Tone.INFO if isinstance(error, OfflineError) else Tone.NEGATIVE
        self._note.say(tone, error_text(error))

    def _reset_button(self) -> None:
        self._refresh.setEnabled(True)
        self._refresh.setText(self.tr("Refresh"))

    def _try_again(self) -> None:
        environment = self._environment
        self._asking.ask(
            lambda: self._worker.environments.try_again(environment),
            lambda _: self._show(),
            self._could_not_ask,
        )

    # What is shown

    def _show(self) -> None:
        known = (a for a in self._worker.accounts() if a.environment == self._environment)
        account = next(known, None)
        self._badge.show_account(account)
        if account is None:
            self._note.say(Tone.NEGATIVE, error_text(NotFoundError(what=self._environment)))
            return
        self._plan.setText(plan_text(account, self._usage))
        _empty(self._body)
        used = list(amounts(self._usage)) if self._usage is not None else []
        budget = self._worker.budget(self._environment)
        limits = account.media_limits
        self._add(self.tr("Used"), used)
        self._add(self.tr("This hour"), [budget_amount(budget)] if budget else [])
        self._add(self.tr("Limits of the plan"), list(limit_amounts(limits)) if limits else [])
        permissions = self._worker.environments.permissions(self._environment)
        self._add_heading(self.tr("What this key may do"))
        self._body.addLayout(self._permission_grid(permissions))
        self._retry.setVisible(any(one.is_denied for one in permissions))
        self._body.addStretch(1)

    def _add(self, title: str, found: Iterable[Amount]) -> None:
        bars = [UsageBar(self._looks.theme, one.name, one.text, one.share) for one in found]
        if bars:
            self._add_heading(title)
        for bar in bars:
            self._body.addWidget(bar)

    def _add_heading(self, title: str) -> None:
        heading = QLabel(title)
        heading.setProperty("tone", "heading")
        if self._body.count():
            self._body.addSpacing(6)
        self._body.addWidget(heading)

    def _permission_grid(self, permissions: Iterable[Permission]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(permissions):
            sign, title = QLabel(), QLabel(capability_text(one.capability))
            state = QLabel(state_text(one.state))
            sign.setPixmap(self._sign(one.state))
            state.setProperty("tone", "muted")
            title.setEnabled(not one.is_denied)
            for label in (sign, title, state):
                label.setToolTip(denial_text(one))
            title.setAccessibleName(f"{title.text()}: {state.text()}")
            title.setAccessibleDescription(denial_text(one))
            grid.addWidget(sign, row, 0)
            grid.addWidget(title, row, 1)
            grid.addWidget(state, row, 2)
        return grid

    def _sign(self, state: State) -> QPixmap:
        tokens = self._looks.theme.tokens
        colours = {
            State.ALLOWED: tokens.positive.soft_ink,
            State.DENIED: tokens.negative.soft_ink,
            State.UNKNOWN: tokens.text_muted,
        }
        return self._looks.icons.pixmap(
            STATE_ICONS[state], colours[state], ICON_PX, self.devicePixelRatioF()
        )


def _is_old(usage: Usage, now: datetime) -> bool:
    return now - usage.read_at >= FRESH


def _empty(layout: QLayout) -> None:
    """Take everything out, and have it deleted."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _empty(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
