"""Metadata templates: texts for fields, with variables that each asset fills: `{city}, {date:%Y}`.

A variable is the identity of a standard field, or one of `VARIABLES`; `{{` and `}}` are braces.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Record, Subject
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import field_of, parsed_value, text_of
from bridge_app.domain.standard_schema import Shape, StandardField
from bridge_app.domain.standard_values import split_key

LONGEST_NAME = 100
LONGEST_TEXT = 100_000
MOST_ROWS = 200
_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
_CODE = re.compile(r"%(.)")
_DATE = re.compile(
    r"(?P<Y>\d{4})(-(?P<m>\d\d)(-(?P<d>\d\d)(T(?P<H>\d\d):(?P<M>\d\d)(:(?P<S>\d\d))?)?)?)?"
)
GPS = "gps."
PLACES = ("city", "state", "country", "country_iso")
DATES = ("date", "today")
VARIABLES = (
    *("filename", "name", "ext", "folder", "library", "who", "counter"),
    *DATES,
    *(f"{GPS}{place}" for place in PLACES),
)
"""The variables beside the fields: `name` is the file's without its extension, `who` the person at
this desk, `date` the day it was taken, `gps.city` the city at its coordinate."""


class TemplateTextError(InvalidInputError):
    """A text of a template that cannot be filled; `place` counts its characters from 0."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used at character {at}: {detail}.")

    def __init__(self, *, what: str, place: int, detail: str) -> None:
        self.place = place
        super().__init__(what=what, at=place + 1, detail=detail)


