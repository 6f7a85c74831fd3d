"""What events and endpoints are called in the window."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.webhooks import Endpoint, EndpointState
from bridge_app.ui.messages import error_text
from bridge_app.ui.wording import transfer_note
from bridge_app.work.webhook_jobs import Message

EVENTS = {
    EventType.APPROVED: QT_TRANSLATE_NOOP("channels", "Approved"),
    EventType.PUSHED: QT_TRANSLATE_NOOP("channels", "Delivered for the first time"),
    EventType.REPLACED: QT_TRANSLATE_NOOP("channels", "Replaced by a new version"),
    EventType.RENDITION_CREATED: QT_TRANSLATE_NOOP("channels", "Rendition published"),
    EventType.UNPUBLISHED: QT_TRANSLATE_NOOP("channels", "Taken back"),
    EventType.EXPIRED: QT_TRANSLATE_NOOP("channels", "Taken back because rights ended"),
    EventType.RESTORED: QT_TRANSLATE_NOOP("channels", "Delivered again"),
    EventType.RIGHTS_CHANGED: QT_TRANSLATE_NOOP("channels", "Rights changed"),
    EventType.EXPIRING: QT_TRANSLATE_NOOP("channels", "Rights end soon"),
    EventType.METADATA_CHANGED: QT_TRANSLATE_NOOP("channels", "Metadata changed"),
    EventType.MEDIA_LINKED: QT_TRANSLATE_NOOP("channels", "Image of a product delivered"),
    EventType.MEDIA_UNLINKED: QT_TRANSLATE_NOOP("channels", "Image taken off a product"),
    EventType.FEED_COMPLETED: QT_TRANSLATE_NOOP("channels", "Product feed read"),
    EventType.ARCHIVED: QT_TRANSLATE_NOOP("channels", "Archived"),
    EventType.CAMPAIGN_ARCHIVED: QT_TRANSLATE_NOOP("channels", "Campaign archived"),
}
"""Those that can be chosen, in the order of a list."""
TEST = QT_TRANSLATE_NOOP("channels", "Test")
STATES = {
    EndpointState.ON: "",
    EndpointState.OFF: QT_TRANSLATE_NOOP("channels", "Off"),
    EndpointState.DISABLED: QT_TRANSLATE_NOOP("channels", "Given up"),
}


def _told(text: str) -> str:
    return QCoreApplication.translate("channels", text) if text else ""


def event_text(event: EventType) -> str:
    """What happened, in a few words."""
    return _told(EVENTS.get(event) or TEST)


def endpoint_mark(endpoint: Endpoint) -> str:
    """How it stands, where that is worth a word."""
    return _told(STATES[endpoint.state])


def message_title(job: JobRecord) -> str:
    """What a message tells, and of what."""
    told = Message.from_params(job.params)
    known = {event.value: event for event in EventType}
    event = known.get(told.event)
    return f"{event_text(event) if event else told.event} · {job.name}"


def message_state(job: JobRecord, now: datetime) -> str:
    """What became of a message."""
    if job.state is JobState.DONE:
        return QCoreApplication.translate("channels", "The receiver took it")
    if job.state is JobState.CANCELLED:
        return QCoreApplication.translate("channels", "Cancelled")
    if job.error is not None and job.state is JobState.FAILED:
        return error_text(job.error)
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return QCoreApplication.translate("channels", "On its way")
    return transfer_note(job, now)
