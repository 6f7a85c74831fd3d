"""Archives a campaign step by step, or takes that back; each step is on disk before the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    NoKeyringError,
    NotFoundError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.storage.archives import (
    Archives,
    ArchiveState,
    StepRecord,
    StepState,
)
from bridge_app.work.archive_jobs import ArchiveJob
from bridge_app.work.context import Context
from bridge_app.work.handlers.archive_contents import Contents
from bridge_app.work.handlers.archive_copies import AtDelivery
from bridge_app.work.handlers.archive_run import ArchiveRun
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.rendition_gallery import Siblings
from bridge_app.work.shelter_desk import ShelterDesk


class OtherWayError(BridgeError):
    """A job of an archive whose direction a person has changed since."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The archive of {name} was taken back, so nothing more of it is done. Archive it anew if "
        "that is wanted.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveHandler:
    """Runs `archive` jobs, one at a time.

    Args:
        follow: Told which masters are published otherwise than before.
    """

    archives: Archives
    shelters: ShelterDesk
    contents: Contents
    delivery: AtDelivery
    follow: Callable[[Sequence[AssetId]], object]
    siblings: Siblings = field(default_factory=Siblings)

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Go on with the first step that is not done, or the last that is not undone."""
        wish = ArchiveJob.from_params(job.params)
        record = self.archives.one(wish.archive)
        if record is None:
            return Failed(error=NotFoundError(what=job.name))
        try:
            service = self.shelters.service(record.account)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        steps = self.archives.steps(record.id)
        todo = to_undo(steps) if wish.undoes else to_do(steps)
        done = len(steps) - len(todo)
        run = ArchiveRun(
            record=record,
            service=service,
            shelters=self.shelters,
            contents=self.contents,
            delivery=self.delivery,
            siblings=self.siblings,
            steps=lambda: self.archives.steps(record.id),
            report=lambda: context.report(done, len(steps)),
            now=context.now,
        )
        for step in todo:
            context.report(done, len(steps))
            self._check_way(wish)
            self._step(run, step, context, undoes=wish.undoes)
            context.advance()
            done += 1
        ended = ArchiveState.UNDONE if wish.undoes else ArchiveState.DONE
        if not self.archives.end(record.id, ended, at=context.now()):
            raise OtherWayError(name=wish.name)
        self._afterwards(record.account, steps)
        return Done(result={"archive": record.id, "state": ended.value})

    def _check_way(self, wish: ArchiveJob) -> None:
        """A person may have asked for the other way meanwhile, in this process or another."""
        record = self.archives.one(wish.archive)
        if record is None or record.state.is_taken_back is not wish.undoes:
            raise OtherWayError(name=wish.name)

    def _step(self, run: ArchiveRun, step: StepRecord, context: Context, *, undoes: bool) -> None:
        def keep(result: Mapping[str, Any]) -> None:
            self.archives.set_step(
                run.record.id, step.place, StepState.OPEN, result=result, at=context.now()
            )

        result = run.undo(step) if undoes else run.do(step, keep)
        state = StepState.UNDONE if undoes else StepState.DONE
        self.archives.set_step(run.record.id, step.place, state, result=result, at=context.now())

    def _afterwards(self, account: str, steps: Sequence[StepRecord]) -> None:
        """The library looks again, and the masters' records say what became of their copies."""
        touched = [AssetId(one.told["asset"]) for one in steps if "asset" in one.told]
        self.follow(list(dict.fromkeys(touched)))
        self.shelters.sync(account)


def to_do(steps: Sequence[StepRecord]) -> list[StepRecord]:
    """What is left, in its order; what was undone is done anew."""
    return [one for one in steps if one.state is not StepState.DONE]


def to_undo(steps: Sequence[StepRecord]) -> list[StepRecord]:
    """What has to be taken back, the last first; one that was begun may have had its effect."""
    begun = (one for one in reversed(steps) if one.state is not StepState.UNDONE)
    return [one for one in begun if one.state is StepState.DONE or one.result]
