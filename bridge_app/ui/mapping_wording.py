"""What people call the parts of the field mapping."""

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.field_mapping import (
    LEADS,
    LOSSES,
    Direction,
    Leads,
    Loss,
    Place,
    Target,
)
from bridge_app.domain.field_sync import WHY, Towards, Why
from bridge_app.domain.mapping_checks import FAULTS, MappingFault
from bridge_app.domain.mapping_sources import CUSTOM, KEYWORD
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.shelter_reading import WARNINGS, ReadingWarning
from bridge_app.ui.messages import isolated

translate = QCoreApplication.translate  # a name that lupdate knows
SOURCE_NAMES = {
    "media_id": QT_TRANSLATE_NOOP("mapping", "Identity at the service"),
    "organization_id": QT_TRANSLATE_NOOP("mapping", "Organisation"),
    "file_name": QT_TRANSLATE_NOOP("mapping", "File name"),
    "title": QT_TRANSLATE_NOOP("mapping", "Title"),
    "headline": QT_TRANSLATE_NOOP("mapping", "Headline"),
    "caption": QT_TRANSLATE_NOOP("mapping", "Caption"),
    "alt_text": QT_TRANSLATE_NOOP("mapping", "Alternative text"),
    "caption_writer": QT_TRANSLATE_NOOP("mapping", "Caption writer"),
    "keywords": QT_TRANSLATE_NOOP("mapping", "Keywords"),
    "author": QT_TRANSLATE_NOOP("mapping", "Creator"),
    "position": QT_TRANSLATE_NOOP("mapping", "Creator’s position"),
    "credit": QT_TRANSLATE_NOOP("mapping", "Credit"),
    "source": QT_TRANSLATE_NOOP("mapping", "Source"),
    "copyright": QT_TRANSLATE_NOOP("mapping", "Copyright"),
    "usage_terms": QT_TRANSLATE_NOOP("mapping", "Usage terms"),
    "web_statement": QT_TRANSLATE_NOOP("mapping", "Rights page"),
    "instructions": QT_TRANSLATE_NOOP("mapping", "Instructions"),
    "rights_block": QT_TRANSLATE_NOOP("mapping", "Rights block"),
    "rights_start": QT_TRANSLATE_NOOP("mapping", "Rights begin"),
    "rights_end": QT_TRANSLATE_NOOP("mapping", "Rights end"),
    "regions": QT_TRANSLATE_NOOP("mapping", "Territories"),
    "channels": QT_TRANSLATE_NOOP("mapping", "Channels"),
    "model_released": QT_TRANSLATE_NOOP("mapping", "Model release"),
    "property_released": QT_TRANSLATE_NOOP("mapping", "Property release"),
    "approval": QT_TRANSLATE_NOOP("mapping", "Approval"),
    "trans_ref": QT_TRANSLATE_NOOP("mapping", "Job identifier"),
    "city": QT_TRANSLATE_NOOP("mapping", "City"),
    "state": QT_TRANSLATE_NOOP("mapping", "State or province"),
    "country": QT_TRANSLATE_NOOP("mapping", "Country"),
    "country_iso": QT_TRANSLATE_NOOP("mapping", "Country code"),
    "location": QT_TRANSLATE_NOOP("mapping", "Location"),
    "date_taken": QT_TRANSLATE_NOOP("mapping", "Date taken"),
    "rating": QT_TRANSLATE_NOOP("mapping", "Rating"),
    "urgency": QT_TRANSLATE_NOOP("mapping", "Urgency"),
    "genre": QT_TRANSLATE_NOOP("mapping", "Genre"),
    "scene": QT_TRANSLATE_NOOP("mapping", "Scene"),
    "subject_code": QT_TRANSLATE_NOOP("mapping", "Subject code"),
    "category": QT_TRANSLATE_NOOP("mapping", "Category"),
    "contact_email": QT_TRANSLATE_NOOP("mapping", "Rights contact"),
    "sync_hash": QT_TRANSLATE_NOOP("mapping", "Digest of the record"),
}
ARROWS = {Direction.PUSH: "→", Direction.BOTH: "↔", Direction.NONE: "–"}


def source_text(name: str) -> str:
    """What people call a part of a master's record."""
    if name.startswith(KEYWORD):
        words = f"{name.removeprefix(KEYWORD)}:…"
        return translate("mapping", "Keywords “{words}”").format(words=isolated(words))
    if name.startswith(CUSTOM):
        label = name.removeprefix(CUSTOM)
        return translate("mapping", "Custom field “{name}”").format(name=isolated(label))
    known = SOURCE_NAMES.get(name)
    return translate("mapping", known) if known else name


def target_text(target: Target) -> str:
    """What people call a place at Cloudinary."""
    match target.place:
        case Place.TAGS:
            return translate("mapping", "Tags")
        case Place.DISPLAY_NAME:
            return translate("mapping", "Display name")
        case Place.CONTEXT:
            return translate("mapping", "Context “{key}”").format(key=isolated(target.key))
        case Place.ACCESS if target.key == "start":
            return translate("mapping", "Access begins")
        case Place.ACCESS:
            return translate("mapping", "Access ends")
    return translate("mapping", "Field “{key}”").format(key=isolated(target.key))


def targets_text(targets: tuple[Target, ...]) -> str:
    """All places of a row."""
    return QLocale().createSeparatedList([target_text(target) for target in targets])


def direction_text(direction: Direction) -> str:
    """Which way a row carries, as a choice."""
    return {
        Direction.PUSH: translate("mapping", "To Cloudinary"),
        Direction.BOTH: translate("mapping", "Both ways"),
        Direction.NONE: translate("mapping", "Not carried"),
    }[direction]


def leads_text(leads: Leads) -> str:
    """Whose word holds where both sides were changed."""
    text = translate("mapping", LEADS[leads])
    return text[:1].upper() + text[1:]


def towards_text(towards: Towards) -> str:
    """Which side a sync changes."""
    return {
        Towards.MASTER: translate("mapping", "To the master"),
        Towards.CLOUD: translate("mapping", "To Cloudinary"),
        Towards.NOBODY: translate("mapping", "You decide"),
    }[towards]


def why_text(why: Why) -> str:
    """Why a value goes there."""
    return translate("sync", WHY[why])


def loss_text(loss: Loss) -> str:
    """What does not come back."""
    return translate("mapping", LOSSES[loss])


def fault_text(fault: MappingFault) -> str:
    """What is wrong with a row."""
    facts = {"source": source_text(fault.source), "target": fault.target, "other": fault.other}
    return translate("mapping", FAULTS[fault.fault]).format(**facts)


def warning_text(warning: ReadingWarning) -> str:
    """What a person should know of a master."""
    return translate("shelter", WARNINGS[warning])


def value_text(value: FieldValue) -> str:
    """A value as people read it, on one line."""
    text = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return " ".join(text.split())
