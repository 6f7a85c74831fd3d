"""What a PhotoShelter-style service says, in words for people."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rights import Restrictions
from bridge_app.domain.shelter import Visibility
from bridge_app.domain.shelter_approval import ApprovalSaid, ApprovalSource
from bridge_app.domain.shelter_reading import WARNINGS, ReadingWarning
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.messages import approval_text, moment_text
from bridge_app.ui.models.shelter_facts import Publication

VISIBILITIES = {
    Visibility.PRIVATE: QT_TRANSLATE_NOOP("shelter", "Only for you and your staff"),
    Visibility.PERMISSION: QT_TRANSLATE_NOOP("shelter", "For those with permission"),
    Visibility.EVERYONE: QT_TRANSLATE_NOOP("shelter", "For everyone"),
}
SOURCES = {
    ApprovalSource.FIELD: QT_TRANSLATE_NOOP("shelter", "Custom field: {state}"),
    ApprovalSource.REVIEW: QT_TRANSLATE_NOOP("shelter", "Workspace review: {state}"),
    ApprovalSource.KEYWORD: QT_TRANSLATE_NOOP("shelter", "Keyword: {state}"),
    ApprovalSource.GALLERY: QT_TRANSLATE_NOOP("shelter", "Gallery: {state}"),
}
WRITE_BACKS = {
    WriteBackMode.MANIFEST: QT_TRANSLATE_NOOP("shelter", "In a &Document beside the Gallery"),
    WriteBackMode.FILE: QT_TRANSLATE_NOOP("shelter", "With the Rendered &Files"),
    WriteBackMode.LINK: QT_TRANSLATE_NOOP("shelter", "As &Links of the Master"),
    WriteBackMode.OFF: QT_TRANSLATE_NOOP("shelter", "&Not at All"),
}
MODEL = {
    True: QT_TRANSLATE_NOOP("shelter", "Model release: there is one"),
    False: QT_TRANSLATE_NOOP("shelter", "Model release: missing"),
}
PROPERTY = {
    True: QT_TRANSLATE_NOOP("shelter", "Property release: there is one"),
    False: QT_TRANSLATE_NOOP("shelter", "Property release: missing"),
}


def visibility_text(visibility: Visibility) -> str:
    """Who sees it: "For everyone"."""
    return QCoreApplication.translate("shelter", VISIBILITIES[visibility])


def write_back_text(mode: WriteBackMode) -> str:
    """How published renditions are recorded, for a menu."""
    return QCoreApplication.translate("shelter", WRITE_BACKS[mode])


def source_text(said: ApprovalSaid) -> str:
    """What one source says: "Custom field: Approved"."""
    if not said.known:
        state = QCoreApplication.translate("shelter", "not understood")
    elif said.state is None:
        state = QCoreApplication.translate("shelter", "Archived")
    else:
        state = approval_text(said.state)
    return QCoreApplication.translate("shelter", SOURCES[said.source]).format(state=state)


def warnings_text(warnings: Iterable[ReadingWarning]) -> str:
    """What a person should know, as one clause; "" where there is nothing."""
    said = [QCoreApplication.translate("shelter", WARNINGS[one]) for one in warnings]
    return QLocale().createSeparatedList(said)


def releases_text(limits: Restrictions) -> str:
    """Whether people and places in it have agreed, a line for each; "" where nobody said."""
    told = (
        *([] if limits.model_released is None else [MODEL[limits.model_released]]),
        *([] if limits.property_released is None else [PROPERTY[limits.property_released]]),
    )
    return "\n".join(QCoreApplication.translate("shelter", text) for text in told)


def limits_text(limits: Restrictions) -> str:
    """Where and for what it may be used; "" where that is not limited."""
    parts = []
    if limits.territories:
        text = QCoreApplication.translate("shelter", "Only in {places}")
        parts.append(text.format(places=_listed(limits.territories)))
    if limits.channels:
        text = QCoreApplication.translate("shelter", "Only for {channels}")
        parts.append(text.format(channels=_listed(limits.channels)))
    return "\n".join(parts)


def published_text(published: Publication) -> str:
    """Each rendition that is published, a line for each, and how its record stands; "" if none."""
    lines = [
        "  ·  ".join(filter(None, (one.preset, one.market, one.language, one.channel)))
        for one in published.entries
    ]
    if published.is_due:
        lines.append(QCoreApplication.translate("shelter", "Not all of it is recorded there yet"))
    elif published.recorded_at:
        text = QCoreApplication.translate("shelter", "Recorded there {moment}")
        lines.append(text.format(moment=moment_text(published.recorded_at)))
    return "\n".join(lines)


def _listed(words: Iterable[str]) -> str:
    return QLocale().createSeparatedList(in_reading_order(words))
