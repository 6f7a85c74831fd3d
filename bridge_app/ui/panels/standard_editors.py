"""Which editor a standard field has, by the shape of its values."""

from collections.abc import Mapping

from bridge_app.domain.standard_fields import Shape, StandardField
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.metadata_editors import (
    ChoiceEditor,
    DateEditor,
    LongTextEditor,
    TextEditor,
)
from bridge_app.ui.panels.standard_coordinate import CoordinateEditor
from bridge_app.ui.panels.standard_stars import StarsEditor
from bridge_app.ui.panels.standard_words import WordsEditor
from bridge_app.ui.theme import Theme

RATING = "rating"
StandardEditor = TextEditor | LongTextEditor | ChoiceEditor | StarsEditor | WordsEditor
PLAIN: Mapping[Shape, type[ChoiceEditor | LongTextEditor]] = {
    Shape.CHOICE: ChoiceEditor,
    Shape.PROSE: LongTextEditor,
}


def editor_for(field: StandardField, theme: Theme, icons: Icons, *, title: str) -> StandardEditor:
    """A new editor for a field that people may change; `title` is what they call it."""
    if field.id == RATING:
        return StarsEditor(theme, icons)
    if field.shape is Shape.BAG:
        return WordsEditor(theme, icons, name=title)
    if field.shape in PLAIN:
        return PLAIN[field.shape]()
    if field.shape is Shape.COORDINATE:
        return CoordinateEditor(theme, icons)
    dated = field.shape is Shape.MOMENT
    return (
        DateEditor(theme, icons) if dated else TextEditor(whole_number=field.shape is Shape.WHOLE)
    )
