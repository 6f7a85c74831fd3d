"""The documents that rights claims rest on, kept in the profile by their SHA-256.

`documents/<sha256>/<name>`: who looks into the folder can open them without us.
"""

import os
import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.rights_claims import ClaimDocument, DocumentKind
from bridge_app.storage.database import storage_errors

MOST_BYTES = 100_000_000
LONGEST_NAME = 120
PIECE_BYTES = 1 << 20


class DocumentTooLargeError(InvalidInputError):
    """A file that is no contract."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} was not attached: it has more than {most} MB. Nothing was changed."
    )


class UnreadableDocumentError(InvalidInputError):
    """A file that cannot be opened."""

    text = QT_TRANSLATE_NOOP("errors", "{name} was not attached: {detail}. Nothing was changed.")


class ChangedDocumentError(BridgeError):
    """The kept file is another one than the one that was attached."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} in {folder} is not the document that was attached: it was changed. The claim "
        "names the right one by its SHA-256 ({digest}).",
    )


class RightsDocuments:
    """The folder of documents; any thread, blocking."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path, kind: DocumentKind) -> ClaimDocument:
        """Copy a file in, whole or not at all; on disk on return. One that is there stays.

        Raises DocumentTooLargeError, UnreadableDocumentError, DiskFullError, StorageTroubleError.
        """
        data = _read(file)
        digest = sha256(data).hexdigest()
        name = _file_name(file.name)
        home = self._folder / digest
        document = ClaimDocument(sha256=digest, name=name, bytes=len(data), kind=kind)
        if self._found(document) is None:
            with storage_errors(home):
                home.mkdir(parents=True, exist_ok=True)
                part = home / f".{os.getpid()}.part"
                with part.open("wb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
                part.replace(home / name)
        return document

    def path(self, document: ClaimDocument) -> Path:
        """Where a document lies. Raises NotFoundError, or that it is another file now."""
        found = self._found(document)
        if found is None:
            raise NotFoundError(what=document.name)
        return found

    def _found(self, document: ClaimDocument) -> Path | None:
        home = self._folder / document.sha256
        with storage_errors(home):
            files = sorted(home.glob("[!.]*")) if home.is_dir() else []
            for file in files:
                if _digest(file) == document.sha256:
                    return file
        if files:
            raise ChangedDocumentError(
                name=files[0].name, folder=home, digest=document.sha256[:12] + "…"
            )
        return None


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocumentError(name=file.name, detail=detail) from error
    if len(data) > MOST_BYTES:
        raise DocumentTooLargeError(name=file.name, most=MOST_BYTES // 1_000_000)
    return data


def _digest(file: Path) -> str:
    measured = sha256()
    with file.open("rb") as source:
        while piece := source.read(PIECE_BYTES):
            measured.update(piece)
    return measured.hexdigest()


def _file_name(name: str) -> str:
    """A name that every system takes; never one that is hidden, or that misleads about its end."""
    text = name.encode("utf-8", "replace").decode()
    plain = "".join(one for one in text if unicodedata.category(one)[0] != "C")
    kept = re.sub(r'[<>:"/\\|?*]', "_", plain).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > LONGEST_NAME and dot and len(ending) < 10:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return kept[:LONGEST_NAME] or "document"
