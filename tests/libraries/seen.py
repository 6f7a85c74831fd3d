"""What a walk told, sorted for the tests that ask."""

from pathlib import Path

from bridge_app.libraries.library import FolderSeen, Found, Gone, Skipped, SkipReason, is_gone
from bridge_app.libraries.local import LocalLibrary

Seen = Found | Skipped | FolderSeen | Gone


def never() -> bool:
    return False


def write(place: Path, content: bytes = b"x") -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def walked(root: Path) -> list[Found | Skipped | FolderSeen]:
    return list(LocalLibrary(root).walk(never))


def looked(root: Path, *paths: str) -> list[Seen]:
    return list(LocalLibrary(root).look(paths, never))


def files(seen: list[Found | Skipped | FolderSeen] | list[Seen]) -> set[str]:
    return {item.path for item in seen if isinstance(item, Found)}


def skipped(seen: list[Found | Skipped | FolderSeen] | list[Seen]) -> dict[str, SkipReason]:
    return {item.path: item.reason for item in seen if isinstance(item, Skipped)}


def folders(seen: list[Found | Skipped | FolderSeen]) -> dict[str, bool]:
    return {item.path: item.complete for item in seen if isinstance(item, FolderSeen)}


def gone(seen: list[Found | Skipped | FolderSeen], *paths: str) -> set[str]:
    """What a caller would take for deleted."""
    complete = {path for path, is_complete in folders(seen).items() if is_complete}
    uncertain = {path for path, is_complete in folders(seen).items() if not is_complete}
    uncertain |= set(skipped(seen))
    return {path for path in paths if is_gone(path, complete=complete, uncertain=uncertain)}
