"""Which fields the grid shows: a column for each, in a person's order, remembered by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bridge_app.domain.custom_fields import CustomFields, as_field, custom_name
from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.standard_fields import StandardField, field_of
from bridge_app.ui.metadata_wording import meaning_text, standard_text

DEFAULT = (
    "title",
    "caption",
    "keywords",
    "author",
    "credit",
    "copyright",
    "city",
    "country",
    "date_taken",
    "rating",
)
"""What is filled in most often, in the order of a caption."""
NONE: CustomFields = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One field, of one language where it has several."""

    path: FieldPath
    field: StandardField

    @property
    def name(self) -> str:
        """How the column is remembered: "alt_text[de]"."""
        return self.path.key

    @property
    def title(self) -> str:
        """What people read over it."""
        return standard_text(self.path)

    @property
    def meaning(self) -> str:
        """What the field is for, in a sentence."""
        return meaning_text(self.field)


def columns_named(names: Iterable[str], custom: CustomFields = NONE) -> tuple[GridColumn, ...]:
    """The columns of these names, as far as there are such fields; each once.

    Custom fields take what is written where it is not known (`custom`) what can be chosen.
    """
    found: list[GridColumn] = []
    for name in dict.fromkeys(names):
        path = FieldPath(Subject.STANDARD, name)
        own = custom_name(path)
        field = as_field(own, custom.get(own, ())) if own else field_of(path)
        if field is not None:
            found.append(GridColumn(path=path, field=field))
    return tuple(found)


def columns_or_default(kept: str) -> tuple[GridColumn, ...]:
    """The columns that a text of the settings names, one in each line; the usual ones for none."""
    return columns_named(kept.split("\n")) or columns_named(DEFAULT)


def kept_text(columns: Sequence[GridColumn]) -> str:
    """The reverse of `columns_or_default`."""
    return "\n".join(column.name for column in columns)
