"""The mapping between a master's record and its copy at Cloudinary: data that people can change.

Source: reference/photoshelter.md, 15. The default table is in `mapping_table`, the checks of an
edited one in `mapping_checks`, its JSON in `field_mapping_json`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.edits import MAX_CONTEXT_LETTERS
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.mapping_sources import (
    KEYWORD,
    Shape,
    Source,
    Values,
    keywords_apart,
    source_named,
)
from bridge_app.domain.mapping_words import (
    as_tags,
    from_field,
    from_words,
    in_context,
    in_field,
    moment_in,
)
from bridge_app.domain.metadata_fields import FieldType, FieldValue


class Place(StrEnum):
    """Where something stands at Cloudinary."""

    TAGS = "tags"
    CONTEXT = "context"
    METADATA = "metadata"
    """Structured metadata."""
    DISPLAY_NAME = "display_name"
    ACCESS = "access"
    """`access_control`: the time in which everybody may have the file."""


START, END = "start", "end"
WHOLE_PLACES = (Place.TAGS, Place.DISPLAY_NAME)
DISPLAY_NAME_LETTERS = 255
KEYWORDS = "keywords"
TOKEN, ANONYMOUS = "token", "anonymous"
"""The kinds of access rules. Source: reference/cloudinary.md, 12."""


class Direction(StrEnum):
    """Which way values go."""

    PUSH = "push"
    BOTH = "both"
    NONE = "none"
    """Nowhere: the row is there so that everybody sees that it stays behind."""


class Leads(StrEnum):
    """Which side's word holds where both were changed since they last agreed."""

    MASTER = "master"
    CLOUD = "cloud"
    NEWEST = "newest"
    """What a person said last; where that is not certain, a person is asked."""


LEADS = {
    Leads.MASTER: QT_TRANSLATE_NOOP("mapping", "the master"),
    Leads.CLOUD: QT_TRANSLATE_NOOP("mapping", "Cloudinary"),
    Leads.NEWEST: QT_TRANSLATE_NOOP("mapping", "whoever said it last"),
}
"""What each is called, for people."""


class Loss(StrEnum):
    """What does not come back from Cloudinary as it was."""

    NOT_CARRIED = "not_carried"
    CUT = "cut"
    TIME_OF_DAY = "time_of_day"
    COMMAS = "commas"
    ONLY_ONE = "only_one"
    SLASHES = "slashes"
    NOT_IN_LIST = "not_in_list"


