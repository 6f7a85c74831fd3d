"""Copies of masters from services that other programs work on: kept until nobody needs them.

Each has a folder of its own with a note beside it, so that what was changed is found again after
whatever end. What is changed and was not taken back stays, however old it is.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.libraries.errors import disk_trouble

NOTE = ".asset-bridge.json"
STILL = ".asset-bridge.sent"
KEPT_FOR = timedelta(days=2)


class ChangedAgainError(BridgeError):
    """The copy holds something else than what was to be the new version."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The copy of {name} holds something else by now. It did not become the new version.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedFile:
    """A copy that lies at `path`; `sha256` is its content when it was last the same as ours.

    `base` is the master's content then, as the catalog names it, and `service` what people call
    the service that takes what is made of it, "" where none does. At Cloudinary `environment` and
    `etag` say what it would replace. `now` is what the copy holds, "" where nobody looked.
    """

    path: str
    asset: AssetId
    name: str
    sha256: str
    at: str
    base: str = ""
    service: str = ""
    environment: str = ""
    etag: str = ""
    now: str = ""

    @property
    def file(self) -> Path:
        """Where it lies."""
        return Path(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a master takes new versions; `service` "" where it takes none."""

    service: str = ""
    environment: str = ""
    etag: str = ""


NOWHERE = Target()


class EditedFiles:
    """Methods block, run on any thread and raise FileTroubleError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where all of them lie."""
        return self._folder

    def begin(
        self, asset: Asset, original: Path, at: datetime, target: Target = NOWHERE
    ) -> EditedFile:
        """A copy to be worked on. One that is worked on already is given again, and kept on.

        One that nobody changed is given only while it is what the master is now.
        """
        with disk_trouble(original):
            there = self._worked_on(asset, original)
            if there is not None:
                self._note(replace(there, at=at.isoformat()))
                return replace(there, at=at.isoformat())
            one = self._copied(asset, original, target, at)
            one = replace(one, sha256=one.now, now="")
            if target.environment:
                # What the catalog knows may be newer than the file that was fetched.
                one = replace(one, etag=_digest(one.file, "md5"))
            self._note(one)
        return one

    def bring(self, asset: Asset, file: Path, at: datetime, target: Target) -> EditedFile:
        """A copy of a file that is to be the new version of a master, as one that was changed.

        A copy that holds it already is given again.
        """
        with disk_trouble(file):
            brought = _digest(file)
            held = (one for one in self.changed() if (one.asset, one.now) == (asset.id, brought))
            one = next(held, None) or self._copied(asset, file, target, at)
            one = replace(one, etag=target.etag, at=at.isoformat())
            self._note(replace(one, now=""))
        return one

    def _copied(self, asset: Asset, file: Path, target: Target, at: datetime) -> EditedFile:
        place = self._folder / uuid.uuid4().hex / file.name
        place.parent.mkdir(parents=True, mode=0o700)
        shutil.copyfile(file, place)
        with place.open("rb") as copied:
            os.fsync(copied.fileno())
        return EditedFile(
            path=str(place),
            asset=asset.id,
            name=asset.name,
            sha256="",
            at=at.isoformat(),
            base=asset.content or "",
            service=target.service,
            environment=target.environment,
            etag=target.etag,
            now=_digest(place),
        )

    def all(self) -> list[EditedFile]:
        """Every copy, the oldest first."""
        with disk_trouble(self._folder):
            return sorted(self._read(), key=lambda one: one.at)

    def changed(self) -> list[EditedFile]:
        """Those that another program has changed since."""
        found = []
        for one in self.all():
            with disk_trouble(one.path):
                now = _digest(one.file) if one.file.is_file() else one.sha256
                if now != one.sha256:
                    found.append(replace(one, now=now))
        return found

    @contextmanager
    def held(self, path: str, sha256: str) -> Iterator[tuple[EditedFile, Path] | None]:
        """A copy and a file of what it held when it had this digest, which stays as it is.

        None where it holds something else by now, or is gone.
        """
        one = next((one for one in self.all() if one.path == path), None)
        if one is None or not one.file.is_file():
            yield None
            return
        still = one.file.with_name(STILL)
        try:
            with disk_trouble(still):
                shutil.copyfile(one.file, still)
                is_it = _digest(still) == sha256
            yield (one, still) if is_it else None
        finally:
            still.unlink(missing_ok=True)

    def is_version(
        self, one: EditedFile, sha256: str, base: str, at: datetime, *, etag: str = ""
    ) -> None:
        """What it held then is the master now, which the catalog names `base`."""
        with disk_trouble(one.path):
            self._note(replace(one, sha256=sha256, base=base, etag=etag, at=at.isoformat()))

    def settle(self, one: EditedFile, at: datetime) -> None:
        """What it holds now is being taken back: nobody is asked about that again.

        It is kept for a while from now: the transfer that reads it may still have to wait.
        """
        with disk_trouble(one.path):
            self._note(replace(one, sha256=_digest(one.file), at=at.isoformat()))

    def tidy(self, at: datetime, *, needed: Collection[Path] = ()) -> None:
        """Delete old copies that hold nothing new, and what was left of one never finished.

        What is `needed` still stays: a transfer that waits for long has yet to read it.
        """
        held = {one.path for one in self.changed()} | {str(one) for one in needed}
        oldest = at - KEPT_FOR
        for one in self.all():
            old = one.path not in held and one.at < oldest.isoformat()
            if old and not _has_others(one.file):
                shutil.rmtree(one.file.parent, ignore_errors=True)
        with disk_trouble(self._folder):
            for place in self._folder.iterdir() if self._folder.is_dir() else ():
                # No program was given a copy before there was a note of it.
                if not (place / NOTE).exists() and place.stat().st_mtime < oldest.timestamp():
                    shutil.rmtree(place, ignore_errors=True)

    def _worked_on(self, asset: Asset, original: Path) -> EditedFile | None:
        of_it = [one for one in self._read() if one.asset == asset.id and one.file.is_file()]
        for one in sorted(of_it, key=lambda one: one.at):
            now = _digest(one.file)
            if now != one.sha256 or now == _digest(original):
                return one
        return None

    def _read(self) -> Iterator[EditedFile]:
        for note in self._folder.glob(f"*/{NOTE}") if self._folder.is_dir() else ():
            try:
                one = EditedFile(**json.loads(note.read_text()))
            except (TypeError, ValueError):
                continue
            # A profile may have been moved; the file lies beside its note.
            yield replace(one, path=str(note.with_name(one.file.name)))

    def _note(self, one: EditedFile) -> None:
        note = one.file.with_name(NOTE)
        draft = note.with_suffix(".part")
        with draft.open("w") as file:
            json.dump(asdict(one), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(note)


def _has_others(file: Path) -> bool:
    """Did a program put something beside the copy, saved under another name?"""
    ours = {file.name, NOTE, STILL, Path(NOTE).with_suffix(".part").name}
    with disk_trouble(file):
        return any(one.name not in ours for one in file.parent.iterdir())


def _digest(path: Path, kind: str = "sha256") -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, kind).hexdigest()
