"""How a transfer stands, in words; and times and rates as people read them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.storage.looks import LOOK
from bridge_app.ui.messages import bytes_text, error_text, number_text, one_line
from bridge_app.work.jobs import PUSHES
from bridge_app.work.kinds import (
    ARCHIVE,
    EXPORT,
    KIT,
    MAKE,
    MODERATE,
    NEW_VERSION,
    RETRACT,
    RETRACT_RENDITION,
    TELL_FILE,
    WRITE_APPROVAL,
    WRITE_BACK,
    WRITE_RIGHTS,
)

STATES = {
    JobState.QUEUED: QT_TRANSLATE_NOOP("transfers", "Queued"),
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Uploading"),
    JobState.WAITING: QT_TRANSLATE_NOOP("transfers", "Waiting"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Delivered"),
    JobState.FAILED: QT_TRANSLATE_NOOP("transfers", "Failed"),
    JobState.CANCELLED: QT_TRANSLATE_NOOP("transfers", "Cancelled"),
}
COPYING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Copying"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Copied"),
}
MAKING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Rendering"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Made"),
}
RETRACTING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Changing what may be seen"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Changed what may be seen"),
}
RECORDING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Recording at its master"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Recorded at its master"),
}
ARCHIVING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Archiving"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Archived"),
}
TELLING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Telling the service"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Told the service"),
}
LOOKING = {
    JobState.RUNNING: QT_TRANSLATE_NOOP("transfers", "Looking whether it arrived after all"),
    JobState.DONE: QT_TRANSLATE_NOOP("transfers", "Looked whether it arrived after all"),
}
SUBJECTS = {
    LOOK: QT_TRANSLATE_NOOP("transfers", "A push that ended unheard"),
    WRITE_APPROVAL: QT_TRANSLATE_NOOP("transfers", "Decision for the service"),
    WRITE_RIGHTS: QT_TRANSLATE_NOOP("transfers", "Rights for the service"),
    MODERATE: QT_TRANSLATE_NOOP("transfers", "Moderation at Cloudinary"),
    RETRACT: QT_TRANSLATE_NOOP("transfers", "Access at Cloudinary"),
    RETRACT_RENDITION: QT_TRANSLATE_NOOP("transfers", "A rendition that has to go"),
    WRITE_BACK: QT_TRANSLATE_NOOP("transfers", "Record at the master"),
    NEW_VERSION: QT_TRANSLATE_NOOP("transfers", "New version at the service"),
    TELL_FILE: QT_TRANSLATE_NOOP("transfers", "Decision for the file"),
}
"""What such a job is about; it has no size."""
WORDS = {
    **dict.fromkeys(PUSHES, STATES),
    EXPORT: STATES | MAKING,
    MAKE: STATES | MAKING,
    KIT: STATES | MAKING,
    LOOK: STATES | LOOKING,
    RETRACT: STATES | RETRACTING,
    RETRACT_RENDITION: STATES | RETRACTING,
    WRITE_APPROVAL: STATES | TELLING,
    WRITE_RIGHTS: STATES | TELLING,
    MODERATE: STATES | TELLING,
    WRITE_BACK: STATES | RECORDING,
    NEW_VERSION: STATES | TELLING,
    TELL_FILE: STATES | RECORDING,
    ARCHIVE: STATES | ARCHIVING,
}
"""The states in words, by the kind of job; those of a copy into a library for all others."""
WAITS = {
    WaitingFor.NETWORK: QT_TRANSLATE_NOOP(
        "transfers", "Waits for the connection, then goes out by itself"
    ),
    WaitingFor.RATE_LIMIT: QT_TRANSLATE_NOOP(
        "transfers", "Cloudinary asks us to slow down; goes on by itself"
    ),
    WaitingFor.BUDGET: QT_TRANSLATE_NOOP(
        "transfers", "This hour's API calls are used up; goes on by itself"
    ),
    WaitingFor.NEXT_TRY: QT_TRANSLATE_NOOP(
        "transfers", "Did not get through; tries again by itself"
    ),
    WaitingFor.SCAN: QT_TRANSLATE_NOOP("transfers", "Waits until the file has been read"),
    WaitingFor.ACCOUNT: QT_TRANSLATE_NOOP(
        "transfers", "Waits for the account {environment} and its key"
    ),
    WaitingFor.ARRIVAL: QT_TRANSLATE_NOOP(
        "transfers", "Has not arrived so far; is looked for once more by itself"
    ),
    WaitingFor.RECEIVER: QT_TRANSLATE_NOOP(
        "transfers", "The receiver did not take it; is sent again by itself"
    ),
}
WAITS_UNTIL = {
    WaitingFor.RATE_LIMIT: QT_TRANSLATE_NOOP(
        "transfers", "Cloudinary asks us to slow down; goes on in {time}"
    ),
    WaitingFor.BUDGET: QT_TRANSLATE_NOOP(
        "transfers", "This hour's API calls are used up; goes on in {time}"
    ),
    WaitingFor.NEXT_TRY: QT_TRANSLATE_NOOP("transfers", "Did not get through; next try in {time}"),
    WaitingFor.ARRIVAL: QT_TRANSLATE_NOOP(
        "transfers", "Has not arrived so far; is looked for once more in {time}"
    ),
    WaitingFor.RECEIVER: QT_TRANSLATE_NOOP(
        "transfers", "The receiver did not take it; is sent again in {time}"
    ),
}


def duration_text(seconds: float) -> str:
    """A span of time, rounded to what matters: "12 s", "3 min", "2 h 5 min"."""
    whole = max(1, round(seconds))
    minutes = round(whole / 60)
    if whole < 60:
        return QCoreApplication.translate("time", "{seconds} s").format(seconds=number_text(whole))
    if minutes < 60:
        text = QCoreApplication.translate("time", "{minutes} min")
        return text.format(minutes=number_text(minutes))
    return QCoreApplication.translate("time", "{hours} h {minutes} min").format(
        hours=number_text(minutes // 60), minutes=number_text(minutes % 60)
    )


def rate_text(bytes_per_second: float) -> str:
    """A speed: "18.4 MB/s"."""
    return QCoreApplication.translate("time", "{amount}/s").format(
        amount=bytes_text(round(bytes_per_second))
    )


def seconds_until(moment: str | None, now: datetime) -> float | None:
    """Seconds from `now` until an ISO 8601 moment; None when there is none or it has passed."""
    if moment is None:
        return None
    left = (datetime.fromisoformat(moment) - now).total_seconds()
    return left if left > 0 else None


def wait_template(reason: WaitingFor) -> str:
    """Why something waits that goes on by itself, with a `{time}`; "" where nobody knows when."""
    template = WAITS_UNTIL.get(reason, "")
    return QCoreApplication.translate("transfers", template) if template else ""


def state_word(job: JobRecord, fraction: float) -> str:
    """The state in a word, or how much is there, for a narrow column; `fraction` is 0 to 1."""
    if job.state is JobState.RUNNING and job.total > 0 and job.kind in (*PUSHES, EXPORT, MAKE, KIT):
        return f"{number_text(int(fraction * 100))}{QLocale().percent()}"
    return _state(job)


def transfer_note(job: JobRecord, now: datetime) -> str:
    """How a push stands: what it does, why it waits and until when, or what to do about it."""
    if job.state is JobState.FAILED and job.error is not None:
        return error_text(job.error)
    if job.state is not JobState.WAITING or job.waiting_for is None:
        return _state(job)
    if job.waiting_for is WaitingFor.ACCOUNT and job.error is not None:
        return error_text(job.error)
    left_s = seconds_until(job.waiting_until, now)
    if left_s is not None and job.waiting_for in WAITS_UNTIL:
        template = QCoreApplication.translate("transfers", WAITS_UNTIL[job.waiting_for])
        return template.format(time=duration_text(left_s))
    template = QCoreApplication.translate("transfers", WAITS[job.waiting_for])
    return template.format(environment=job.environment or "Cloudinary")


def transfer_sentence(job: JobRecord, now: datetime) -> str:
    """One row for those who cannot see it: name, size and how it stands."""
    return QCoreApplication.translate("transfers", "{name}, {size}: {note}").format(
        name=one_line(job.name), size=amount_text(job), note=transfer_note(job, now)
    )


def amount_text(job: JobRecord) -> str:
    """How much a job moves: bytes of a push, items of a copy into a library, or renditions."""
    if job.kind in PUSHES:
        return bytes_text(job.total)
    if job.kind == ARCHIVE:
        return QCoreApplication.translate("transfers", "%Ln step(s)", "", job.total)
    if job.kind in SUBJECTS:
        return QCoreApplication.translate("transfers", SUBJECTS[job.kind])
    if job.kind in (EXPORT, MAKE, KIT):
        return QCoreApplication.translate("transfers", "%Ln rendition(s)", "", job.total)
    if job.result is not None:
        return QCoreApplication.translate(
            "transfers", "{copied} copied, {there} there already"
        ).format(
            copied=_count(job.result.get("copied")), there=_count(job.result.get("already_there"))
        )
    return QCoreApplication.translate("transfers", "Into a library")


def public_id(job: JobRecord) -> str:
    """Where in the product environment a push goes, or went; "" if that is not known."""
    for facts in (job.result or {}, job.params):
        found = facts.get("public_id")
        if isinstance(found, str) and found:
            return found
    return ""


def is_delivered(job: JobRecord) -> bool:
    """Is there something at a delivery URL because of this job?"""
    return job.kind in PUSHES and job.state is JobState.DONE


def _state(job: JobRecord) -> str:
    return QCoreApplication.translate("transfers", WORDS.get(job.kind, STATES | COPYING)[job.state])


def _count(found: object) -> str:
    return number_text(found if isinstance(found, int) else 0)
