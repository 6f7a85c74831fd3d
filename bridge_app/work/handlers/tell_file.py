"""Lets the file of a local master say what was decided of it: an edit like any other."""

from dataclasses import dataclass

from bridge_app.domain.jobs import JobRecord
from bridge_app.work.context import Context
from bridge_app.work.file_approval_jobs import TellFile
from bridge_app.work.file_approvals import FileApprovalDesk
from bridge_app.work.outcome import Done, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFileHandler:
    """Runs `tell_file` jobs; one that runs again finds what it said."""

    desk: FileApprovalDesk

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Say it, unless something else was decided meanwhile."""
        context.report(0, job.total)
        is_said = self.desk.write(TellFile.from_params(job.params))
        return Done(result={"state": "said" if is_said else "superseded"})
