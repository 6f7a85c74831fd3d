"""What the window does about the audit trail: checks it after the start, and shows it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.domain.audit_check import TrailCheck
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.audit_wording import ahead_text, check_text, finding_text
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.ui.dialogs.audit_filters import Scope
    from bridge_app.work.audit import AuditDesk

FIRST_LOOK_MS = 3_000
"""After the start: what people see first is read first."""


class AuditErrands(QObject):
    """GUI thread only. Damage stays in the message bar until somebody looks.

    `writing` tells each errand that writes a report.
    """

    writing = Signal(object)

    def __init__(
        self,
        window: QWidget,
        desk: "AuditDesk",
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._soon = QTimer(self, interval=FIRST_LOOK_MS, singleShot=True)
        self._soon.timeout.connect(self.check)
        self._soon.start()

    def serve(self, actions: Actions, selection: AssetSelection, browser: BrowserPanel) -> None:
        """Carry out what the action stands for, with what the window shows then."""
        from bridge_app.ui.dialogs.audit_filters import Scope

        def show() -> None:
            chosen = selection.ids if selection.is_complete else ()
            self.show(Scope(chosen=tuple(chosen), listed=browser.query))

        actions.audit_trail.triggered.connect(show)

    def show(self, scope: "Scope") -> None:
        """Show the trail."""
        from bridge_app.ui.dialogs.audit import AuditDialog

        dialog = AuditDialog(self._desk, self._asker, self._looks, scope, self._window)
        dialog.writing.connect(self.writing)
        open_dialog(dialog)

    def check(self) -> None:
        """Look through the whole trail, and say so if it is not whole."""
        self._asker.ask(self._desk.check, self._tell, self._messages.show_error)

    def _tell(self, check: TrailCheck) -> None:
        from bridge_app.ui.dialogs.audit_filters import Scope

        if check.is_sound and check.ahead is None:
            return
        look = QAction(self.tr("Look…"), self)
        look.triggered.connect(lambda: self.show(Scope()))
        if check.is_sound:
            self._messages.say(Tone.WARNING, ahead_text(check), action=look)
            return
        text = f"{check_text(check)} {finding_text(check.findings[0])}"
        self._messages.say(Tone.NEGATIVE, text, action=look)
