"""Copies dropped files into a library; what is there already is recognised."""

from collections.abc import Callable
from pathlib import Path

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.jobs import JobRecord
from bridge_app.libraries.drafts import Drafts
from bridge_app.libraries.intake import Intake, take_in
from bridge_app.libraries.library import Library
from bridge_app.work.context import Context
from bridge_app.work.jobs import TakeIn
from bridge_app.work.outcome import CancelledError, Done, Failed, Outcome


class TakeInHandler:
    """Runs `TakeIn` jobs. `library` finds an open library; `look` asks for a scan of paths."""

    def __init__(
        self,
        *,
        library: Callable[[LibraryId], Library | None],
        drafts: Drafts,
        look: Callable[[LibraryId, frozenset[str]], None],
    ) -> None:
        self._library = library
        self._drafts = drafts
        self._look = look

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Copy the files of a job. Raises CancelledError when it was stopped before its end."""
        wish = TakeIn.from_params(job.params)
        library = self._library(wish.library)
        if library is None:
            return Failed(error=NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The library")))
        copied = 0

        def report(size: int) -> None:
            nonlocal copied
            copied += size
            context.report(copied, 0)

        taken = take_in(
            [Path(source) for source in wish.sources],
            library.place(wish.folder),
            drafts=self._drafts,
            cancelled=lambda: context.stopped,
            report=report,
        )
        self._look(wish.library, frozenset({wish.folder}))
        if context.stopped:
            # Some may be missing. The next run knows those that are there by their content.
            raise CancelledError
        troubles = [entry.trouble for entry in taken if entry.trouble is not None]
        if troubles and all(entry.outcome is Intake.NOT_TAKEN for entry in taken):
            return Failed(error=troubles[0])
        return Done(
            result={
                "copied": sum(entry.outcome is Intake.COPIED for entry in taken),
                "already_there": sum(entry.outcome is Intake.ALREADY_THERE for entry in taken),
                "troubles": [str(trouble) for trouble in troubles],
            }
        )
