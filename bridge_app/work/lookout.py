"""A thread that looks whenever something may have changed."""

import logging
import threading
from collections.abc import Callable

from bridge_app.domain.errors import BridgeError

logger = logging.getLogger(__name__)


class Lookout:
    """Looks once after `start`, and after each `wake`, never twice at a time.

    One error policy: trouble is logged as `trouble`, and what it left undone is looked at again
    after `again_s` seconds, or with the next news. Changes seldom come alone: `settle_s` seconds
    after the first they are looked at together.
    """

    def __init__(
        self,
        name: str,
        look: Callable[[], object],
        *,
        trouble: str,
        settle_s: float,
        again_s: float,
    ) -> None:
        self._look = look
        self._trouble = trouble
        self._settle_s = settle_s
        self._again_s = again_s
        self._news = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    @property
    def is_closing(self) -> bool:
        """Whether a look that takes long should end."""
        return self._closing.is_set()

    def start(self) -> None:
        """From now on look by itself."""
        self._news.set()
        self._thread.start()

    def wake(self) -> None:
        """Something may have changed. Returns at once; any thread."""
        self._news.set()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._closing.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _loop(self) -> None:
        wait_s: float | None = None
        while True:
            self._news.wait(wait_s)
            if self._closing.wait(self._settle_s):
                return
            self._news.clear()
            wait_s = None
            try:
                self._look()
            except BridgeError as error:
                logger.warning("%s: %s", self._trouble, error)
                wait_s = self._again_s
