"""What is said of files that left although the gate has something against them."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.assets import AssetId
from bridge_app.ui.messages import clauses_text
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone


def warn(messages: MessageBar, against: Mapping[AssetId, str]) -> None:
    """Say it, if there is anything; `against` holds the reasons of each, in English."""
    if against:
        messages.say(Tone.WARNING, leaving_text(against))


def leaving_text(against: Mapping[AssetId, str]) -> str:
    """How many of them may not be published, and every reason once."""
    clauses = dict.fromkeys(one for told in against.values() for one in told.split(", "))
    text = QCoreApplication.translate(
        "exchange", "%Ln file(s) may not be published: {reasons}.", "", len(against)
    )
    return text.format(reasons=clauses_text(", ".join(clauses)))
