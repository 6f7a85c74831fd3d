"""Tells Cloudinary of a decision on an asset that is moderated there: reads, writes once, looks.

Running it again after any crash or lost reply ends in the same world, because every run begins
with a read of the asset by its immutable ID. Source: reference/cloudinary.md, 11.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.moderation import CloudModeration
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    NoKeyringError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.moderations import ModerationStatus, to_tell
from bridge_app.storage.decisions import Decisions
from bridge_app.work.context import Context
from bridge_app.work.moderation_jobs import Moderate
from bridge_app.work.moderation_news import ModerationNews
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting


class NotModeratedError(BridgeError):
    """The service took the decision, and says another thing all the same."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{service} was told that {name} is {wanted}, and still says that it is {found}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerateHandler:
    """Runs `moderate` jobs.

    Args:
        opened: The moderation of an environment; raises BridgeError.
        news: Takes over what is read.
        decisions: The record, asked once more at the last moment.
        against: Why content may not be delivered to an environment, or "": what was rejected there
            is delivered again when it is approved.
    """

    opened: Callable[[str], CloudModeration]
    news: ModerationNews
    decisions: Decisions
    against: Callable[[str, str], str]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Make the service say what was decided last of this content."""
        wish = Moderate.from_params(job.params)
        context.report(0, 1)
        try:
            service = self.opened(wish.environment)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        there = service.now(wish.asset_id)
        if there is None:
            self.news.gone(wish.environment, wish.asset_id)
            return Done(result={"state": "gone"})
        told = self.news.take(there, at=context.now())
        if self._wanted(wish, told.status) is not wish.status:
            return Done(result={"state": told.status.value})
        releases = wish.status is ModerationStatus.APPROVED
        reasons = self.against(wish.content, wish.environment) if releases else ""
        if reasons:
            return Failed(error=GateRefusalError(name=wish.name, reasons=reasons))
        service.decide(there, wish.status)
        return self._checked(service, wish, context)

    def _wanted(self, wish: Moderate, status: ModerationStatus) -> ModerationStatus | None:
        """What is to be told by what is on record at this moment; None for nothing."""
        asset = self.news.asset(wish.asset)
        if asset is None or asset.content != wish.content:
            return None
        return to_tell(self.decisions.approval_of(wish.content), status)

    def _checked(self, service: CloudModeration, wish: Moderate, context: Context) -> Outcome:
        """What it says now is what is known; our own decision that comes back is no news."""
        there = service.now(wish.asset_id)
        if there is None:
            self.news.gone(wish.environment, wish.asset_id)
            return Done(result={"state": "gone"})
        told = self.news.take(there, at=context.now())
        if told.status is not wish.status:
            return Failed(
                error=NotModeratedError(
                    service=SERVICE,
                    name=wish.name,
                    wanted=wish.status.value,
                    found=told.status.value,
                )
            )
        return Done(result={"state": told.status.value})
