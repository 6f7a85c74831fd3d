"""The log: one bounded file in the profile, without secrets."""

import logging
import sys
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType

from bridge_app.app.profile import profile_home
from bridge_app.storage.redaction import RedactSecrets

LOG_BYTES = 2_000_000
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

logger = logging.getLogger(__name__)


def start_logging(*, debug: bool) -> None:
    """Log warnings and worse, or everything, to `logs/asset-bridge.log`; bugs always.

    A profile that cannot be written to has no log; whoever needs it to be tells of that.
    """
    logging.raiseExceptions = False  # a full disk would be a traceback on the terminal, each time
    folder = profile_home() / "logs"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    handler = _LogFile(folder / "asset-bridge.log")
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(RedactSecrets())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else logging.WARNING)
    sys.excepthook = _bug
    threading.excepthook = lambda bug: _bug(bug.exc_type, bug.exc_value, bug.exc_traceback)


class _LogFile(logging.Handler):
    """Bounded, and opened with the first record: most runs have nothing to tell."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write it down."""
        self._file.emit(record)

    @cached_property
    def _file(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler  # noqa: PLC0415

        made = RotatingFileHandler(
            self._path, maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8", delay=True
        )
        made.setFormatter(self.formatter)
        return made


def _bug(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    """A bug goes to the log, and shortly to the terminal."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.critical("a bug", exc_info=(kind, error or kind(), trace))
    sys.stderr.write(f"A fault of Asset Bridge ({kind.__name__}); it is in the log.\n")
