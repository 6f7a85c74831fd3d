"""What a window remembers of its looks: read from its parts, and laid upon them again."""

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from bridge_app.domain.jobs import TransferSummary
from bridge_app.storage.settings import Settings
from bridge_app.ui import window_state
from bridge_app.ui.narrow import Narrow
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_looks import WindowLooks
from bridge_app.ui.window_parts import Frame, Middle, Sides, order_tabs
from bridge_app.work.events import Connectivity


class WindowMemory:
    """Place, size and parts of one window, kept with the settings."""

    def __init__(
        self, window: QMainWindow, core: Core, middle: Middle, sides: Sides, frame: Frame
    ) -> None:
        self._window = window
        self._core = core
        self._middle = middle
        self._sides = sides
        self.looks = WindowLooks(window, core, frame.area, middle.browser.messages)
        self._narrow = Narrow(
            frame.area,
            middle.browser,
            [(part, action) for _, part, action in self._parts()],
            rests=lambda: self.looks.full.is_on,
        )

    def restore(self) -> None:
        """Let the parts be as the person left them; where they stand is known already."""
        kept, browser = self._core.remembering.settings, self._middle.browser
        self.looks.restore()
        hidden = window_state.hidden_parts(kept)
        for name, part, action in self._parts():
            part.setVisible(name not in hidden)
            action.setChecked(name not in hidden)
        self._sides.transfers.set_expanded(on=kept.transfers_open)
        self._narrow.fit()
        self.looks.offer_compact()
        sides = self._sides
        # Once more: some were made after the window had been put together.
        order_tabs((sides.sidebar, browser, sides.inspector, sides.transfers))

    def remember(self) -> None:
        """Have all of it kept; it is written at the next saving."""
        core = self._core
        if self.looks.full.is_on:
            self.looks.full.fill(on=False)
        self.looks.remember()
        core.remembering.keep(self.now())

    def now(self) -> Settings:
        """What would be remembered of it now, but for where its panels are."""
        core, browser = self._core, self._middle.browser
        kept = window_state.with_query(core.remembering.settings, browser.query)
        return replace(
            kept,
            scheme=core.looks.theme.scheme.value,
            view="list" if browser.grid.is_list else "grid",
            thumbnail_px=browser.grid.picture_width,
            window_geometry=window_state.geometry_text(self._window.saveGeometry()),
            window_state=" ".join(self._hidden()),
            work_offline=core.worker.connectivity() is Connectivity.WORK_OFFLINE,
            paused=core.worker.paused,
            transfers_open=self._sides.transfers.expanded,
        )

    def note_pause(self, summary: TransferSummary) -> None:
        """Transfers were paused, or go on."""
        kept = self._core.remembering.settings
        self._core.remembering.keep(replace(kept, paused=summary.paused))

    def _hidden(self) -> list[str]:
        """What a person put away; what there is only no room for is not."""
        hidden = ((name, part) for name, part, _ in self._parts() if part.isHidden())
        return [name for name, part in hidden if not self._narrow.is_away(part)]

    def _parts(self) -> tuple[tuple[str, QWidget, QAction], ...]:
        actions = self._core.actions
        return (
            ("sidebar", self._sides.sidebar, actions.sidebar),
            ("inspector", self._sides.inspector, actions.inspector),
        )