class Way(StrEnum):
    """How a template's text meets what a field says already."""

    SET = "set"
    """It stands in its place."""
    ADD = "add"
    """A bag gets its words; a text gets it behind what is there, unless it is there."""
    FILL = "fill"
    """Only where the field says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """What a template says of one field."""

    path: FieldPath
    text: str
    way: Way = Way.SET


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataTemplate:
    """A template as people keep it."""

    name: str
    rows: tuple[TemplateRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """What fills a template for one asset.

    `record` is what the asset says before; `counter` its place in the selection, from 1; `place`
    what is at its coordinate, by the names of `PLACES`.
    """

    filename: str
    folder: str = ""
    library: str = ""
    who: str = ""
    counter: int = 1
    today: date | None = None
    record: Record = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)


def check_template(template: MetadataTemplate) -> None:
    """Raises InvalidInputError, or TemplateTextError for a text that cannot be filled."""
    name = template.name
    if not name.strip() or name != name.strip() or not name.isprintable():
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "A template"),
            detail=QT_TRANSLATE_NOOP("facts", "it needs a name"),
        )
    if len(name) > LONGEST_NAME:
        raise InvalidInputError(
            what=name[:LONGEST_NAME], detail=QT_TRANSLATE_NOOP("facts", "its name is too long")
        )
    if not template.rows or len(template.rows) > MOST_ROWS:
        raise InvalidInputError(what=name, detail=f"it needs 1 to {MOST_ROWS} fields")
    paths = [row.path for row in template.rows]
    for row in template.rows:
        standard = field_of(row.path)
        if standard is None or not standard.editable:
            raise InvalidInputError(
                what=row.path.words,
                detail=QT_TRANSLATE_NOOP("facts", "it is no field that is edited"),
            )
        if paths.count(row.path) > 1:
            raise InvalidInputError(
                what=row.path.words, detail=QT_TRANSLATE_NOOP("facts", "it is there twice")
            )
        check_text(row.text)


def check_text(text: str) -> None:
    """Raises TemplateTextError for an unknown variable, a wrong form, or a brace that is alone."""
    if len(text) > LONGEST_TEXT:
        raise TemplateTextError(
            what=QT_TRANSLATE_NOOP("facts", "The text"),
            place=LONGEST_TEXT,
            detail=QT_TRANSLATE_NOOP("facts", "it is too long"),
        )
    for _ in _parts(text):
        pass


def expand(text: str, facts: TemplateFacts) -> str:
    """The text with its variables filled; what has no value is empty. Raises TemplateTextError."""
    return "".join(part if name is None else _value(name, facts) for name, part in _parts(text))


def changes_of(template: MetadataTemplate, facts: TemplateFacts) -> tuple[Change, ...]:
    """What the template changes of an asset.

    A text whose variables are all empty says nothing: it changes nothing. Raises InvalidInputError
    where a filled text is no value of its field.
    """
    return tuple(change for row in template.rows for change in _changes(row, facts))


def _changes(row: TemplateRow, facts: TemplateFacts) -> Iterator[Change]:
    standard = field_of(row.path)
    names = [name for name, _ in _parts(row.text) if name is not None]
    if standard is None or (names and not any(_value(name, facts) for name in names)):
        return
    value = parsed_value(standard, expand(row.text, facts))
    before = facts.record.get(row.path)
    if row.way is Way.SET or (value is not None and before is None):
        yield Change(path=row.path, value=value)
    elif value is not None and row.way is Way.ADD:
        yield from _added(row.path, standard, before, value)


def _added(
    path: FieldPath, standard: StandardField, before: FieldValue, value: FieldValue
) -> Iterator[Change]:
    if isinstance(value, tuple):
        yield Change(path=path, add=value)
        return
    between = {Shape.PROSE: "\n", Shape.NAMES: "; ", Shape.TEXT: " "}.get(standard.shape)
    there, more = str(before), str(value)
    if between is None or f"{between}{more}{between}" in f"{between}{there}{between}":
        return
    yield Change(path=path, value=parsed_value(standard, f"{there}{between}{more}"))


def _parts(text: str) -> Iterator[tuple[str | None, str]]:
    """Pairs: a variable with its form, or None with the words between."""
    for found in _PART.finditer(text):
        part, name = found[0], found[1]
        if name is not None:
            _check_variable(name, found.start(), text)
            yield name, part
        elif part in "{}":
            what = _what(text)
            raise TemplateTextError(
                what=what,
                place=found.start(),
                detail=QT_TRANSLATE_NOOP("facts", "a brace stands alone"),
            )
        else:
            yield None, part[0] if part in ("{{", "}}") else part


def _check_variable(told: str, place: int, text: str) -> None:
    name, colon, form = told.partition(":")
    detail = ""
    if name not in VARIABLES and split_key(name) is None:
        detail = f"there is no {{{name}}}"
    elif not colon:
        return
    elif name == "counter":
        detail = "" if re.fullmatch(r"[1-9]", form) else "a counter has 1 to 9 digits"
    elif _is_date(name):
        codes = _CODE.findall(form)
        fits = codes and set(codes) <= set(CODES) and "%" not in _CODE.sub("", form)
        detail = "" if fits else f"a date is written with {', '.join(f'%{one}' for one in CODES)}"
    else:
        detail = f"{{{name}}} has no form"
    if detail:
        raise TemplateTextError(what=_what(text), place=place, detail=detail)


def _is_date(name: str) -> bool:
    found = split_key(name)
    return name in DATES or (found is not None and found[0].shape is Shape.MOMENT)


def _what(text: str) -> str:
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _value(told: str, facts: TemplateFacts) -> str:
    name, _, form = told.partition(":")
    if name == "counter":
        return str(facts.counter).zfill(int(form or 1))
    if name.startswith(GPS):
        return facts.place.get(name.removeprefix(GPS), "")
    if _is_date(name):
        return _dated(_moment(name, facts), form)
    if name in OWN:
        return OWN[name](facts)
    return _said(name, facts)


def _said(key: str, facts: TemplateFacts) -> str:
    found = split_key(key)
    value = facts.record.get(FieldPath(Subject.STANDARD, key))
    if found is None or value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else text_of(found[0], value)


def _moment(name: str, facts: TemplateFacts) -> str:
    if name == "today":
        return facts.today.isoformat() if facts.today else ""
    key = "date_taken" if name == "date" else name
    return str(facts.record.get(FieldPath(Subject.STANDARD, key)) or "")


def _dated(moment: str, form: str) -> str:
    """A date in a form; "" where it is not known so precisely. Without a form its day."""
    found = _DATE.match(moment)
    if found is None:
        return ""
    if not form:
        return moment.partition("T")[0]
    parts = {code: CODES[code](found) for code in _CODE.findall(form)}
    if not all(parts.values()):
        return ""
    return _CODE.sub(lambda code: parts[code[1]], form)


def _day_of_year(found: re.Match[str]) -> str:
    if not found["d"]:
        return ""
    try:
        day = date(int(found["Y"]), int(found["m"]), int(found["d"]))
    except ValueError:  # as a file may have it
        return ""
    return f"{day.timetuple().tm_yday:03}"


CODES: Mapping[str, Callable[[re.Match[str]], str]] = MappingProxyType(
    {
        "Y": lambda found: found["Y"],
        "y": lambda found: found["Y"][2:],
        "m": lambda found: found["m"] or "",
        "d": lambda found: found["d"] or "",
        "H": lambda found: found["H"] or "",
        "M": lambda found: found["M"] or "",
        "S": lambda found: found["S"] or "",
        "j": _day_of_year,
    }
)
"""The parts of a date, as `strftime` names them."""
OWN: Mapping[str, Callable[[TemplateFacts], str]] = MappingProxyType(
    {
        "filename": lambda facts: facts.filename,
        "name": lambda facts: facts.filename.rpartition(".")[0] or facts.filename,
        "ext": lambda facts: facts.filename.rpartition(".")[2] if "." in facts.filename else "",
        "folder": lambda facts: facts.folder,
        "library": lambda facts: facts.library,
        "who": lambda facts: facts.who,
    }
)
