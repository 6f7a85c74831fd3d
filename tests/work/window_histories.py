"""Histories of one master as somebody has them happen in the window: its actions and dialogs."""

import gc
import hashlib
from collections.abc import Callable
from datetime import timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QListView, QPlainTextEdit, QPushButton

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.transfers import TransferRole
from bridge_app.ui.panels.transfers import TransfersPanel
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.wording import is_delivered
from bridge_app.work.worker import Worker
from tests import desk as desks
from tests.desk import ACCOUNT, Desk, picture
from tests.ui.windows import Plug
from tests.work.gate_model import CHANGES, NO, YES

CLOUD = ACCOUNT.cloud_name
NOTHING = "nothing was copied"
LOOK_MS = 10

KEPT: list[Theme] = []
"""A style sheet that stays on needs its pictures, which go with its theme."""
seeds = count(1)


class Seat:
    """Where somebody sits: the window of a desk, which is closed and opened with it."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        self.desk, self.sandbox = desk, sandbox
        made = QApplication.instance()  # noqa: TID251 - there is one of a process
        self.app = made if isinstance(made, QApplication) else QApplication([])
        self.theme = Theme(Scheme.LIGHT)
        self.theme.apply(self.app)
        KEPT.append(self.theme)
        self.icons = Icons(self.theme)
        self.window = self._opened()

    def opens_anew(self) -> None:
        """Close the program, and open it again."""
        self.leaves()
        self.desk.reopen()
        self.window = self._opened()

    def leaves(self) -> None:
        """Close the window; what is left of it goes in the thread that made it."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    def until(self, holds: Callable[[], bool], *, what: str) -> None:
        """Wait while the window goes on."""
        if not self.is_so_within(desks.PATIENCE_S, holds):
            raise AssertionError(f"waited {desks.PATIENCE_S:.0f} s for {what} in vain")

    def is_so_within(self, seconds: float, holds: Callable[[], bool]) -> bool:
        """Does it come to hold, while the window goes on?"""
        waiting, most = QEventLoop(), QTimer(singleShot=True, interval=round(1000 * seconds))
        look = QTimer(interval=LOOK_MS)
        look.timeout.connect(lambda: waiting.quit() if holds() else None)
        most.timeout.connect(waiting.quit)
        look.start()
        most.start()
        waiting.exec()
        look.stop()
        return holds()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        """The one that is open now."""

        def found() -> list[QDialog]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.until(lambda: bool(found()), what=kind.__name__)
        return found()[0]

    def _opened(self) -> MainWindow:
        parts, clock = self.desk.parts, self.desk.clock
        window = MainWindow(
            parts.worker, parts.settings, self.theme, self.icons, demo=Plug(), now=clock
        )
        window.resize(1280, 800)
        window.show()
        return window


