"""Gives a master at its service a new version, made of a copy that another program changed."""

from collections.abc import Callable
from dataclasses import dataclass

from bridge_app.domain.errors import NoKeyringError, NotFoundError
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.work.context import Context
from bridge_app.work.exchange.edited_files import ChangedAgainError, EditedFiles
from bridge_app.work.handlers.unseen_master import until_seen
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.version_jobs import VersionJob


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersionHandler:
    """Runs `new_version` jobs, one at a time; a second run finds what the first one did."""

    shelters: ShelterDesk
    edited: EditedFiles
    at_cloudinary: Callable[[VersionJob, JobRecord, Context], Outcome]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Send it, unless it is there, and read the master again."""
        wish = VersionJob.from_params(job.params)
        if wish.environment:
            return self.at_cloudinary(wish, job, context)
        found = self.shelters.shelter_asset(wish.asset)
        if found is None:
            gone = Failed(error=NotFoundError(what=job.name))
            return until_seen(self.shelters, context) or gone
        try:
            service = self.shelters.service(found.account)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        with self.edited.held(wish.path, wish.sha256) as held:
            if held is None:
                return Failed(error=ChangedAgainError(name=job.name))
            copy, still = held
            context.report(0, job.total)
            service.put_version(found.media_id, still, label=wish.label, base=copy.base)
        now = self.shelters.refresh_now(wish.asset)
        if now is not None:
            self.edited.is_version(copy, wish.sha256, now.version_key, context.now())
        return Done()