LOSSES = {
    Loss.NOT_CARRIED: QT_TRANSLATE_NOOP("mapping", "stays at the master"),
    Loss.CUT: QT_TRANSLATE_NOOP("mapping", "what is beyond 1,024 characters is cut"),
    Loss.TIME_OF_DAY: QT_TRANSLATE_NOOP("mapping", "the day is kept, the time of day is not"),
    Loss.COMMAS: QT_TRANSLATE_NOOP(
        "mapping", "a comma becomes a space, and what is beyond 255 characters is cut"
    ),
    Loss.ONLY_ONE: QT_TRANSLATE_NOOP("mapping", "only the first of several is kept"),
    Loss.SLASHES: QT_TRANSLATE_NOOP("mapping", "a slash becomes an underscore"),
    Loss.NOT_IN_LIST: QT_TRANSLATE_NOOP(
        "mapping", "what is not in the list of the field is left out"
    ),
}
"""What each loss means, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One place at Cloudinary: `key` is a context key, a field's external ID, or an end.

    `type` is that of a structured metadata field, None elsewhere. As text: `tags`,
    `context.title`, `metadata.creator:string`, `access.end`.
    """

    place: Place
    key: str = ""
    type: FieldType | None = None

    def __str__(self) -> str:
        kind = f":{self.type.value}" if self.type else ""
        return f"{self.place.value}.{self.key}{kind}" if self.key else self.place.value

    @classmethod
    def read(cls, text: str) -> "Target":
        """The target that a text names. Raises InvalidInputError."""
        name, _, rest = text.strip().partition(".")
        key, colon, kind = rest.rpartition(":") if name == Place.METADATA else (rest, "", "")
        try:
            target = cls(place=Place(name), key=key, type=FieldType(kind) if colon else None)
        except ValueError:
            raise InvalidInputError(
                what=f"“{text}”", detail=QT_TRANSLATE_NOOP("facts", "there is no such place")
            ) from None
        if str(target) != text.strip() or bool(key) == (target.place in WHOLE_PLACES):
            raise InvalidInputError(
                what=f"“{text}”", detail=QT_TRANSLATE_NOOP("facts", "it does not name a place")
            )
        return target


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """Where what one source says goes; the first target that keeps all of it is read back."""

    source: str
    targets: tuple[Target, ...] = ()
    direction: Direction = Direction.PUSH
    leads: Leads = Leads.MASTER

    @property
    def carries(self) -> bool:
        """Does it bring anything anywhere?"""
        return bool(self.targets) and self.direction is not Direction.NONE

    @property
    def loss(self) -> Loss | None:
        """What does not come back from the place that keeps most; None if everything does.

        Of values within the limits of their standard.
        """
        source = source_named(self.source)
        if source is None or not self.carries:
            return Loss.NOT_CARRIED
        losses = [loss_at(source, target) for target in self.targets]
        return None if None in losses else losses[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMapping:
    """The whole table, in the order in which it is shown.

    `leads_in` has what other than a row's own side leads in a product environment, by source.
    """

    rows: tuple[MappingRow, ...]
    leads_in: Mapping[str, Mapping[str, Leads]] = field(default_factory=dict)

    def row(self, source: str) -> MappingRow | None:
        """The row of a source."""
        return next((row for row in self.rows if row.source == source), None)

    def without_strays(self) -> "FieldMapping":
        """The same where an environment has nothing to say of a source that has no row."""
        sources = {row.source for row in self.rows}
        kept = {
            name: {source: leads for source, leads in some.items() if source in sources}
            for name, some in self.leads_in.items()
        }
        return replace(self, leads_in={name: some for name, some in kept.items() if some})

    def leads(self, row: MappingRow, environment: str) -> Leads:
        """Which side leads for a row in an environment."""
        return self.leads_in.get(environment, {}).get(row.source, row.leads)

    @property
    def carrying(self) -> tuple[MappingRow, ...]:
        """The rows that bring something to Cloudinary."""
        return tuple(row for row in self.rows if row.carries)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudWords:
    """What a copy at Cloudinary says of its master, as the upload's parameters.

    `metadata` is by external ID; `access_control` is empty where the window is open for ever.
    """

    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, FieldValue] = field(default_factory=dict)
    display_name: str = ""
    access_control: tuple[Mapping[str, str], ...] = ()


def to_cloudinary(values: Values, mapping: FieldMapping) -> CloudWords:
    """What a copy says of a master with these values, by this mapping.

    Keywords whose namespace has no row of its own go where the other keywords go.
    """
    tags: tuple[str, ...] = ()
    context: dict[str, str] = {}
    metadata: dict[str, FieldValue] = {}
    access: dict[str, str] = {}
    shown = ""
    for source, target, value in _wanted(values, mapping):
        match target.place:
            case Place.TAGS:
                tags += _tags(source, value)
            case Place.CONTEXT:
                context[target.key] = in_context(value)
            case Place.METADATA:
                metadata[target.key] = in_field(_type(target), source.shape, value)
            case Place.DISPLAY_NAME:
                shown = str(value).replace("/", "_")[:DISPLAY_NAME_LETTERS]
            case Place.ACCESS:
                access[target.key] = str(value)
    return CloudWords(
        tags=as_tags(tags),
        context={key: text for key, text in context.items() if text},
        metadata={key: value for key, value in metadata.items() if value is not None},
        display_name=shown,
        access_control=_rules(access),
    )


def from_cloudinary(words: CloudWords, mapping: FieldMapping) -> Values:
    """What a copy says, as values of a master: from the place that keeps most of each."""
    found: dict[str, FieldValue] = {}
    tagged = keywords_apart(words.tags)
    for row in mapping.carrying:
        source = source_named(row.source)
        if source is None:
            continue
        for target in sorted(row.targets, key=lambda one: loss_at(source, one) is not None):
            value = _read(words, tagged, source, target)
            if value is not None:
                found[row.source] = value
                break
    plain = mapping.row(KEYWORDS)
    if plain is not None and any(one.place is Place.TAGS for one in plain.targets):
        found = {**tagged, **found}
    return found


