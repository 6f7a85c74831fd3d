"""Opens the window of reports; scheduled ones are written while the application runs."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.domain.query import Query
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.domain.reports import Behind, SavedReport
    from bridge_app.ui.insights.window import InsightsWindow

FIRST_WRITE_MS, WRITE_EVERY_MS = 30_000, 600_000
"""What people see first is read first; days, weeks and months need no more than that."""


class InsightErrands(QObject):
    """GUI thread only. `opened` tells the window that was opened."""

    opened = Signal(object)  # InsightsWindow
    importing = Signal(object)  # LogImportDialog that is about to be shown
    writing = Signal(object)  # Errand that begins
    showWanted = Signal(object)  # Behind
    accountsWanted = Signal()

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        remembering: Remembering,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._remembering = remembering
        self._open: InsightsWindow | None = None
        self._first = QTimer(self, interval=FIRST_WRITE_MS, singleShot=True)
        self._often = QTimer(self, interval=WRITE_EVERY_MS)
        for timer in (self._first, self._often):
            timer.timeout.connect(self.write_due)
            timer.start()

    @property
    def window(self) -> "InsightsWindow | None":
        """The one that is open."""
        return self._open

    def serve(self, actions: Actions, browser: BrowserPanel) -> None:
        """Carry out what the action stands for; rows lead into this browser."""
        actions.insights.triggered.connect(self.show)
        self.showWanted.connect(partial(_reveal, browser))
        self.accountsWanted.connect(actions.accounts.trigger)

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        if self._open is not None:
            _bring_up(self._open)
            return

        def load() -> "type[InsightsWindow]":
            # The plotting library takes a moment to load, and most starts never need it.
            from bridge_app.ui.insights.window import InsightsWindow  # noqa: PLC0415

            return InsightsWindow

        self._asker.ask(load, self._make, self._messages.show_error)

    def write_due(self) -> None:
        """Have the scheduled reports written that are due."""
        worker = self._worker

        def write() -> "Sequence[SavedReport]":
            # Who is asked for reports is loaded in the thread as well.
            return worker.insights.write_due()

        self._asker.ask(write, self._are_written, self._messages.show_error)

    def close(self) -> None:
        """Close it with the main window."""
        if self._open is not None:
            self._open.close()

    def _make(self, kind: "type[InsightsWindow]") -> None:
        from bridge_app.ui.insights.window import InsightsSeat  # noqa: PLC0415 - loaded by now

        if self._open is None:
            seat = InsightsSeat(
                desk=self._worker.insights,
                asker=self._asker,
                looks=self._looks,
                remembering=self._remembering,
                libraries=self._worker.libraries,
            )
            made = kind(seat, parent=self._window)
            made.showWanted.connect(self._show_behind)
            made.accountsWanted.connect(self.accountsWanted)
            made.acts.importing.connect(self.importing)
            made.acts.writing.connect(self.writing)
            made.closed.connect(partial(self._forget, made))
            self._open = made
        # What is waiting comes in between: made and shown at once, it would wait for both.
        QTimer.singleShot(0, self, self._bring_up_open)

    def _bring_up_open(self) -> None:
        if self._open is not None:
            _bring_up(self._open)
            self.opened.emit(self._open)

    def _are_written(self, written: "Sequence[SavedReport]") -> None:
        """What could not be is told until it could; the others are where they are expected."""
        for one in written:
            self._messages.is_well(_about(one.name))
        found = ((one.name, one.trouble) for one in written if one.trouble)
        name, trouble = next(found, ("", None))
        if trouble is not None:
            look = QAction(self.tr("Insights…"), self)
            look.triggered.connect(self.show)
            text = self.tr("The report {name} could not be written: {why}")
            told = text.format(name=isolated(one_line(name)), why=error_text(trouble))
            self._messages.say(Tone.WARNING, told, action=look, about=_about(name))

    def _show_behind(self, behind: "Behind") -> None:
        self._window.raise_()
        self._window.activateWindow()
        self.showWanted.emit(behind)

    def _forget(self, window: "InsightsWindow") -> None:
        if self._open is window:
            self._open = None
        window.deleteLater()


def _about(report: str) -> str:
    return f"report {report}"


def _reveal(browser: BrowserPanel, behind: "Behind") -> None:
    """Show these assets, wherever they are; or else what a search finds."""
    shown = browser.query
    base = behind.query if behind.query is not None and not behind.assets else Query()
    browser.ask(
        replace(
            base,
            environment=shown.environment,
            sort=shown.sort,
            descending=shown.descending,
        )
    )
    if behind.assets:
        browser.grid.reveal(behind.assets)


def _bring_up(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
