"""The push sheet: what will happen to each asset, before anything leaves."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.domain.places import ReplacementEffect
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.plan_row import PlanRow
from bridge_app.ui.dialogs.account import AccountDialog
from bridge_app.ui.dialogs.approve_strip import ApproveStrip, approve_shown
from bridge_app.ui.dialogs.push_form import PushForm
from bridge_app.ui.dialogs.push_offers import PushOffers
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import bytes_text, error_text, isolated, number_text
from bridge_app.ui.models.push_plan import PlanTree, approvable
from bridge_app.ui.panels.account_destination import Destination
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.push_effect import PushEffect
from bridge_app.ui.place_wording import effect_text
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Theme
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

PLAN_AFTER_MS = 300
WIDTH_PX, HEIGHT_PX = 780, 620
OPENED_AT_MOST = 2000
"""Steps; laying out more of them at once would be felt. They open on request."""
OPEN_GROUPS = (PushAction.NEW, PushAction.NEW_VERSION, PushAction.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushWish:
    """Which assets are to be pushed, and where the last push went."""

    assets: tuple[AssetId, ...]
    folder: str = ""
    tags: str = ""


class PushSheet(QDialog):
    """Shows the plan that the worker will carry out, and hands exactly that plan over.

    Open it with `open()`. `pushed` carries the batch once the push is on disk;
    `targetRemembered` the folder and tags to offer the next time.
    """

    pushed = Signal(str)
    replacing = Signal(object, object, str)  # PushPlan, ReplacementEffect, batch
    targetRemembered = Signal(str, str)

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        wish: PushWish,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._theme = theme
        self._icons = icons
        self._assets = wish.assets
        self._plan: PushPlan | None = None
        self._busy = False
        self._planning = Latest(asker, self)
        self._acting = Latest(asker, self)
        self._head = DialogHead(theme, icons, "cloud-upload", title="")
        self._head.wait_for(self._planning)
        self._where = Destination(worker, asker, theme, icons)
        self._note = Banner(theme, icons)
        self._trouble = Banner(theme, icons)
        self._form = PushForm(theme, icons, folder=wish.folder, tags=wish.tags)
        self._form.offer_markets(asker)
        self._tree = PlanTree(self)
        self._thumbs = SmallThumbs(asker, self)
        self._view = QTreeView()
        self._strip = ApproveStrip(theme, icons)
        self._totals = QLabel()
        self.effect = PushEffect(worker, asker)
        self._why_not = QLabel(wordWrap=True)
        self._push = QPushButton(self.tr("Push"), autoDefault=False)
        self._timer = QTimer(self, interval=PLAN_AFTER_MS, singleShot=True)
        self._build()
        self._connect()
        self._offers = PushOffers(worker, asker, self._form, self)
        self._replan()
        self._offers.read()

    @property
    def plan(self) -> PushPlan | None:
        """The plan shown; None while it is being made."""
        return self._plan

    @property
    def why_not(self) -> str:
        """Why the button cannot be pressed now; "" when it can."""
        return self._why_not.text()

    def done(self, result: int) -> None:
        """Qt: the sheet closes; what is still being planned is of no interest any more."""
        self._where.forget()
        self._planning.forget()
        self.effect.look(None)
        self._offers.forget()
        self._form.forget()
        super().done(result)

    def reject(self) -> None:
        """Qt: Escape; not while the push is being written down, which takes a moment."""
        if not self._busy:
            super().reject()

    def _build(self) -> None:
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._view.setModel(self._tree)
        self._view.setItemDelegate(PlanRow(self._theme, self._icons, self._thumbs, self._view))
        self._view.setHeaderHidden(True)
        self._view.setUniformRowHeights(True)
        self._view.setIndentation(22)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(self.tr("What will happen"))
        self._totals.setProperty("tone", "muted")
        self._why_not.setProperty("tone", "muted")
        self._push.setProperty("kind", "primary")
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        foot = QVBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self._totals)
        foot.addWidget(self._why_not)
        buttons.addLayout(foot, 1)
        buttons.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(self._push, 0, Qt.AlignmentFlag.AlignBottom)
        sheet = QWidget()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        for part in (self._head, self._where, self._note, self._trouble, self._form):
            layout.addWidget(part)
        layout.addWidget(self._view, 1)
        layout.addWidget(self.effect)
        layout.addWidget(self._strip)
        layout.addLayout(buttons)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(sheet)
        self._pages.addWidget(self._no_account())

    def _no_account(self) -> QWidget:
        add = QAction(self.tr("Add account…"), self)
        add.triggered.connect(self._add_account)
        words = EmptyWords(
            icon="key-round",
            title=self.tr("Which Cloudinary?"),
            text=self.tr(
                "There is no Cloudinary account here yet. Add one, and this push goes on where "
                "it is now. Nothing is sent before you have seen the plan."
            ),
        )
        return EmptyState(self._icons, self._theme, words, [add])

    def _connect(self) -> None:
        self._form.edited.connect(self._plan_soon)
        self._timer.timeout.connect(self._replan)
        self._strip.approved.connect(self._approve)
        self._push.clicked.connect(self._begin)
        self._where.learnt.connect(self._replan)
        self._thumbs.arrived.connect(self._view.viewport().update)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._push.click)

    def _plan_soon(self) -> None:
        self._planning.forget()
        self._set_plan(None)
        self._timer.start()

    def _replan(self) -> None:
        account = self._worker.current_account()
        self._pages.setCurrentIndex(1 if account is None else 0)
        environment = (account.label or account.environment) if account else "Cloudinary"
        title = self.tr("Push to {environment}").format(environment=isolated(environment))
        self.setWindowTitle(title)
        self._head.set_title(title)
        self._where.refresh()
        self._form.set_folder_mode(account.folder_mode if account else None)
        self._tell_connection()
        target = self._form.target()
        self._set_plan(None)
        if account is None or target is None:
            return
        self._planning.ask(
            lambda: self._worker.plan_push(self._assets, target), self._set_plan, self._no_plan
        )
        self._tell()

    def _no_plan(self, error: BridgeError) -> None:
        if isinstance(error, NotFoundError) and self._worker.current_account() is None:
            self._pages.setCurrentIndex(1)
            return
        self._show_trouble(error)
        self._tell()

    def _set_plan(self, plan: PushPlan | None) -> None:
        self._plan = plan
        self.effect.look(plan)
        if plan is not None:
            self._trouble.hush()
            self._tree.take(plan)
            for action in OPEN_GROUPS:
                if plan.count(action) <= OPENED_AT_MOST:
                    self._view.expand(self._tree.group(action))
            self._strip.offer(len(approvable(plan)))
        self._tell()

    def _tell(self) -> None:
        plan = self._plan
        sending = len(plan.sending) if plan else 0
        why_not = self._where.why_not
        self._push.setEnabled(sending > 0 and not self._busy and not why_not)
        self._why_not.setText(why_not or self._reason_against())
        self._why_not.setVisible(bool(self._why_not.text()))
        self._totals.setVisible(sending > 0)
        if plan is None:
            return
        if sending == 0:
            self._push.setText(self.tr("Push"))
            self._head.set_text(self.tr("%Ln asset(s) looked at", "", len(plan.steps)))
            return
        size = isolated(bytes_text(plan.bytes))
        self._push.setText(self.tr("Push %Ln asset(s) ({size})", "", sending).format(size=size))
        files = self.tr("%Ln file(s)", "", sending)
        calls = self.tr("%Ln API call(s)", "", plan.api_calls)
        derived = self.tr("%Ln derived asset(s)", "", plan.derived) if plan.derived else ""
        self._totals.setText("  ·  ".join(filter(None, (files, size, calls, derived))))
        self._head.set_text(self._summary(plan, sending))

    def _summary(self, plan: PushPlan, sending: int) -> str:
        if len(plan.steps) == 1:
            return self.tr("It will be sent.")
        if sending == len(plan.steps):
            return self.tr("All %Ln asset(s) will be sent.", "", sending)
        parts = [
            self.tr("{sending} of %Ln asset(s) will be sent", "", len(plan.steps)).format(
                sending=number_text(sending)
            )
        ]
        refused = plan.count(PushAction.REFUSED)
        there = len(plan.steps) - sending - refused
        if refused:
            parts.append(self.tr("%Ln held back", "", refused))
        if there:
            parts.append(self.tr("%Ln there already or on the way", "", there))
        return "  ·  ".join(parts)

    def _reason_against(self) -> str:
        if self._busy:
            return self.tr("Writing down what is to be pushed…")
        if self._plan is not None:
            return self._nothing_to_send(self._plan)
        if self._form.target() is None:
            return self.tr("Nothing can be sent before what is marked is right")
        return "" if self._trouble.text else self.tr("Comparing with what is there…")

    def _nothing_to_send(self, plan: PushPlan) -> str:
        refused = plan.count(PushAction.REFUSED)
        if plan.sending:
            return ""
        if 0 < refused == len(plan.steps):
            return self.tr("Nothing can be sent: each of them is held back")
        if refused > 0:
            return self.tr("Nothing to send: what is allowed is there already, or on its way")
        return self.tr("Nothing to send: all of it is there already, or on its way")

    def _tell_connection(self) -> None:
        match self._worker.connectivity():
            case Connectivity.OFFLINE:
                text = self.tr("You are offline: these go out when the connection is back.")
                self._note.say(Tone.INFO, text, icon="wifi-off")
            case Connectivity.WORK_OFFLINE:
                text = self.tr("You work offline: these go out when you go online again.")
                self._note.say(Tone.INFO, text, icon="cloud-off")
            case _ if self._worker.paused:
                text = self.tr("Pushing is paused: these wait in the queue until you go on.")
                self._note.say(Tone.INFO, text, icon="pause")
            case _:
                self._note.hush()

    def _show_trouble(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _approve(self, comment: str) -> None:
        plan, target = self._plan, self._form.target()
        if plan is None or target is None:
            return
        self._strip.set_busy(on=True)
        self._acting.ask(
            lambda: approve_shown(self._worker, plan, target, comment, self),
            lambda _: self._replan(),
            self._could_not_approve,
        )

    def _could_not_approve(self, error: BridgeError) -> None:
        self._strip.set_busy(on=False)
        self._show_trouble(error)

    def _begin(self) -> None:
        """What is pushed is what was seen: while a person is asked, another plan may be made."""
        plan, told = self._plan, self.effect.told
        if plan is not None:
            self._where.then(lambda: self._ask_then_push(plan, told))

    def _ask_then_push(self, plan: PushPlan, told: ReplacementEffect | None) -> None:
        """What is delivered now is replaced only if a person says so, once for the whole plan."""
        replaced = plan.count(PushAction.NEW_VERSION)
        if not replaced:
            self._push_now(plan, told)
            return
        replacing = self.tr(
            "Their new versions take their places: the same addresses then show them, "
            "everywhere. To keep the earlier ones as well, choose Keep both."
        )
        question = Question(
            icon="refresh-cw",
            title=self.tr("Replace %Ln delivered asset(s)?", "", replaced),
            text=" ".join(filter(None, (replacing, effect_text(told) if told else ""))),
            act=self.tr("Replace"),
            leave=self.tr("Go back"),
        )
        dialog = ConfirmDialog(self._theme, self._icons, question, self)
        dialog.confirmed.connect(lambda: self._push_now(plan, told))
        open_dialog(dialog)

    def _push_now(self, plan: PushPlan, told: ReplacementEffect | None) -> None:
        if not plan.sending or self._busy:
            return
        self._busy = True
        self._tell()
        worker = self._worker

        def work() -> tuple[ReplacementEffect | None, str]:
            # Before it is queued: afterwards the earlier versions are gone.
            effect = told
            if effect is None and plan.count(PushAction.NEW_VERSION):
                effect = worker.places.effect(plan)
            return effect, worker.push(plan)

        def done(found: tuple[ReplacementEffect | None, str]) -> None:
            self._is_pushed(plan, *found)

        self._acting.ask(work, done, self._could_not_push)

    def _is_pushed(self, plan: PushPlan, effect: ReplacementEffect | None, batch: str) -> None:
        self._busy = False
        self.targetRemembered.emit(self._form.folder, ", ".join(self._form.tags))
        self.accept()
        if effect is not None:
            self.replacing.emit(plan, effect, batch)
        self.pushed.emit(batch)

    def _could_not_push(self, error: BridgeError) -> None:
        self._busy = False
        self._show_trouble(error)
        self._tell()

    def _add_account(self) -> None:
        dialog = AccountDialog(self._worker, self._asker, self._theme, self._icons, self)
        dialog.finished.connect(self._replan)
        dialog.finished.connect(self._offers.read)
        open_dialog(dialog)