class WindowHistories(RuleBasedStateMachine):
    """One history; desk, service and seat are those of all histories."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat, self.desk, self.sandbox = seat, seat.desk, seat.sandbox
        self.path = self.desk.folder / f"hero-{next(seeds)}.jpg"
        self.content = ""
        self.said: dict[str, Approval] = {}
        self.told: list[Approval] = []
        self.seen = {(one.asset_id, one.version) for one in self.sandbox.stored(CLOUD)}
        self.may: set[str] = set()

    @property
    def worker(self) -> Worker:
        """The one that is open now."""
        return self.desk.parts.worker

    def hero(self) -> Asset:
        """The file here; of what was taken back the mirror may show one of the same name."""
        return next(
            one
            for one in self.desk.assets()
            if one.name == self.path.name and environment_of(one.library) is None
        )

    @initialize()
    def a_file_is_there(self) -> None:
        self.all_is_well()
        self.changes_the_picture()

    # What people do

    @rule(approval=st.sampled_from([YES, YES, Approval.IN_REVIEW, NO, CHANGES]))
    def decides(self, approval: Approval) -> None:
        self.notes()
        self.chooses()
        self.triggers(dict(self.seat.window.core.actions.decisions)[approval])
        if approval in (NO, CHANGES):
            asked = self.seat.dialog(DecideDialog)
            asked.findChildren(QPlainTextEdit)[0].insertPlainText("In the window.")
            asked.findChildren(QPushButton)[-1].click()
        self.said[self.content] = approval
        self.told.append(approval)
        self.seat.until(self.is_recorded, what="the decision")

    @rule()
    def pushes(self) -> None:
        """As the sheet proposes it, if it does."""
        self.chooses()
        self.triggers(self.seat.window.core.actions.push)
        sheet = self.seat.dialog(PushSheet)
        assert isinstance(sheet, PushSheet)
        self.seat.until(lambda: sheet.plan is not None, what="the plan")
        push = next(one for one in sheet.findChildren(QPushButton) if one.text().startswith("Push"))
        if push.isEnabled():
            assert self.said[self.content] is YES
            push.click()
            self.agrees_to_replace(sheet)
        else:
            sheet.reject()
        self.seat.until(lambda: self.is_over(PushSheet), what="the end of the sheet")

    @rule()
    def approves_and_pushes(self) -> None:
        self.all_is_well()
        self.decides(YES)
        self.pushes()

    @rule()
    def copies_its_address(self) -> None:
        """From the list of transfers, where it was delivered once."""
        panel = self.seat.window.findChildren(TransfersPanel)[0]
        panel.set_expanded(on=True)
        rows = panel.findChildren(QListView)[0]
        model = rows.model()
        ours = [
            index
            for index in (model.index(row, 0) for row in range(model.rowCount()))
            if index.data(TransferRole.JOB).asset == self.hero().id
            and is_delivered(index.data(TransferRole.JOB))
        ]
        if not ours:
            return
        told: list[object] = []
        panel.failed.connect(told.append)
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(NOTHING)
        rows.setCurrentIndex(ours[0])
        copy = next(one for one in rows.actions() if one.text() == "Copy URL")
        copy.trigger()
        self.seat.until(lambda: bool(told) or clipboard.text() != NOTHING, what="the address")
        assert clipboard.text() == NOTHING or self.said[self.content] is YES
        panel.failed.disconnect(told.append)

    @rule()
    def changes_the_picture(self) -> None:
        self.notes()
        picture(self.path, 1_000 + next(seeds), (24, 16))
        self.content = hashlib.md5(self.path.read_bytes(), usedforsecurity=False).hexdigest()
        self.said.setdefault(self.content, Approval.DRAFT)
        for library in self.worker.libraries():
            self.worker.scan(library.id)
        self.desk.settled()

    # What happens to them

    @rule()
    def pauses_or_goes_on(self) -> None:
        if self.worker.paused:
            self.worker.resume()
        else:
            self.worker.pause()

    @rule()
    def pulls_the_plug_or_puts_it_in(self) -> None:
        self.triggers(self.seat.window.core.actions.work_offline)

    @rule()
    def time_passes(self) -> None:
        self.desk.clock.forward(timedelta(minutes=10))
        self.worker.retry([])

    @rule(lost=st.booleans(), path=st.sampled_from(["/upload", "/resources"]))
    def trouble_comes(self, lost: bool, path: str) -> None:
        if lost:
            self.sandbox.faults.lose_reply(times=1, path_contains=path)
        else:
            self.sandbox.faults.answer(status=503, times=1, path_contains=path)

    @rule()
    def closes_and_opens_again(self) -> None:
        self.seat.opens_anew()

    # What has to hold

    @invariant()
    def nothing_left_that_may_not(self) -> None:
        if not self.content:
            return
        self.seat.until(self.desk.is_calm, what="the calm")
        self.notes()
        for one in self.sandbox.stored(CLOUD):
            if (one.asset_id, one.version) not in self.seen and one.etag in self.said:
                self.seen.add((one.asset_id, one.version))
                assert one.etag in self.may
        self.may = set()
        self.notes()

    @invariant()
    def nothing_said_is_lost_or_doubled(self) -> None:
        if self.content:
            history = self.worker.history(self.hero().id)
            assert sorted(one.approval for one in history) == sorted(self.told)

    def teardown(self) -> None:
        """In the end the window shows what was said."""
        if not self.content:
            return
        self.all_is_well()
        self.chooses()
        said, inspector = self.said[self.content], self.seat.window.sides.inspector
        self.seat.until(
            lambda: inspector.asset is not None and inspector.asset.approval is said,
            what="the inspector",
        )

    # How it is asked

    def notes(self) -> None:
        """What may leave until now."""
        self.may |= {key for key, said in self.said.items() if said is YES}

    def all_is_well(self) -> None:
        self.sandbox.faults.clear()
        self.worker.set_work_offline(on=False)
        self.worker.resume()

    def is_over(self, kind: type[QDialog]) -> bool:
        return not self.seat.window.findChildren(kind)

    def agrees_to_replace(self, sheet: PushSheet) -> None:
        """It asks where an earlier version is delivered."""
        for asked in sheet.findChildren(ConfirmDialog):
            buttons = asked.findChildren(QPushButton)
            next(one for one in buttons if one.text() == "Replace").click()

    def is_recorded(self) -> bool:
        return len(self.worker.history(self.hero().id)) == len(self.told)

    def chooses(self) -> None:
        """The master, once the window lists it; its actions are on then."""
        asset, middle = self.hero(), self.seat.window.middle
        self.seat.until(lambda: asset.id in middle.model.loaded(), what="the row")
        middle.selection.choose([asset.id])
        push = self.seat.window.core.actions.push
        self.seat.until(
            lambda: middle.selection.ids == (asset.id,) and push.isEnabled(), what="the choice"
        )

    def triggers(self, action: QAction) -> None:
        """One that is off does nothing, for a person and here."""
        self.seat.until(action.isEnabled, what=action.text())
        action.trigger()
