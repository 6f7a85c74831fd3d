"""The words of `edit` as changes: of what Cloudinary keeps, and of what masters say."""

import argparse
from collections.abc import Iterator, Mapping, Sequence

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import TAGS, FieldPath, Subject, is_set
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.metadata_fields import FieldValue, MetadataField
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.metadata_values import parsed
from bridge_app.domain.standard_fields import field_of, parsed_value, path_named
from bridge_app.domain.vocabulary_changes import KEYWORDS, PATHS, brought_along
from bridge_app.work.words import WordsDesk

NAMES = {"tags": "keywords", "description": "caption", "creator": "author"}
"""What people may call a standard field besides."""


def asks_for_something(arguments: argparse.Namespace) -> bool:
    """Do the words say what to change?"""
    words = (arguments.set, arguments.add, arguments.remove, arguments.template)
    return any(words) or bool(arguments.add_tag or arguments.remove_tag)


def master_path(name: str) -> FieldPath:
    """The standard field of a name. Raises NotFoundError and InvalidInputError."""
    plain, bracket, language = name.strip().partition("[")
    return path_named(NAMES.get(plain, plain) + bracket + language)


def master_changes(arguments: argparse.Namespace) -> list[Change]:
    """What the words ask of masters. Raises InvalidInputError."""
    found = [_set_standard(words) for words in arguments.set]
    sets: dict[FieldPath, tuple[list[str], list[str]]] = {}
    for words, place in ((arguments.add, 0), (arguments.remove, 1)):
        for one in words:
            name, value = _halves(one)
            path = master_path(name)
            if not is_set(path):
                raise InvalidInputError(what=name, detail="it is no set of words")
            sets.setdefault(path, ([], []))[place].append(value)
    if arguments.add_tag or arguments.remove_tag:
        more, less = sets.setdefault(KEYWORDS, ([], []))
        more.extend(arguments.add_tag)
        less.extend(arguments.remove_tag)
    found.extend(
        Change(path=path, add=tuple(more), remove=tuple(less))
        for path, (more, less) in sets.items()
    )
    return found


def each_master(
    arguments: argparse.Namespace, masters: Sequence[SaidMaster], words: WordsDesk
) -> Mapping[AssetId, Sequence[Change]]:
    """What is changed of each master: by the template, then by what is said besides.

    Raises InvalidInputError.
    """
    changes: dict[AssetId, list[Change]] = {said.asset.id: [] for said in masters}
    if arguments.template:
        applied = words.applied(words.template(arguments.template), masters)
        if applied.faults:
            first = applied.faults[0]
            raise InvalidInputError(what=first.name, detail=first.detail)
        for asset, some in applied.changes.items():
            changes[asset].extend(some)
    besides = master_changes(arguments)
    for said in masters:
        paths = said.record().get(PATHS)
        for one in besides:
            changes[said.asset.id].extend(_from_vocabulary(words, one, paths))
    return changes


def _from_vocabulary(words: WordsDesk, change: Change, paths: FieldValue) -> Sequence[Change]:
    """What is added to a set, in the words of its vocabulary and with what belongs to them."""
    field = field_of(change.path)
    if field is None or not (change.add or change.remove):
        return (change,)
    return brought_along(words.vocabulary(field.id), change, paths)


def cloud_changes(arguments: argparse.Namespace, schemas: Sequence[Schema]) -> list[Change]:
    """What the words ask of assets at Cloudinary. Raises InvalidInputError."""
    if arguments.template:
        detail = "a template is for masters, and not for assets of a Cloudinary environment"
        raise InvalidInputError(what=arguments.template, detail=detail)
    found = [_set(words, schemas) for words in arguments.set]
    add = (*arguments.add_tag, *_tags(arguments.add))
    remove = (*arguments.remove_tag, *_tags(arguments.remove))
    if add or remove:
        found.append(Change(path=TAGS, add=add, remove=remove))
    return found


def _set_standard(words: str) -> Change:
    name, text = _halves(words)
    path = master_path(name)
    field = field_of(path)
    return Change(path=path, value=parsed_value(field, text) if field else text or None)


def _tags(words: Sequence[str]) -> Iterator[str]:
    for one in words:
        name, value = _halves(one)
        if FieldPath.read(name) != TAGS:
            raise InvalidInputError(what=name, detail="words are only added to tags")
        yield value


def _set(words: str, schemas: Sequence[Schema]) -> Change:
    name, text = _halves(words)
    path = FieldPath.read(name)
    if path == TAGS:
        return Change(path=path, value=tuple(tag.strip() for tag in text.split(",") if tag.strip()))
    if path.subject is not Subject.METADATA:
        return Change(path=path, value=text)
    field = _field(path.key, schemas)
    if field is None:
        return Change(path=path, value=text)
    return Change(path=FieldPath(Subject.METADATA, field.external_id), value=parsed(field, text))


def _halves(words: str) -> tuple[str, str]:
    name, equals, text = words.partition("=")
    if not equals:
        raise InvalidInputError(what=words, detail="it has to look like FIELD=VALUE")
    return name, text


def _field(name: str, schemas: Sequence[Schema]) -> MetadataField | None:
    """The field of that external ID or label; None where no definitions are known yet.

    Raises NotFoundError.
    """
    known = [field for schema in schemas for field in schema.fields]
    for field in known:
        if name in (field.external_id, field.label):
            return field
    if not known:
        return None
    raise NotFoundError(what=f"The metadata field {name}")
