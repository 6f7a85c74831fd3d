"""The words of review requests and queues: when something is due, and how far it is."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.review_requests import QueueSource, RequestCounts
from bridge_app.ui.messages import date_text, number_text, one_line

translate = QCoreApplication.translate  # a name that lupdate knows
SOURCES = {
    QueueSource.REQUEST: QT_TRANSLATE_NOOP("review", "Asked for"),
    QueueSource.MODERATION: QT_TRANSLATE_NOOP("review", "Moderation at Cloudinary"),
    QueueSource.LIBRARY: QT_TRANSLATE_NOOP("review", "In review at their library"),
    QueueSource.FILE: QT_TRANSLATE_NOOP("review", "Said in their files"),
}


def source_text(source: QueueSource) -> str:
    """Where something in the queue comes from."""
    return translate("review", SOURCES[source])


def due_text(due: datetime, now: datetime) -> str:
    """When something is due, as people say it: "Due tomorrow, 17:00"; both moments are aware."""
    local, today = due.astimezone(), now.astimezone().date()
    if due < now:
        template = translate("review", "Overdue since {date}")
        return template.format(date=date_text(local.date()))
    if local.time() == time():
        # The end of a day belongs to that day.
        local -= timedelta(minutes=1)
    clock = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == today:
        return translate("review", "Due today, {time}").format(time=clock)
    if local.date() == today + timedelta(days=1):
        return translate("review", "Due tomorrow, {time}").format(time=clock)
    return translate("review", "Due {date}").format(date=date_text(local.date()))


def progress_text(counts: RequestCounts) -> str:
    """How far a request is: "8 of 12 decided · 6 approved · 2 rejected"."""
    done = counts.total - counts.gone - counts.undecided
    parts = [
        translate("review", "{done} of {total} decided").format(
            done=number_text(done), total=number_text(counts.total - counts.gone)
        )
    ]
    changes = counts.changes_requested
    for count, text in (
        (counts.approved, translate("review", "%Ln approved", "", n=counts.approved)),
        (changes, translate("review", "%Ln with changes requested", "", n=changes)),
        (counts.rejected, translate("review", "%Ln rejected", "", n=counts.rejected)),
        (counts.gone, translate("review", "%Ln not here any more", "", n=counts.gone)),
    ):
        if count:
            parts.append(text)
    return "  ·  ".join(parts)


def roles_text(roles: Iterable[str]) -> str:
    """Who is asked: "brand and legal", or everybody."""
    named = [one_line(role) for role in roles]
    return QLocale().createSeparatedList(named) if named else translate("review", "everybody")