def words_in(asset: CloudAsset) -> CloudWords:
    """What a copy at Cloudinary says now."""
    rules = (
        {"access_type": one.access_type, START: one.start, END: one.end}
        for one in asset.access_control
    )
    return CloudWords(
        tags=asset.tags,
        context=asset.context,
        metadata={
            key: str(value) if isinstance(value, float) else value
            for key, value in asset.metadata.items()
        },
        display_name=asset.display_name,
        access_control=tuple(
            {key: text for key, text in rule.items() if text is not None} for rule in rules
        ),
    )


def loss_at(source: Source, target: Target) -> Loss | None:
    """What of this source's values, within its standard, is not kept at this place."""
    match target.place:
        case Place.TAGS:
            return Loss.COMMAS
        case Place.DISPLAY_NAME:
            return Loss.SLASHES
        case Place.CONTEXT if source.shape is Shape.LIST:
            return Loss.CUT
        case Place.CONTEXT if source.shape is Shape.TEXT:
            longest = MAX_CONTEXT_LETTERS + 1 if source.most is None else source.most
            return Loss.CUT if longest > MAX_CONTEXT_LETTERS else None
        case Place.METADATA:
            return _loss_in_field(source, target.type)
    return None


def _loss_in_field(source: Source, kind: FieldType | None) -> Loss | None:
    if kind is FieldType.DATE:
        return Loss.TIME_OF_DAY
    if kind is FieldType.ENUM and source.shape is Shape.LIST:
        return Loss.ONLY_ONE
    listed = kind in (FieldType.ENUM, FieldType.SET)
    return Loss.NOT_IN_LIST if listed and not source.choices else None


def fits(source: Source, target: Target) -> bool:
    """Can values of this source stand at this place at all?"""
    shape = source.shape
    match target.place:
        case Place.TAGS:
            return shape is Shape.LIST
        case Place.DISPLAY_NAME:
            return shape is Shape.TEXT
        case Place.ACCESS:
            return (target.key, shape) in ((START, Shape.MOMENT), (END, Shape.END))
        case Place.METADATA:
            return _fits_type(shape, target.type)
    return True


def _fits_type(shape: Shape, kind: FieldType | None) -> bool:
    match kind:
        case None:
            return False
        case FieldType.INTEGER:
            return shape is Shape.WHOLE
        case FieldType.DATE:
            return shape in (Shape.MOMENT, Shape.END)
        case FieldType.ENUM:
            return shape in (Shape.TEXT, Shape.LIST, Shape.CHOICE)
        case FieldType.SET:
            return shape in (Shape.LIST, Shape.CHOICE, Shape.TEXT)
    return True


def _wanted(values: Values, mapping: FieldMapping) -> Iterator[tuple[Source, Target, FieldValue]]:
    """Every source that says something, with each place where it goes."""
    own = {row.source for row in mapping.carrying}
    rest = tuple(
        word
        for name, value in values.items()
        if name.startswith(KEYWORD) and name not in own and isinstance(value, tuple)
        for word in _with_namespace(name, value)
    )
    for row in mapping.carrying:
        source, value = source_named(row.source), values.get(row.source)
        if row.source == KEYWORDS and rest:
            value = tuple(sorted({*(value if isinstance(value, tuple) else ()), *rest}))
        if source is not None and value is not None:
            yield from ((source, target, value) for target in row.targets)


def _tags(source: Source, value: FieldValue) -> tuple[str, ...]:
    words = value if isinstance(value, tuple) else (str(value),)
    return _with_namespace(source.name, words)


def _with_namespace(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    if not name.startswith(KEYWORD):
        return words
    return tuple(f"{name.removeprefix(KEYWORD)}:{word}" for word in words)


def _type(target: Target) -> FieldType:
    return target.type or FieldType.STRING


def _rules(window: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    """Outside the window only signed tokens read it. Source: reference/photoshelter.md, 15."""
    if not window:
        return ()
    return ({"access_type": TOKEN}, {"access_type": ANONYMOUS, **window})


def _read(words: CloudWords, tagged: Values, source: Source, target: Target) -> FieldValue:
    match target.place:
        case Place.TAGS:
            return tagged.get(source.name)
        case Place.CONTEXT:
            return from_words(source.shape, words.context.get(target.key, ""))
        case Place.METADATA:
            return from_field(source.shape, words.metadata.get(target.key))
        case Place.DISPLAY_NAME:
            return words.display_name or None
    for rule in words.access_control:
        if rule.get("access_type") == ANONYMOUS:
            return moment_in(rule.get(target.key, ""))
    return None
