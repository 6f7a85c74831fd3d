"""Looks for a newer version by itself, once a day, for those who have said that it may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.remembering import Remembering
from bridge_app.work.updates import News, UpdateDesk

DAILY = "daily"
BY_HAND = "by_hand"
DAY = timedelta(days=1)
EVERY_MS = 60 * 60 * 1000


class UpdateWatch(QObject):
    """Keeps quiet about trouble: who looks by hand is told of it."""

    found = Signal(object)  # News

    def __init__(
        self,
        desk: Callable[[], UpdateDesk],
        asker: Asker,
        remembering: Remembering,
        *,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asker = asker
        self._remembering = remembering
        self._now = now
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look_if_wanted)
        self._timer.start()

    @property
    def is_daily(self) -> bool:
        """Has somebody said that it may?"""
        return self._remembering.settings.updates == DAILY

    def set_daily(self, *, on: bool) -> None:
        """It may from now on, or may not."""
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, updates=DAILY if on else BY_HAND))
        self.look_if_wanted()

    def look_if_wanted(self) -> None:
        """Ask, if a day has passed and somebody has agreed to it, and does not work offline."""
        kept = self._remembering.settings
        if not self.is_daily or kept.work_offline or not self._is_due(kept.updates_looked_at):
            return
        self._remembering.keep(replace(kept, updates_looked_at=self._now().isoformat()))
        self._asker.ask(lambda: self._desk().look(), self._take, _leave)

    def _is_due(self, looked_at: str) -> bool:
        try:
            return self._now() - datetime.fromisoformat(looked_at) >= DAY
        except (ValueError, TypeError):
            return True

    def _take(self, news: News | None) -> None:
        if news is not None:
            self.found.emit(news)


def _leave(_: BridgeError) -> None:
    """Another day."""
