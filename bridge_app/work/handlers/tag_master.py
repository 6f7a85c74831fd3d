"""Adds keywords to a master at its service, and reads it again."""

from dataclasses import dataclass

from bridge_app.domain.errors import NoKeyringError, NotFoundError
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.work.context import Context
from bridge_app.work.handlers.unseen_master import until_seen
from bridge_app.work.intake_jobs import TagJob
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.shelter_desk import ShelterDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class TagHandler:
    """Runs `tag_master` jobs; the service keeps each word once, however often it is sent."""

    shelters: ShelterDesk

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Send the words, then take over what the service says now."""
        wish = TagJob.from_params(job.params)
        found = self.shelters.shelter_asset(wish.asset)
        if found is None:
            gone = Failed(error=NotFoundError(what=job.name))
            return until_seen(self.shelters, context) or gone
        try:
            service = self.shelters.service(found.account)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        context.report(0, job.total)
        service.add_keywords(found.media_id, wish.words)
        self.shelters.refresh_now(wish.asset)
        return Done()
