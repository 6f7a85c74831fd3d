"""What people said of one asset meets what its record says now: the same for every destination."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bridge_app.domain.custom_fields import custom_name
from bridge_app.domain.edit_attempts import met_again
from bridge_app.domain.edits import (
    Action,
    Attempt,
    Conflict,
    Edit,
    EditState,
    FieldPath,
    Merged,
    Record,
    Wish,
    fold,
    is_set,
    merge,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.edits import Ending
from bridge_app.work.events import trouble_of


class ChangedElsewhereError(BridgeError):
    """Somebody else said something different meanwhile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in "
        "the inspector.",
    )


class EditRefusedError(BridgeError):
    """The service does not take a value."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} did not take {field} of {name}: {detail} What you wrote is kept and can be "
        "corrected.",
    )


class AssetGoneError(BridgeError):
    """There is nothing to write to."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} is not at {service} any more. What you wrote about it is kept."
    )


class NotKeptError(BridgeError):
    """The service accepted a value, and says another one."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.",
    )


@dataclass(slots=True)
class MetWishes:
    """The wishes of one asset on their way: what has to be written, and how the others ended.

    `said` is one of the edits, which tells what they are about.
    """

    said: Edit
    edits: Sequence[Edit]
    wishes: Mapping[FieldPath, Wish]
    wanted: dict[FieldPath, FieldValue] = field(default_factory=dict)
    _there: Record = field(default_factory=dict)
    _version: str = ""
    endings: list[Ending] = field(default_factory=list)
    troubles: list[BridgeError] = field(default_factory=list)

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> "MetWishes":
        """The edits of one asset, oldest first."""
        given = list(edits)
        return cls(said=given[0], edits=given, wishes=fold(given))

    def meet(self, there: Record, *, at: datetime, version: str = "") -> None:
        """Merge with what the record says now; what conflicts with it ends so.

        `version` is the record's, where its service tells one that every change moves on.
        """
        self.wanted, self._there, self._version = {}, there, version
        for path, wish in self.wishes.items():
            merged = self._merged(path, wish, there.get(path))
            match merged.action:
                case Action.NOTHING:
                    self.end(wish, EditState.DELIVERED)
                case Action.WRITE:
                    self.wanted[path] = merged.value
                case Action.CONFLICT:
                    error = ChangedElsewhereError(field=path.words, name=self.said.name)
                    conflict = _conflict(self.said, wish, merged, at)
                    self.end(wish, EditState.CONFLICT, error, conflict)

    def attempts(self) -> list[tuple[tuple[str, ...], Attempt]]:
        """What has to be on record before it is sent: its reply may be lost."""
        return [self._attempt(path, answered=False) for path in self.wanted]

    def answered(self, paths: Collection[FieldPath]) -> list[tuple[tuple[str, ...], Attempt]]:
        """The attempts at these: the service said that it took them."""
        return [self._attempt(path, answered=True) for path in self.wanted if path in paths]

    def _attempt(self, path: FieldPath, *, answered: bool) -> tuple[tuple[str, ...], Attempt]:
        attempt = Attempt(
            there=self._there.get(path),
            wanted=self.wanted[path],
            answered=answered,
            version=self._version_of(path),
        )
        return self.wishes[path].changes, attempt

    def _version_of(self, path: FieldPath) -> str:
        """Custom fields are sent behind the others, which have moved the record on by then."""
        return "" if custom_name(path) else self._version

    def _merged(self, path: FieldPath, wish: Wish, there: FieldValue) -> Merged:
        kind = is_set(path, wish.base, wish.value, there)
        tried = [edit for edit in self.edits if edit.path == path and edit.attempt is not None]
        last = tried[-1].attempt if tried else None
        if last is None:
            return merge(wish.base, wish.value, there, is_set=kind)
        fresh = [edit for edit in self.edits if edit.path == path and edit not in tried]
        later = fold(fresh).get(path)
        return met_again(last, wish, later, there, is_set=kind, version=self._version_of(path))

    def end(
        self,
        wish: Wish,
        state: EditState,
        error: BridgeError | None = None,
        conflict: Conflict | None = None,
    ) -> None:
        """Note how a field ended."""
        told = trouble_of(error) if error is not None else None
        if error is not None:
            self.troubles.append(error)
        self.endings.append(
            Ending(changes=wish.changes, state=state, error=told, conflict=conflict)
        )

    def fail(self, error: BridgeError, paths: Iterable[FieldPath] | None = None) -> None:
        """These fields, or all, could not be written; what was said is kept."""
        for path in self.wishes if paths is None else tuple(paths):
            self.end(self.wishes[path], EditState.FAILED, error)

    @property
    def delivered(self) -> int:
        """How many fields say what they should."""
        return sum(one.state is EditState.DELIVERED for one in self.endings)


def _conflict(said: Edit, wish: Wish, merged: Merged, at: datetime) -> Conflict:
    return Conflict(
        id=0,
        environment=said.environment,
        asset=said.asset,
        asset_id=said.asset_id,
        name=said.name,
        path=wish.path,
        base=wish.base,
        ours=merged.value,
        theirs=merged.theirs,
        found_at=at.isoformat(),
    )
