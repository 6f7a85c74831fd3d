"""What the window does about rights: the editor, the calendar, and notices of what ends soon."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.query import Query
from bridge_app.domain.rights_calendar import EndNotice
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, number_text, one_line
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415

FIRST_LOOK_MS = 4_000
"""After the start, or a change: the library is read first."""
LOOK_EVERY_MS = 3_600_000
NAMED = 3


class RightsErrands(QObject):
    """Each end is told once for each threshold, and remembered when it was shown."""

    showWanted = Signal(object)  # tuple[AssetId, ...]

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = worker.rights
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._told = ""
        self._ends: dict[AssetId, EndNotice] = {}
        self._soon = QTimer(self, interval=FIRST_LOOK_MS, singleShot=True)
        self._hourly = QTimer(self, interval=LOOK_EVERY_MS)
        for timer in (self._soon, self._hourly):
            timer.timeout.connect(self.look)
            timer.start()

    def serve(
        self,
        actions: Actions,
        selection: AssetSelection,
        browser: BrowserPanel,
        bridge: WorkerBridge,
    ) -> None:
        """Carry out what the actions stand for, for what is chosen."""
        actions.rights.triggered.connect(lambda: self.edit(selection.ids))
        actions.rights_calendar.triggered.connect(self.show_calendar)
        self.showWanted.connect(partial(_reveal, browser))
        bridge.changed.connect(self.take_changes)

    def take_changes(self, changes: ChangeSet) -> None:
        """Rights may be others now."""
        if changes.assets or changes.listing:
            self._soon.start()

    def edit(self, assets: Sequence[AssetId]) -> None:
        """Show what is claimed of these, to be changed."""
        from bridge_app.ui.dialogs.rights_editor import RightsEditor

        if not assets:
            return
        editor = RightsEditor(self._desk, self._asker, self._looks, assets, self._window)
        editor.claimed.connect(self._is_claimed)
        open_dialog(editor)

    def show_calendar(self) -> None:
        """Show what begins and ends when."""
        from bridge_app.ui.dialogs.rights_calendar import RightsCalendar

        dialog = RightsCalendar(self._desk, self._asker, self._looks, self._window)
        dialog.showWanted.connect(self.showWanted)
        dialog.editWanted.connect(self.edit)
        open_dialog(dialog)

    def look(self) -> None:
        """Tell of what ends soon, unless it was told."""
        self._asker.ask(self._desk.notices, self._tell, self._messages.show_error)

    def _tell(self, notices: list[EndNotice]) -> None:
        if not notices:
            return
        self._say(notices)
        self._asker.ask(
            partial(self._desk.told, notices), lambda _: None, self._messages.show_error
        )

    def _say(self, notices: list[EndNotice]) -> None:
        """All ends in one message: what is new joins the one that nobody has closed yet.

        An end that is nearer now is told as such alone.
        """
        if self._told not in self._messages.texts:
            self._ends.clear()
        self._ends.update({one.asset: one for one in notices})
        by_days = sorted(self._ends.values(), key=lambda one: one.days)
        text = "\n".join(
            self._sentence(days, [one.name for one in those])
            for days, those in groupby(by_days, lambda one: one.days)
        )
        look = QAction(self.tr("Calendar…"), self)
        look.triggered.connect(self.show_calendar)
        self._messages.say(Tone.WARNING, text, action=look, instead_of=self._told)
        self._told = text

    def _sentence(self, days: int, names: list[str]) -> str:
        if days == 1:
            text = self.tr("The rights in %Ln asset(s) end within a day: {names}", "", len(names))
        elif days:
            text = self.tr(
                "The rights in %Ln asset(s) end within {days} days: {names}", "", len(names)
            )
        else:
            text = self.tr("The rights in %Ln asset(s) have ended: {names}", "", len(names))
        shown = [isolated(one_line(name)) for name in names[:NAMED]]
        listed = ", ".join(shown) + (" …" if len(names) > NAMED else "")
        return text.format(days=number_text(days), names=listed)

    def _is_claimed(self, count: int) -> None:
        text = self.tr("The rights in %Ln asset(s) are recorded.", "", count)
        self._messages.say(Tone.POSITIVE, text)


def _reveal(browser: BrowserPanel, assets: Sequence[AssetId]) -> None:
    """Show these, wherever they are."""
    query = browser.query
    browser.ask(Query(environment=query.environment, sort=query.sort, descending=query.descending))
    browser.grid.reveal(assets)
