"""What an edit of a master says about its copies at Cloudinary, by the field mapping."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Said
from bridge_app.domain.edits import (
    DISPLAY_NAME,
    TAGS,
    FieldPath,
    NewEdit,
    Record,
    Subject,
    UnusableValueError,
    checked,
    same,
)
from bridge_app.domain.field_mapping import CloudWords, FieldMapping, to_cloudinary
from bridge_app.domain.mapping_checks import fitting
from bridge_app.domain.mapping_sources import Values
from bridge_app.domain.mapping_standard import values_in
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_rules import Schema
from bridge_app.storage.master_questions import copies_of
from bridge_app.storage.search import Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterChange:
    """What a master said before and says after an edit."""

    asset: AssetId
    before: Record
    after: Record


class MasterCopies:
    """The copies of masters, as far as they are mirrored; any thread may ask, and blocks.

    Args:
        mapping: The field mapping in use.
        schema: The definitions of an environment, as last read.
    """

    def __init__(
        self,
        readers: Readers,
        *,
        mapping: Callable[[], FieldMapping],
        schema: Callable[[str], Schema],
    ) -> None:
        self._readers = readers
        self.mapping = mapping
        self._schema = schema

    def of(self, masters: Sequence[AssetId]) -> dict[AssetId, list[Said]]:
        """The copies of these, with what is open about them."""
        with self._readers.lent() as reader:
            copies = reader.ask(copies_of(masters))
            wanted = sorted({copy for some in copies.values() for copy in some})
            said = {one.asset.id: one for one in reader.said(wanted)} if wanted else {}
        return {
            master: [said[copy] for copy in some if copy in said] for master, some in copies.items()
        }

    def edits(self, changes: Sequence[MasterChange]) -> list[NewEdit]:
        """What these changes of masters are to the copies: mapped fields that differ by them.

        A copy says what it is told on the ground of what the master said before: where somebody
        has said something else there, both are kept and shown. What an environment would not take
        is left out; a push tells of it.
        """
        copies = self.of([one.asset for one in changes])
        if not copies:
            return []
        mapping = self.mapping()
        found: dict[tuple[AssetId, FieldPath], NewEdit] = {}
        for change in changes:
            before, after = values_in(change.before), values_in(change.after)
            for copy in copies.get(change.asset, ()) if before != after else ():
                for edit in self.carried(copy, before, after, mapping):
                    found[edit.asset, edit.path] = edit
        return list(found.values())

    def carried(
        self, copy: Said, before: Values, after: Values, mapping: FieldMapping
    ) -> list[NewEdit]:
        """What a copy has to say otherwise where its master said `before` and says `after`."""
        schema = self._schema(copy.asset.environment)
        then, now = (
            _fields(fitting(to_cloudinary(values, mapping), schema)[0])
            for values in (before, after)
        )
        edits = (
            _edit(copy, path, then.get(path), now.get(path))
            for path in sorted({*then, *now})
            if not same(then.get(path), now.get(path))
        )
        return [edit for edit in edits if edit is not None]


def _fields(words: CloudWords) -> dict[FieldPath, FieldValue]:
    """What a copy would say, by the paths of its record; access rules are no metadata."""
    context: Mapping[FieldPath, FieldValue] = {
        FieldPath(Subject.CONTEXT, key): text for key, text in words.context.items()
    }
    metadata = {FieldPath(Subject.METADATA, key): value for key, value in words.metadata.items()}
    name = {DISPLAY_NAME: words.display_name} if words.display_name else {}
    tags = {TAGS: words.tags} if words.tags else {}
    return {**context, **metadata, **name, **tags}


def _edit(copy: Said, path: FieldPath, before: FieldValue, after: FieldValue) -> NewEdit | None:
    """Of a field that says nothing yet there is nothing to be lost."""
    there = copy.record().get(path)
    if same(there, after):
        return None
    try:
        value = checked(path, after)
    except UnusableValueError:
        return None
    if path == TAGS:
        value = _tags(before, value, there)
        before = there
    return NewEdit(
        environment=copy.asset.environment,
        asset=copy.asset.id,
        asset_id=copy.asset.asset_id,
        name=copy.asset.name,
        path=path,
        base=before if there is not None else None,
        value=value,
    )


def _tags(before: FieldValue, after: FieldValue, there: FieldValue) -> FieldValue:
    """The tags that the copy has, with what came and without what went."""
    ours, theirs, held = (
        set(value if isinstance(value, tuple) else ()) for value in (before, after, there)
    )
    return tuple(sorted((held - (ours - theirs)) | (theirs - ours))) or None
