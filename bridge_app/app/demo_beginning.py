"""Begins the demo: the sandbox and its sample libraries, while the window is open already."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.app.beginning import START, Beginning
from bridge_app.app.build import Parts, utc_now
from bridge_app.domain.assets import LibraryKind, LibraryRecord
from bridge_app.domain.errors import NotFoundError
from bridge_app.work.events import ScanProgress

if TYPE_CHECKING:
    from bridge_app.app.demo import Demo


class DemoBeginning(Beginning):
    """Starts the sandbox, then the worker, and makes the sample libraries; it is the demo's switch.

    The worker begins when the sandbox answers: before that nobody could be asked for anything.
    """

    def __init__(self, parts: Parts, *, recipes: Path) -> None:
        super().__init__(parts)
        self._recipes = recipes
        # The demo's account is there from the first moment of the first start.
        self._is_new = all(
            record.kind is LibraryKind.CLOUDINARY for record in parts.worker.libraries()
        )
        self._demo: Demo | None = None
        self._running = threading.Event()
        self._closing = threading.Event()

    @property
    def sandbox_running(self) -> bool:
        """Does the sandbox answer?"""
        return self._demo is not None and self._demo.sandbox_running

    def set_sandbox_running(self, *, on: bool) -> None:
        """Pull the plug, or put it back. Blocks, at the start until the sandbox is there."""
        self._running.wait()
        if self._demo is not None:
            self._demo.set_sandbox_running(on=on)

    def sample(self) -> LibraryRecord:
        """The sample campaign's library, made unless it is there. Blocks."""
        self._running.wait()
        if self._demo is None:
            raise NotFoundError(what="The sample campaign")
        return self._demo.sample()

    @property
    def is_preparing(self) -> bool:
        """Are the sample libraries being made, or about to be?"""
        return self._is_new and (self._thread.ident is None or self._thread.is_alive())

    def close(self) -> None:
        """Stop; what was not finished is made at the next start."""
        self._closing.set()
        super().close()
        if self._demo is not None:
            self._demo.close()

    def begin(self) -> None:
        """Make and start everything. Raises BridgeError."""
        # The sandbox takes longer to load than all the rest of the window.
        from bridge_app.app.demo import Demo  # noqa: PLC0415
        from bridge_app.sandbox.campaign import CampaignCancelledError  # noqa: PLC0415

        try:
            demo = self._demo = Demo(self._parts, recipes=self._recipes, now=utc_now)
            demo.connect()
        finally:
            self._running.set()
            super().begin()
        if self._is_new or demo.is_filled:
            try:
                demo.fill(self._report, self._closing.is_set)
                demo.fill_shelter(self._report, self._closing.is_set)
            except CampaignCancelledError:
                return
        self._parts.tell(ScanProgress(library=START, finished=True))

    def _report(self, done: int, total: int) -> None:
        self._parts.tell(ScanProgress(library=START, found=total, read=done, total=total))
