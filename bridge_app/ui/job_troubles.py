"""What went wrong with jobs, in the message bar: told at once, and over when it is mended."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobState
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.work.events import JobTrouble
from bridge_app.work.worker import Worker

LOOK_MS = 250


class JobTroubles(QObject):
    """A line stands as long as one of the jobs that it is about has failed and was not retried."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        bridge: WorkerBridge,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._messages = messages
        self._failed: dict[str, set[int]] = {}
        self._asking = Latest(asker, self)
        self._soon = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._soon.timeout.connect(self._look)
        bridge.trouble.connect(self._tell)
        bridge.changed.connect(self._take_changes)

    @Slot(object)
    def _tell(self, told: JobTrouble) -> None:
        text = error_text(told.trouble)
        # It may fail again for another reason.
        others = [one for one, jobs in self._failed.items() if one != text and told.job in jobs]
        self._are_over(others, {told.job})
        self._messages.show_error(told.trouble, about=text)
        if told.job:
            self._failed.setdefault(text, set()).add(told.job)

    @Slot(object)
    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.jobs and self._failed and not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        shown = self._messages.texts
        self._failed = {text: jobs for text, jobs in self._failed.items() if text in shown}
        asked = {text: frozenset(jobs) for text, jobs in self._failed.items()}
        if asked:
            self._asking.ask(lambda: self._mended(asked), self._take_mended, _ignore)

    def _mended(self, asked: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
        return {text: jobs for text, jobs in asked.items() if not any(map(self._has_failed, jobs))}

    def _has_failed(self, number: int) -> bool:
        job = self._worker.job(number)
        return job is not None and job.state is JobState.FAILED

    def _take_mended(self, mended: Mapping[str, frozenset[int]]) -> None:
        for text, jobs in mended.items():
            self._are_over((text,), jobs)

    def _are_over(self, texts: Iterable[str], jobs: Iterable[int]) -> None:
        for text in texts:
            left = self._failed.get(text, set()) - set(jobs)
            if left:
                self._failed[text] = left
            elif self._failed.pop(text, None) is not None:
                self._messages.is_well(text)


def _ignore(_: BridgeError) -> None:
    """Nothing is lost: the line stays, and the next change asks again."""
