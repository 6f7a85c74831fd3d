"""What people call metadata fields and their types."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.edits import DESCRIPTION, DISPLAY_NAME, TAGS, TITLE, FieldPath
from bridge_app.domain.metadata_fields import FieldType

translate = QCoreApplication.translate  # a name that lupdate knows


def field_text(path: FieldPath) -> str:
    """What people call a field that has no definition."""
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
