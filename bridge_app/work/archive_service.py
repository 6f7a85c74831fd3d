"""What archiving does at the masters' service, and how it is taken back there.

Every act asks first how things are, so that doing it again after a crash changes nothing.
Source: reference/photoshelter.md, 16.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.archive_plan import ARCHIVE
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, RefusedByServiceError
from bridge_app.domain.shelter import ContainerKind, ShelterAsset, ShelterContainer, Visibility
from bridge_app.domain.shelter_approval import (
    APPROVAL_KEYWORD,
    ARCHIVED,
    approval_keywords,
    approval_option,
    is_approval_field,
    keywords_of,
    state_named,
)
from bridge_app.libraries.photoshelter.errors import (
    NoPermissionError,
    NotForThisKindError,
    NotThereError,
)

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary

ARCHIVED_KEYWORD = APPROVAL_KEYWORD + ARCHIVED


class NotMovedError(BridgeError):
    """The service said yes, and it still lies where it was."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was to be moved, and the service shows it where it was. Nothing else was changed: "
        "try again, or move it there by hand.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an earlier run of a step has kept, and where this one keeps what undoing needs."""

    told: Mapping[str, Any]
    keep: Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtService:
    """The acts on one account."""

    service: "RemoteLibrary"

    # The state of a master

    def before_freezing(self, asset: ShelterAsset) -> dict[str, Any]:
        """What a master's state is and how it is said: what undoing needs."""
        words = list(approval_keywords(keywords_of(asset)))
        chosen = self._choice()
        if chosen is None:
            return {"by": "keyword", "words": words}
        field, archived = chosen
        return {"by": "field", "field": field, "to": archived, "option": approval_option(asset)}

    def freeze(self, asset: ShelterAsset, before: Mapping[str, Any]) -> dict[str, Any]:
        """Mark a master as archived; not every kind can be marked, but by where it lies."""
        try:
            if before["by"] == "field" and approval_option(asset) != before["to"]:
                self.service.write_custom(asset.media_id, {before["field"]: before["to"]})
            if before["by"] == "keyword":
                self._add_state(asset.media_id, approval_keywords(keywords_of(asset)))
        except NotForThisKindError:
            return {**before, "by": "place"}
        return dict(before)

    def _add_state(self, media_id: str, words: Sequence[str]) -> None:
        if ARCHIVED_KEYWORD not in words:
            self.service.add_keywords(media_id, (ARCHIVED_KEYWORD,))
        others = tuple(one for one in words if one != ARCHIVED_KEYWORD)
        if others:
            self.service.remove_keywords(media_id, others)

    def thaw(self, media_id: str, before: Mapping[str, Any], decided: Approval | None) -> None:
        """Give a master the state back that it had, or the one that was `decided` meanwhile."""
        if before["by"] == "field":
            option = before["option"] if decided is None else self._option(decided)
            self.service.write_custom(media_id, {before["field"]: option or None})
        elif before["by"] == "keyword":
            words = before["words"] if decided is None else [APPROVAL_KEYWORD + decided.value]
            if words:
                self.service.add_keywords(media_id, tuple(words))
            if ARCHIVED_KEYWORD not in words:
                self.service.remove_keywords(media_id, (ARCHIVED_KEYWORD,))

    def _option(self, state: Approval) -> str:
        """What the field calls a state; "" where it has no such option."""
        for one in self.service.custom_fields():
            if is_approval_field(one.name):
                named = (option.name for option in one.options)
                return next((name for name in named if state_named(name) is state), "")
        return ""

    def _choice(self) -> tuple[str, str] | None:
        """The field that holds the state and its option for archived, if there are such."""
        for one in self.service.custom_fields():
            if is_approval_field(one.name):
                named = [option.name for option in one.options if _is_archived(option.name)]
                return (one.name, named[0]) if named else None
        return None

    # The place of a container

    def move_to_archive(
        self, container: str, name: str, *, year: int, others: Sequence[str], known: Known
    ) -> dict[str, Any]:
        """Put a container below `_Archive/<year>`, with `others` beside it.

        Where the service does not move containers, a new collection there takes what it holds.
        """
        place = self._collection(str(year), self._collection(ARCHIVE, None))
        result = {"place": place, "others": list(others)}
        if self._lies_in(container, place):
            return result
        try:
            for one in (*others, container):
                self.service.move(one, place)
        except (NoPermissionError, NotThereError):
            raise
        except RefusedByServiceError:
            return result | self._moved_piecewise(container, name, place, known)
        if not self._lies_in(container, place):
            raise NotMovedError(name=name)
        return result

    def move_back(
        self, container: str, name: str, *, parents: Sequence[str], result: Mapping[str, Any]
    ) -> None:
        """Put it back below what it lay in."""
        if "children" in result:
            for child in result["children"]:
                self.service.move(child, container)
            return
        parent = parents[0] if parents else None
        if self._lies_in(container, parent):
            return
        for one in (container, *result.get("others", ())):
            self.service.move(one, parent)
        if not self._lies_in(container, parent):
            raise NotMovedError(name=name)

    def _moved_piecewise(
        self, container: str, name: str, place: str, known: Known
    ) -> dict[str, Any]:
        """A collection of the same name in the archive, and in it what the old one held."""
        made = self._collection(name, place)
        left = [one.id for page in self.service.containers(container) for one in page]
        children = list(dict.fromkeys([*known.told.get("children", ()), *left]))
        result = {"made": made, "children": children}
        known.keep(result)
        for child in left:
            self.service.move(child, made)
        return result

    def _collection(self, name: str, parent: str | None) -> str:
        """The collection of that name, made if there is none."""
        for page in self.service.containers(parent):
            for one in page:
                if one.kind is ContainerKind.COLLECTION and one.name == name:
                    return one.id
        return self.service.create_collection(name, parent)

    def _lies_in(self, container: str, parent: str | None) -> bool:
        return self.found(container, parent) is not None

    def found(self, container: str, parent: str | None) -> ShelterContainer | None:
        """A container where it is looked for; None if it is not there."""
        pages = self.service.containers(parent)
        return next((one for page in pages for one in page if one.id == container), None)

    # Who sees it

    def close(self, container: str, visibility: Visibility) -> None:
        """Make it private, whoever saw it."""
        if visibility is not Visibility.PRIVATE:
            self.service.set_visibility(container, Visibility.PRIVATE)

    def open(self, container: str, visibility: Visibility) -> None:
        """Let those see it who did."""
        if visibility is not Visibility.PRIVATE:
            self.service.set_visibility(container, visibility)


def is_frozen(asset: ShelterAsset, before: Mapping[str, Any]) -> bool:
    """Does the service say that it is archived, as far as it can be said of its kind?"""
    if before["by"] == "field":
        return _is_archived(approval_option(asset))
    return before["by"] == "place" or ARCHIVED_KEYWORD in keywords_of(asset)


def _is_archived(name: str) -> bool:
    return state_named(name) == ARCHIVED
