"""File names are bytes: how a path is kept in a BLOB and shown as text."""


def to_blob(path: str) -> bytes:
    """A path in os.fsdecode's form as the bytes the file system knows."""
    return path.encode("utf-8", "surrogateescape")


def from_blob(raw: bytes) -> str:
    """The reverse of `to_blob`."""
    return raw.decode("utf-8", "surrogateescape")


def shown(name: str) -> str:
    """A file name as text that any screen and any encoder can take."""
    return to_blob(name).decode("utf-8", "replace")
