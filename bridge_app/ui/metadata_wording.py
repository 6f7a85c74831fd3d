"""What people call metadata fields, their types, and the states of edits."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.custom_fields import custom_name
from bridge_app.domain.edits import (
    DESCRIPTION,
    DISPLAY_NAME,
    TAGS,
    TITLE,
    EditState,
    FieldPath,
    Subject,
)
from bridge_app.domain.metadata_fields import FieldType, FieldValue, MetadataField
from bridge_app.domain.metadata_values import shown
from bridge_app.domain.standard_fields import (
    GROUP_LABELS,
    Group,
    Shape,
    StandardField,
    field_named,
    field_of,
    language_of,
    text_of,
)
from bridge_app.ui.messages import isolated, language_text, number_text, one_line

translate = QCoreApplication.translate  # a name that lupdate knows


def field_text(path: FieldPath) -> str:
    """What people call a field that has no definition."""
    if path.subject is Subject.STANDARD:
        return standard_text(path)
    titles = {
        TAGS: translate("metadata", "Tags"),
        DISPLAY_NAME: translate("metadata", "Display name"),
        TITLE: translate("metadata", "Title"),
        DESCRIPTION: translate("metadata", "Description"),
    }
    return titles.get(path, path.key)


def type_text(kind: FieldType) -> str:
    """What people call a type of field."""
    return {
        FieldType.STRING: translate("metadata", "Text"),
        FieldType.INTEGER: translate("metadata", "Whole number"),
        FieldType.DATE: translate("metadata", "Date"),
        FieldType.ENUM: translate("metadata", "One of a list"),
        FieldType.SET: translate("metadata", "Several of a list"),
    }[kind]


def state_text(state: EditState) -> str:
    """Where an open edit stands, in a few words; "" of one that is settled."""
    return {
        EditState.PENDING: translate("FieldRow", "Waits to be sent"),
        EditState.SENDING: translate("FieldRow", "On its way"),
        EditState.FAILED: translate("FieldRow", "Not taken"),
        EditState.CONFLICT: translate("FieldRow", "Changed elsewhere"),
    }.get(state, "")


def standard_text(path: FieldPath, *, numbered: bool = True) -> str:
    """What people call a standard field, with its language: “Alternative text · Deutsch”.

    With the number of the structure in a list that it is of, unless that stands above it.
    """
    known = field_of(path)
    if known is None:
        return one_line(custom_name(path)) or path.key
    first = field_named(known.base) or known
    name = translate("standard", first.label)
    if numbered and known.number > 1:
        name = f"{name} {number_text(known.number)}"
    language = language_of(path)
    return f"{name} · {isolated(language_text(language))}" if language else name


def group_text(group: Group) -> str:
    """What people call a group of standard fields."""
    return translate("standard", GROUP_LABELS[group])


def meaning_text(known: StandardField) -> str:
    """What a standard field is for."""
    return translate("standard", known.meaning) if known.meaning else ""


def choice_text(label: str) -> str:
    """What people read for a choice of a standard field."""
    return translate("standard", label)


def value_words(path: FieldPath, value: FieldValue, field: MetadataField | None = None) -> str:
    """A value as people write it; `field` is the definition of a structured metadata field."""
    known = field_of(path)
    if known is not None:
        text = text_of(known, value)
        return choice_text(text) if known.shape is Shape.CHOICE and text else text
    if field is not None:
        return shown(field, value)
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
