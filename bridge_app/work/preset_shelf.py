"""Presets and sets as people work with them: kept, exchanged, and matched with Cloudinary's own.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import itertools
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bridge_app.delivery.named_transformations import NamedTransformations
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.channel_formats import EDITION, STARTING_LIBRARY
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NotFoundError
from bridge_app.domain.named_matching import Match, NamedMatch, match_named
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.presets_json import PresetDocumentError, library_from, library_json
from bridge_app.domain.published import PresetEffect, preset_effect
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet
from bridge_app.storage.presets import PresetChange, PresetOrder, Presets
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.work.events import Event

LARGEST_DOCUMENT = 20_000_000
"""Bytes of JSON."""
LONGEST_STEM = 58
"""Characters of a name that a number is put behind; 64 together."""
NAMED = 5
"""How many names an error tells."""


class PresetsExistError(BridgeError):
    """An import would change what is there."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Nothing was imported: {names} exist already and say something else. Say that they may be "
        "replaced, or rename them.",
    )


class PresetTakenError(BridgeError):
    """Something else has the name."""

    text = QT_TRANSLATE_NOOP(
        "errors", "There is something else with the name {name}. Nothing was changed."
    )


class PresetShelf:
    """Every method may be called from any thread.

    Args:
        presets: The ledger's.
        made: The record of what was made of them.
        opened: The named transformations of an environment; raises BridgeError.
        tell: Hears that something is different now.
        now: Aware, UTC.
    """

    def __init__(
        self,
        presets: Presets,
        made: MadeRenditions,
        *,
        opened: Callable[[str], NamedTransformations],
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        self._presets = presets
        self._made = made
        self._opened = opened
        self._tell = tell
        self._now = now

    # What there is

    def library(self) -> PresetLibrary:
        """All presets and sets. The first time, the starting library is copied in."""
        self._presets.copy_in(STARTING_LIBRARY, edition=EDITION, at=self._now())
        return self._presets.library()

    def save(self, *presets: RenditionPreset) -> PresetChange:
        """Add presets, or put them in the place of those with their names; on disk on return.

        Raises TransformationError for one whose transformation is none.
        """
        for preset in presets:
            _check(preset.transformation)
        self.library()
        return self._changed(self._presets.put(presets, at=self._now()))

    def save_set(self, *sets: RenditionSet) -> PresetChange:
        """Add sets, or replace them. Raises NotFoundError for one that names an unknown preset."""
        known = self.library().presets
        for one in sets:
            gone = [name for name in one.presets if name not in known]
            if gone:
                raise NotFoundError(what=f"The preset {gone[0]}")
        return self._changed(self._presets.put(sets=sets, at=self._now()))

    def remove(self, presets: Sequence[str] = (), sets: Sequence[str] = ()) -> PresetChange:
        """Delete by name. A set forgets the presets that go; `undo` brings all of it back."""
        library = self.library()
        smaller: dict[str, RenditionSet | None] = {
            one.name: RenditionSet(
                name=one.name,
                title=one.title,
                presets=tuple(name for name in one.presets if name not in presets),
            )
            for one in library.sets.values()
            if set(one.presets) & set(presets)
        }
        gone = {name: None for name in presets if name in library.presets}
        without = {name: None for name in sets if name in library.sets}
        return self._changed(self._presets.change(gone, smaller | without, at=self._now()))

    def rename(self, name: str, to: RenditionPreset) -> PresetChange:
        """Have `to`, which has another name, take a preset's place; sets name it anew.

        What was published under the old name stays as it is. Raises NotFoundError,
        PresetTakenError or TransformationError.
        """
        _check(to.transformation)
        library = self.library()
        library.preset(name)
        if to.name in library.presets:
            raise PresetTakenError(name=to.name)
        sets: dict[str, RenditionSet | None] = {
            one.name: replace(one, presets=_renamed(one.presets, name, to.name))
            for one in library.sets.values()
            if name in one.presets
        }
        there = PresetOrder.of(library)
        order = replace(there, presets=_renamed(there.presets, name, to.name))
        presets: dict[str, RenditionPreset | None] = {name: None, to.name: to}
        return self._changed(self._presets.change(presets, sets, order=order, at=self._now()))

    def rename_set(self, name: str, to: RenditionSet) -> PresetChange:
        """Have `to`, which has another name, take a set's place.

        Raises NotFoundError or PresetTakenError.
        """
        library = self.library()
        if name not in library.sets:
            raise NotFoundError(what=f"The set {name}")
        if to.name in library.sets:
            raise PresetTakenError(name=to.name)
        there = PresetOrder.of(library)
        order = replace(there, sets=_renamed(there.sets, name, to.name))
        return self._changed(
            self._presets.change({}, {name: None, to.name: to}, order=order, at=self._now())
        )

    def duplicate(self, name: str, *, title: str) -> PresetChange:
        """A copy of a preset behind it, with a name that is free. Raises NotFoundError."""
        library = self.library()
        copy = replace(
            library.preset(name), name=_free_name(name, library.presets.keys()), title=title
        )
        there = PresetOrder.of(library)
        order = replace(there, presets=_behind(there.presets, name, copy.name))
        change = self._presets.change({copy.name: copy}, {}, order=order, at=self._now())
        return self._changed(change)

    def duplicate_set(self, name: str, *, title: str) -> PresetChange:
        """A copy of a set behind it, with a name that is free. Raises NotFoundError."""
        library = self.library()
        if name not in library.sets:
            raise NotFoundError(what=f"The set {name}")
        copy = replace(library.sets[name], name=_free_name(name, library.sets.keys()), title=title)
        there = PresetOrder.of(library)
        order = replace(there, sets=_behind(there.sets, name, copy.name))
        change = self._presets.change({}, {copy.name: copy}, order=order, at=self._now())
        return self._changed(change)

    def arrange(self, order: PresetOrder) -> PresetChange:
        """Show presets and sets in another order; what it does not name comes last."""
        return self._changed(self._presets.change({}, {}, order=order, at=self._now()))

    def undo(self, change: PresetChange) -> PresetChange:
        """Take a change back. Raises PresetsMovedOnError if it was changed again since."""
        return self._changed(self._presets.undo(change, at=self._now()))

    # Exchange

    def exported(self, names: Sequence[str] = ()) -> str:
        """Presets and sets as a JSON document; all of them, or these with what sets name.

        Raises NotFoundError.
        """
        library = self.library()
        if names:
            sets = [library.sets[name] for name in names if name in library.sets]
            presets = [preset for name in names for preset in library.of_set(name)]
            library = PresetLibrary.of(presets, sets)
        return json.dumps(library_json(library), indent=2, ensure_ascii=False) + "\n"

    def imported(self, document: bytes, *, replaces: bool = False) -> PresetChange:
        """Add what a JSON document holds, all of it or nothing.

        Raises PresetDocumentError with the place, or PresetsExistError.
        """
        found = library_in(document)
        there = self.library()
        lacking = PresetLibrary.of(
            [*there.presets.values(), *found.presets.values()], found.sets.values()
        ).missing()
        for name, gone in lacking.items():
            detail = f"it names the preset {gone[0]}, which is neither in it nor here"
            raise PresetDocumentError(place=f"the set {name}", detail=detail)
        other = [name for name, one in found.presets.items() if there.presets.get(name, one) != one]
        other += [name for name, one in found.sets.items() if there.sets.get(name, one) != one]
        if other and not replaces:
            more = f" (+{len(other) - NAMED})" if len(other) > NAMED else ""
            raise PresetsExistError(names=", ".join(other[:NAMED]) + more)
        change = self._presets.put(found.presets.values(), found.sets.values(), at=self._now())
        return self._changed(change)

    # What a change does

    def effect(self, after: RenditionPreset) -> PresetEffect:
        """Which published renditions saving this preset would leave behind."""
        before = self.library().presets.get(after.name)
        if before is None:
            return PresetEffect()
        return preset_effect(before, after, self._made.of_preset(after.name))

    def effect_of_removing(self, name: str) -> PresetEffect:
        """The same of deleting one. Raises NotFoundError."""
        before = self.library().preset(name)
        return preset_effect(before, None, self._made.of_preset(name))

    # Cloudinary's named transformations

    def matches(self, environment: str, names: Sequence[str] = ()) -> tuple[NamedMatch, ...]:
        """Presets beside an environment's named transformations; a call for each of those.

        With `names` only these are looked at; what is on neither side is left out.
        """
        service = self._opened(environment)
        presets = self.library().presets
        if not names:
            return match_named(presets.values(), service.listed())
        found = [one for name in names if (one := service.one(name)) is not None]
        return match_named([presets[name] for name in names if name in presets], found)

    def send_named(self, environment: str, match: NamedMatch) -> None:
        """Define the preset there under its name, or anew in the place of what was seen.

        Raises NotFoundError without such a preset, NamedMovedOnError, or RefusedByServiceError.
        """
        definition = self.library().preset(match.name).transformation
        service = self._opened(environment)
        if match.there is None:
            service.create(match.name, definition)
        elif match.match is Match.DIFFERENT:
            service.update(match.name, definition, seen=match.there)

    def take_named(self, match: NamedMatch) -> PresetChange:
        """Keep what is defined there as a preset; what else a preset of its name says stays.

        Raises NotFoundError, PresetError for a name no preset can have, or TransformationError.
        """
        if match.there is None:
            raise NotFoundError(what=f"The named transformation {match.name}")
        here = self.library().presets.get(match.name)
        taken = RenditionPreset(
            name=match.name,
            title=here.title if here else "",
            transformation=match.there,
            format=here.format if here else "",
            channel=here.channel if here else "",
            markets=here.markets if here else (),
            languages=here.languages if here else (),
            contract=here.contract if here else None,
        )
        return self.save(taken)

    def delete_named(self, environment: str, match: NamedMatch) -> None:
        """Delete it there, with everything that was derived with it; the preset here stays."""
        if match.there is None:
            raise NotFoundError(what=f"The named transformation {match.name}")
        self._opened(environment).delete(match.name, seen=match.there)

    def _changed(self, change: PresetChange) -> PresetChange:
        if not change.is_nothing:
            self._tell(ChangeSet(presets=True))
        return change


def _renamed(names: Sequence[str], name: str, to: str) -> tuple[str, ...]:
    return tuple(to if one == name else one for one in names)


def _behind(names: Sequence[str], name: str, copy: str) -> tuple[str, ...]:
    """The names with `copy` behind `name`."""
    return tuple(each for one in names for each in ((one, copy) if one == name else (one,)))


def _free_name(name: str, taken: Collection[str]) -> str:
    """A name like this one that nothing has: `hero-2`."""
    stem = re.sub(r"-[0-9]+$", "", name)[:LONGEST_STEM].rstrip("-_")
    return next(free for n in itertools.count(2) if (free := f"{stem}-{n}") not in taken)


def _check(transformation: str) -> None:
    """Raises TransformationError."""
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform.parse import parse  # noqa: PLC0415

    parse(transformation)


def library_in(document: bytes) -> PresetLibrary:
    """The presets and sets of a JSON document. Raises PresetDocumentError with the place."""
    return library_from(_parsed(document), _check)


def _parsed(document: bytes) -> Mapping[str, object]:
    if len(document) > LARGEST_DOCUMENT:
        raise PresetDocumentError(
            place="the document", detail=QT_TRANSLATE_NOOP("facts", "it is too large")
        )
    try:
        found = json.loads(document.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        detail = f"it is no JSON ({str(error)[:100]})"
        raise PresetDocumentError(place="the document", detail=detail) from error
    if not isinstance(found, dict):
        raise PresetDocumentError(
            place="the document", detail=QT_TRANSLATE_NOOP("facts", "it has to be an object")
        )
    return found
