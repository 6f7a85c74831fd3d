"""What archiving does, and why it does not, in words for people."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.domain.archive_plan import (
    ACTIONS,
    BLOCKERS,
    OBSTACLES,
    ArchiveAction,
    ArchiveBlocker,
    ArchiveObstacle,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.storage.archives import ArchiveState

STATES = {
    ArchiveState.DOING: (QT_TRANSLATE_NOOP("archive", "Under way"), "info"),
    ArchiveState.DONE: (QT_TRANSLATE_NOOP("archive", "Archived"), "positive"),
    ArchiveState.UNDOING: (QT_TRANSLATE_NOOP("archive", "Being taken back"), "warning"),
    ArchiveState.UNDONE: (QT_TRANSLATE_NOOP("archive", "Taken back"), "neutral"),
}


def action_text(action: ArchiveAction) -> str:
    """What a step does: "keep the rendition"."""
    return QCoreApplication.translate("archive", ACTIONS[action])


def obstacle_text(obstacle: ArchiveObstacle) -> str:
    """Why a step is left out."""
    return QCoreApplication.translate("archive", OBSTACLES[obstacle])


def blocker_text(blockers: Iterable[ArchiveBlocker]) -> str:
    """Why nothing can begin, as a sentence."""
    reasons = [QCoreApplication.translate("archive", BLOCKERS[one]) for one in blockers]
    text = QCoreApplication.translate("archive", "This cannot begin: {reasons}.")
    return text.format(reasons=QLocale().createSeparatedList(reasons))


def state_mark(state: ArchiveState) -> tuple[str, str]:
    """Where an archive stands, and the colours of it in `Tokens`."""
    words, tone = STATES[state]
    return QCoreApplication.translate("archive", words), tone
