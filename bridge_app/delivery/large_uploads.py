"""Large files go in parts, and go on after any interruption where the service last said yes.

Source: reference/cloudinary.md 3.4. The service knows an upload by the ID of our choice; ours is
on disk with every acknowledged part, so that a crash, a lost network or days in between cost at
most one part sent again. An upload the service has forgotten begins anew.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from cloudinary import uploader

from bridge_app.delivery.content import PART, ApprovedFile
from bridge_app.delivery.derived_renditions import DerivedFile, Wanted
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.delivery.sender import Part
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.errors import FileChangedError, RefusedByServiceError
from bridge_app.storage.uploads import UploadKey, UploadState

BYTES_EACH_SECOND = 10_000_000
"""The service is given a second for so many bytes of a whole file, after its last part."""


class UploadLog(Protocol):
    """Remembers how far uploads have come; on disk when a call returns."""

    def find(self, key: UploadKey) -> UploadState | None:
        """How far this one has come."""

    def put(self, key: UploadKey, state: UploadState, *, at: datetime) -> None:
        """The service has acknowledged this much."""

    def forget(self, key: UploadKey) -> None:
        """It has to begin anew."""


def _unheeded(_copy: CloudCopy, _made: Mapping[Wanted, DerivedFile]) -> None:
    """Nothing was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escort:
    """What goes along with an upload.

    `report(done, total)` is called with bytes and may raise to stop. `before_last` is called
    before the last part of a large file leaves, and raises if it may not. `advanced` is called
    when a part was acknowledged, `derived` with what was made as the file arrived.
    """

    report: Callable[[int, int], None]
    before_last: Callable[[], None]
    advanced: Callable[[], None]
    log: UploadLog
    now: Callable[[], datetime]
    derived: Callable[[CloudCopy, Mapping[Wanted, DerivedFile]], None] = _unheeded


class Content(Protocol):
    """Bytes that are read once, from their beginning to their end, while they are sent."""

    @property
    def size(self) -> int:
        """How many there are."""

    def __enter__(self) -> "Content":
        """Begin to read."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give back what reading took."""

    def pass_over(self, length: int) -> None:
        """Read what was sent by an earlier run."""

    def part(self, length: int) -> Part:
        """The next bytes, as content that the sender reads while it sends."""


class Sendable(Protocol):
    """What goes in parts: who it is, what is said with it, and how its bytes are come by."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    @property
    def bytes(self) -> int:
        """Its size."""

    @property
    def key(self) -> UploadKey:
        """The same for every run that would send the same content with the same words."""

    @property
    def part_bytes(self) -> int:
        """The size of every part but the last."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What is said with it."""

    @property
    def options(self) -> Callable[[], Mapping[str, Any]]:
        """The SDK's options, asked for each part."""

    def opened(self, report: Callable[[int, int], None]) -> Content:
        """Its bytes from the beginning."""


def upload_key(environment: str, content: str, parameters: Mapping[str, Any]) -> UploadKey:
    """The key of the upload that sends this content with these words."""
    said = json.dumps([content, parameters], sort_keys=True, default=str)
    identity = hashlib.sha256(said.encode()).hexdigest()
    return UploadKey(environment=environment, identity=identity, sha256=content)


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeFile:
    """A file to send in parts: what it must be, what is said with it, and the SDK's options.

    `options` is asked for each part: a login's token may be a new one after hours.
    """

    path: Path
    name: str
    sha256: str
    bytes: int
    environment: str
    parameters: Mapping[str, Any]
    options: Callable[[], Mapping[str, Any]]
    part_bytes: int = PART

    @property
    def key(self) -> UploadKey:
        """The same for every run that would send the same content with the same words."""
        return upload_key(self.environment, self.sha256, self.parameters)

    def opened(self, report: Callable[[int, int], None]) -> Content:
        """Its bytes, as long as they are the approved ones."""
        return ApprovedFile(self.path, self.sha256, report)


def send_in_parts(file: Sendable, escort: Escort) -> Mapping[str, Any]:
    """Send what the service has not acknowledged yet; its answer to the last part.

    Raises BridgeError. After FileChangedError nothing of it is remembered; after success it is
    remembered until the delivered copy is recorded.
    """
    known = escort.log.find(file.key)
    reply: Mapping[str, Any] | None = None
    try:
        if known is not None:
            reply = _resumed(file, known, escort)
        if reply is None:
            fresh = UploadState(upload_id=_new_id(), part_bytes=file.part_bytes)
            escort.log.put(file.key, fresh, at=escort.now())
            reply = _sent(file, fresh, escort)
    except FileChangedError:
        escort.log.forget(file.key)
        raise
    return reply


def _resumed(file: Sendable, known: UploadState, escort: Escort) -> Mapping[str, Any] | None:
    """Go on with an upload; None if the service does not know it any more."""
    try:
        reply = _sent(file, known, escort)
    except RefusedByServiceError:
        if known.sent == 0 or escort.log.find(file.key) != known:
            raise
        reply = {}
    if "asset_id" in reply:
        return reply
    escort.log.forget(file.key)
    return None


def _sent(file: Sendable, state: UploadState, escort: Escort) -> Mapping[str, Any]:
    """Send from where the state says to the end, one part after another."""
    reply: Mapping[str, Any] = {}
    with file.opened(escort.report) as content:
        if content.size != file.bytes:
            raise FileChangedError(name=file.name)
        content.pass_over(state.sent)
        while state.sent < content.size:
            length = min(state.part_bytes, content.size - state.sent)
            end = state.sent + length
            if end == content.size:
                escort.before_last()
            headers = {
                "X-Unique-Upload-Id": state.upload_id,
                "Content-Range": f"bytes {state.sent}-{end - 1}/{content.size}",
            }
            options = patient(file.options(), content.size if end == content.size else length)
            with cloudinary_errors():
                reply = uploader.upload_large_part(
                    (file.name, content.part(length)),
                    http_headers=headers,
                    **file.parameters,
                    **options,
                )
            state = replace(state, sent=end)
            if end < content.size:
                escort.log.put(file.key, state, at=escort.now())
                escort.advanced()
    return reply


def patient(options: Mapping[str, Any], size: int) -> dict[str, Any]:
    """The options with time for the service to put so many bytes together."""
    timeout_s = float(options.get("timeout") or 0) + size / BYTES_EACH_SECOND
    return {**options, "timeout": timeout_s}


def _new_id() -> str:
    return secrets.token_hex(16)
