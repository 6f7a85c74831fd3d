"""Templates and vocabularies as people work with them, and tables of metadata.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import TAGS, FieldPath, Record
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.foreign_text import decoded
from bridge_app.domain.known_places import KnownPlaces, Place
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.metadata_csv import Named, TableDiff, read_table, table_diff, table_text
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_templates import (
    MetadataTemplate,
    TemplateFacts,
    changes_of,
    check_template,
)
from bridge_app.domain.metadata_templates_json import templates_in, templates_text
from bridge_app.domain.shelter_approval import approval_keywords
from bridge_app.domain.standard_fields import field_named, field_of, path_of
from bridge_app.domain.standard_schema import Shape
from bridge_app.domain.vocabulary import (
    Completion,
    NotInVocabularyError,
    Vocabulary,
    parsed_terms,
    terms_text,
)
from bridge_app.storage.metadata_templates import MetadataTemplates
from bridge_app.storage.search import Readers
from bridge_app.storage.vocabularies import KeptVocabulary, Vocabularies
from bridge_app.storage.words_in_use import known_places, words_in_use
from bridge_app.work.events import Event
from bridge_app.work.spelling import Spelling

KEYWORDS = "keywords"
TAGS_LABEL = "Tags"
COORDINATE = path_of("coordinate")
LONGEST_NAME = 100
NAMED = 5
"""How many words an error tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFault:
    """Why a template cannot be used on an asset."""

    asset: AssetId
    name: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a template would change, asset by asset; `faults` are of assets that are left out."""

    changes: Mapping[AssetId, tuple[Change, ...]]
    faults: tuple[TemplateFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStores:
    """What the desk reads and writes."""

    templates: MetadataTemplates
    vocabularies: Vocabularies
    readers: Readers


class WordsDesk:
    """Every method may be called from any thread, and blocks.

    Args:
        stores: The ledger's, and the catalog for reading.
        library_name: What people call a library.
        who: The person at this desk.
        tell: Hears that something is different now.
        now: Aware, UTC.
    """

    def __init__(
        self,
        stores: WordStores,
        *,
        library_name: Callable[[LibraryId], str],
        who: Callable[[], str],
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._library_name = library_name
        self._who = who
        self._tell = tell
        self._now = now
        self.spelling = Spelling()
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, str], dict[str, Vocabulary]] | None = None

    # Templates

    def templates(self) -> tuple[MetadataTemplate, ...]:
        """Every template, by name."""
        return self._stores.templates.all()

    def template(self, name: str) -> MetadataTemplate:
        """The template of this name. Raises NotFoundError."""
        return self._stores.templates.get(name)

    def save_template(self, template: MetadataTemplate) -> None:
        """Keep a template in place of one of its name. Raises InvalidInputError."""
        check_template(template)
        self._put([template])

    def delete_template(self, name: str) -> None:
        """Forget a template. Raises NotFoundError."""
        if not self._stores.templates.remove(name):
            raise NotFoundError(what=f"The template “{name}”")
        self._changed()

    def import_templates(self, data: bytes, *, replace: bool = False) -> tuple[str, ...]:
        """Keep the templates of a document, all or none; returns their names.

        Raises InvalidInputError: it is no such document, or it would change one that is there and
        `replace` does not say that it may.
        """
        fresh = templates_in(decoded(data, what="The document"))
        there = {one.name: one for one in self.templates()}
        taken = [one.name for one in fresh if there.get(one.name, one) != one]
        if taken and not replace:
            what = ", ".join(taken[:NAMED])
            raise InvalidInputError(
                what=what,
                detail=QT_TRANSLATE_NOOP("facts", "there is another template of that name"),
            )
        self._put(fresh)
        return tuple(one.name for one in fresh)

    def export_templates(self, names: Sequence[str] = ()) -> str:
        """Templates as a document; all of them if none is named. Raises NotFoundError."""
        return templates_text([self.template(name) for name in names] or self.templates())

    def applied(self, template: MetadataTemplate, masters: Sequence[SaidMaster]) -> Applied:
        """What the template changes of these, in their order: `{counter}` counts them from 1.

        Raises InvalidInputError for a template that nobody could use.
        """
        check_template(template)
        places = self._places(masters) if _asks_for_places(template) else KnownPlaces(())
        changes: dict[AssetId, tuple[Change, ...]] = {}
        faults: list[TemplateFault] = []
        for number, said in enumerate(masters, start=1):
            try:
                found = changes_of(template, self._facts(said, number, places))
            except InvalidInputError as error:
                asset = said.asset
                faults.append(TemplateFault(asset=asset.id, name=asset.name, detail=str(error)))
                continue
            if found:
                changes[said.asset.id] = found
        return Applied(changes=changes, faults=tuple(faults))

    # Vocabularies

    def vocabularies(self) -> tuple[KeptVocabulary, ...]:
        """Every vocabulary as it is kept, by name."""
        return self._stores.vocabularies.all()

    def vocabulary(self, field: str = KEYWORDS) -> Vocabulary:
        """The words of all vocabularies for a field; closed if one of them is.

        It is read once, and again after a change at any desk of this profile.
        """
        edition = self._stores.vocabularies.edition()
        with self._lock:
            if self._read is None or self._read[0] != edition:
                self._read = (edition, {})
            read = self._read[1]
            if field not in read:
                kept = [one for one in self.vocabularies() if one.field == field]
                terms = [term for one in kept for term in parsed_terms(one.text)]
                read[field] = Vocabulary(terms, closed=any(one.closed for one in kept))
            return read[field]

    def import_vocabulary(
        self, name: str, data: bytes, *, field: str = KEYWORDS, closed: bool = False
    ) -> int:
        """Keep a vocabulary in place of one of its name; returns how many words it has.

        Raises InvalidInputError; VocabularyTextError with the line.
        """
        plain = name.strip()
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "A vocabulary"),
                detail=QT_TRANSLATE_NOOP("facts", "it needs a short name"),
            )
        standard = field_named(field)
        if standard is None or standard.shape not in (Shape.BAG, Shape.TEXT):
            raise InvalidInputError(
                what=f"The field “{field}”", detail=QT_TRANSLATE_NOOP("facts", "it takes no words")
            )
        if closed and standard.shape is not Shape.BAG:
            raise InvalidInputError(
                what=standard.label,
                detail=QT_TRANSLATE_NOOP("facts", "only words of a set are refused"),
            )
        terms = parsed_terms(decoded(data, what="The vocabulary"))
        words = sum(not term.is_group for term in terms)
        if not words:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The vocabulary"),
                detail=QT_TRANSLATE_NOOP("facts", "it has no words"),
            )
        kept = KeptVocabulary(name=plain, field=field, text=terms_text(terms), closed=closed)
        self._stores.vocabularies.put(kept, who=self._who(), at=self._now())
        self._forget()
        return words

    def export_vocabulary(self, name: str) -> str:
        """A vocabulary as the text that `import_vocabulary` takes. Raises NotFoundError."""
        for one in self.vocabularies():
            if one.name == name:
                return one.text
        raise NotFoundError(what=f"The vocabulary “{name}”")

    def delete_vocabulary(self, name: str) -> None:
        """Forget a vocabulary. Raises NotFoundError."""
        if not self._stores.vocabularies.remove(name):
            raise NotFoundError(what=f"The vocabulary “{name}”")
        self._forget()

    def completions(
        self, prefix: str, *, field: str = KEYWORDS, most: int = 20
    ) -> tuple[Completion, ...]:
        """The vocabulary's words that are meant by these letters."""
        return self.vocabulary(field).completions(prefix, most=most)

    def words_in_use(self, field: str = KEYWORDS, *, most: int = 2_000) -> tuple[str, ...]:
        """What masters say in this field, the most frequent first."""
        with self._stores.readers.lent() as reader:
            return reader.ask(lambda connection: words_in_use(connection, field, most))

    def check(self, changes: Iterable[Change], record: Record) -> None:
        """Raises NotInVocabularyError for words that a closed vocabulary does not have.

        Words that `record` has already may stay, and so may those that say an approval. Tags are
        governed as keywords are.
        """
        for change in changes:
            before = record.get(change.path)
            if refused := self._refused(change.path, change.after(before), before):
                field = field_of(change.path)
                detail = ", ".join(f"“{word}”" for word in refused[:NAMED])
                raise NotInVocabularyError(what=field.label if field else TAGS_LABEL, detail=detail)

    def allowed(self, path: FieldPath, value: FieldValue, before: FieldValue) -> FieldValue:
        """A set without the words that a closed vocabulary does not have; those before stay."""
        refused = set(self._refused(path, value, before))
        if not refused:
            return value
        return tuple(word for word in _words(value) if word not in refused) or None

    def _refused(self, path: FieldPath, value: FieldValue, before: FieldValue) -> tuple[str, ...]:
        field = field_named(KEYWORDS) if path == TAGS else field_of(path)
        if field is None or field.shape is not Shape.BAG:
            return ()
        kept = set(_words(before))
        deciding = approval_keywords(_words(value))
        fresh = [word for word in _words(value) if word not in kept and word not in deciding]
        return tuple(self.vocabulary(field.id).refused(fresh))

    # Tables

    def table(
        self, masters: Sequence[SaidMaster], columns: Sequence[FieldPath], *, separator: str = ","
    ) -> bytes:
        """What these say, as a table for spreadsheets: UTF-8 with a byte order mark."""
        text = table_text(map(_named, masters), columns, separator=separator)
        return text.encode("utf-8-sig", "replace")

    def table_diff(
        self, data: bytes, masters: Sequence[SaidMaster], *, clear_empty: bool = False
    ) -> TableDiff:
        """What a table would change of these. Raises InvalidInputError for what is none."""
        table = read_table(decoded(data, what="The table"))
        return table_diff(table, [_named(one) for one in masters], clear_empty=clear_empty)

    def _put(self, templates: Sequence[MetadataTemplate]) -> None:
        self._stores.templates.put(templates, who=self._who(), at=self._now())
        self._changed()

    def _forget(self) -> None:
        """Read the vocabularies again when somebody asks."""
        with self._lock:
            self._read = None
        self._changed()

    def _changed(self) -> None:
        self._tell(ChangeSet(listing=True))

    def _facts(self, said: SaidMaster, number: int, places: KnownPlaces) -> TemplateFacts:
        asset, record = said.asset, said.record()
        found = places.nearest(str(record.get(COORDINATE) or ""))
        return TemplateFacts(
            filename=asset.name,
            folder=asset.path.rpartition("/")[0],
            library=self._library_name(asset.library),
            who=self._who(),
            counter=number,
            today=self._now().astimezone().date(),
            record=record,
            place=_place(found),
        )

    def _places(self, masters: Sequence[SaidMaster]) -> KnownPlaces:
        """Places that masters name beside their coordinates, the given ones' first."""
        records = [said.record() for said in masters]
        own = filter(None, map(_place_of, records))
        with self._stores.readers.lent() as reader:
            return KnownPlaces((*own, *reader.ask(known_places)))


def _asks_for_places(template: MetadataTemplate) -> bool:
    return any("{gps." in row.text for row in template.rows)


def _place_of(record: Record) -> Place | None:
    def said(name: str) -> str:
        return str(record.get(path_of(name)) or "")

    return Place.read(said("coordinate"), {name: said(name) for name in Place.NAMES})


def _place(place: Place | None) -> Mapping[str, str]:
    return {} if place is None else place.names


def _named(said: SaidMaster) -> Named:
    return Named(asset=said.asset.id, file=said.asset.path, record=said.record())


def _words(value: FieldValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
