"""Ratings and labels: edits of metadata where a library takes them, marks of ours elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Record, Subject
from bridge_app.domain.marks import Label, Mark
from bridge_app.domain.metadata_fields import FieldType, MetadataField
from bridge_app.storage.marks import Marks
from bridge_app.storage.search import Readers
from bridge_app.work.editing import Editing
from bridge_app.work.events import Event

RATING = FieldPath(Subject.METADATA, "rating")
"""The field of the usual mapping for a rating; see domain/mapping_table.py."""
LABEL = FieldPath(Subject.METADATA, "label")


class Marking:
    """Every method may be called from any thread, and blocks.

    A field of metadata called `rating` (a whole number) or `label` (a text, or a choice that has
    the colour) keeps what is said of assets of an environment that defines it.
    """

    def __init__(
        self,
        marks: Marks,
        readers: Readers,
        editing: Editing,
        *,
        who: Callable[[], str],
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        self._marks = marks
        self._readers = readers
        self._editing = editing
        self._who = who
        self._tell = tell
        self._now = now

    def mark(
        self,
        assets: Sequence[AssetId],
        *,
        rating: int | None,
        label: Label | None,
        initiator: object | None,
    ) -> None:
        """Keep what is not None. Raises MarkError for a rating that there is not.

        Raises InvalidInputError where an environment's rules refuse it; nothing is kept there.
        """
        wish = Mark(rating=rating, label=label or Label.NONE)
        with self._readers.lent() as reader:
            found = reader.assets(assets)
        fields = {library: self._fields(library, wish.label) for library in _libraries(found)}
        for library, paths in fields.items():
            changes = _changes(paths, rating, label)
            if changes:
                there = [asset.id for asset in found if asset.library == library]
                self._editing.say(there, changes, initiator=initiator)
        before = self._marks.of([asset.id for asset in found])
        kept: dict[AssetId, Mark] = {}
        for asset in found:
            mark, paths = before.get(asset.id, Mark()), fields[asset.library]
            after = Mark(
                rating=mark.rating if rating is None else None if RATING in paths else rating,
                label=mark.label if label is None else Label.NONE if LABEL in paths else label,
            )
            if after != mark:
                kept[asset.id] = after
        self._marks.put(kept, who=self._who(), at=self._now())
        changed = frozenset(asset.id for asset in found)
        self._tell(ChangeSet(assets=changed, reviews=True, initiator=initiator))

    def marks(self, assets: Sequence[AssetId]) -> Mapping[AssetId, Mark]:
        """How these are marked; what nobody has marked has an empty one."""
        with self._readers.lent() as reader:
            found = reader.assets(assets)
            records = {one.asset.id: one.record() for one in reader.said(assets)}
        ours = self._marks.of(assets)
        return {
            asset.id: _merged(asset, records.get(asset.id, {}), ours.get(asset.id))
            for asset in found
        }

    def _fields(self, library: LibraryId, label: Label) -> frozenset[FieldPath]:
        """Which of the two a library keeps itself."""
        environment = environment_of(library)
        if environment is None:
            return frozenset()
        schema = self._editing.schema(environment)
        rating, colour = schema.field(RATING.key), schema.field(LABEL.key)
        takes_rating = rating is not None and rating.type is FieldType.INTEGER
        takes_label = colour is not None and _takes(colour, label)
        return frozenset(
            path for path, takes in ((RATING, takes_rating), (LABEL, takes_label)) if takes
        )


def _libraries(assets: Sequence[Asset]) -> Iterable[LibraryId]:
    return dict.fromkeys(asset.library for asset in assets)


def _takes(field: MetadataField, label: Label) -> bool:
    if field.type is FieldType.ENUM:
        return label is Label.NONE or label.value in field.active_ids()
    return field.type is FieldType.STRING


def _changes(paths: frozenset[FieldPath], rating: int | None, label: Label | None) -> list[Change]:
    changes: list[Change] = []
    if rating is not None and RATING in paths:
        changes.append(Change(path=RATING, value=rating))
    if label is not None and LABEL in paths:
        changes.append(Change(path=LABEL, value=label.value or None))
    return changes


def _merged(asset: Asset, record: Record, ours: Mark | None) -> Mark:
    """What the file says, over it what its service says with our edits, over it our own mark."""
    said, colour = record.get(RATING), record.get(LABEL)
    rating = said if isinstance(said, int) and 0 <= said <= 5 else asset.rating
    label = Label(colour) if isinstance(colour, str) and colour in set(Label) else Label.NONE
    if ours is None:
        return Mark(rating=rating, label=label)
    return Mark(
        rating=rating if ours.rating is None else ours.rating,
        label=ours.label or label,
    )
