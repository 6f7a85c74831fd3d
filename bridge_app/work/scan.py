"""One look through a library, or at some of its paths: what is new, changed, moved or gone.

Deciding is apart from doing: `Look` compares what was seen with what is remembered, and the
scanner reads, stores and removes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bridge_app.domain.many import are_many
from bridge_app.libraries.library import FolderSeen, Found, Gone, Skipped, is_gone
from bridge_app.storage.catalog import KnownFile


@dataclass(slots=True)
class Look:
    """What a look has shown so far, against what is remembered of the same paths.

    What is there as it was is dropped from `known`: of a large library that is nearly everything,
    and it would only take memory until the look ends.
    """

    known: dict[str, KnownFile]
    seen: set[str] = field(default_factory=set)
    sidecars: set[str] = field(default_factory=set)
    skipped: dict[str, Skipped] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    incomplete: set[str] = field(default_factory=set)
    certainly_gone: set[str] = field(default_factory=set)

    def wants_reading(self, entry: Found | Skipped | FolderSeen | Gone) -> Found | None:
        """Take note of an entry; the file itself if its content has to be read."""
        match entry:
            case Found():
                self.sidecars.update(entry.sidecars)
                return entry if self._is_news(entry) else None
            case Skipped():
                self.skipped[entry.path] = entry
            case FolderSeen():
                (self.complete if entry.complete else self.incomplete).add(entry.path)
            case Gone():
                self.certainly_gone.add(entry.path)
        return None

    def _is_news(self, found: Found) -> bool:
        known = self.known.get(found.path)
        if known is None:  # new; or it was come across before, below another path of this look
            is_first = found.path not in self.seen
            self.seen.add(found.path)
            return is_first
        self.seen.add(known.path)
        if is_unchanged(found, known):
            del self.known[known.path]
            return False
        return True

    def gone(self) -> list[KnownFile]:
        """What is remembered and is certainly not there any more.

        Nothing that was skipped, and nothing in a folder that was not listed to its end.
        """
        uncertain = self.incomplete | self.skipped.keys()
        return [
            file
            for path, file in self.known.items()
            if path not in self.seen
            and not file.missing
            and (
                self._went_with_a_folder(path)
                or is_gone(path, complete=self.complete, uncertain=uncertain)
            )
        ]

    def _went_with_a_folder(self, path: str) -> bool:
        return any(path == gone or path.startswith(gone + "/") for gone in self.certainly_gone)


def is_unchanged(found: Found, known: KnownFile | None) -> bool:
    """Is this the file as it was read before, its sidecars too? Size, time and file key say so."""
    return (
        known is not None
        and not known.missing
        and known.was_read
        and (known.bytes, known.modified_ns, known.file_key)
        == (found.bytes, found.modified_ns, found.file_key)
        and known.sidecars == found.sidecars_state
    )


def moved_from(found: Found, candidates: Iterable[KnownFile], gone: set[str]) -> KnownFile | None:
    """The asset that this file was under another path; `gone` are the paths known to be empty.

    The file key, size and time have to be the same: an inode alone is used again by others.
    """
    for known in candidates:
        same = (known.bytes, known.modified_ns) == (found.bytes, found.modified_ns)
        if same and known.path in gone and known.path != found.path:
            return known
    return None


def may_go_unasked(going: int, size: int) -> bool:
    """May that many assets of a library of `size` be forgotten without asking a person?"""
    return not are_many(going, size)
