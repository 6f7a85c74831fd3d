"""Masters on their way to Cloudinary, through the official SDK."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.connections import SERVICE
from bridge_app.delivery.content import CHUNK, WHOLE_BELOW, ApprovedReader, approved_bytes
from bridge_app.delivery.errors import WrongBytesArrivedError, cloudinary_errors
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.errors import RefusedByServiceError, ServiceTroubleError

DIGEST_KEY = "sha256"
"""The contextual metadata key under which our SHA-256 travels along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOrder:
    """One master to send: where to, as what, and how to know it again.

    `overwrite` False never replaces what is there.
    """

    path: Path
    name: str
    public_id: str
    resource_type: str
    sha256: str
    md5: str
    bytes: int
    folder: str = ""
    tags: tuple[str, ...] = ()
    preset: str | None = None
    overwrite: bool = False


class CloudinaryEnvironment:
    """One product environment. Methods block, run on any worker thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.account = credentials.account
        self.environment = credentials.account.environment

    def ping(self) -> None:
        """Ask whether the service is there and takes the key."""
        with cloudinary_errors():
            cloudinary.api.ping(**self._credentials.options())

    def holds(self, order: UploadOrder) -> CloudCopy | None:
        """The copy at the order's public ID, if it is exactly this content."""
        found = self._found(order)
        return self._copy(found, order) if found and self._is_same(found, order) else None

    def content_at(self, order: UploadOrder) -> str | None:
        """The SHA-256 that the content at the public ID came with.

        "" if it came without one: somebody else's; None if nothing is there.
        """
        found = self._found(order)
        return None if found is None else _digest(found)

    def _found(self, order: UploadOrder) -> Mapping[str, Any] | None:
        with cloudinary_errors():
            try:
                found: Mapping[str, Any] = cloudinary.api.resource(
                    order.public_id,
                    resource_type=order.resource_type,
                    media_metadata=True,
                    **self._credentials.options(),
                )
            except cloudinary.api.NotFound:
                return None
        return found

    def upload(self, order: UploadOrder, *, report: Callable[[int, int], None]) -> CloudCopy | None:
        """Send the master and check what arrived; None if other content has that public ID.

        `report(done, total)` is called with bytes between parts and may raise to stop.
        """
        report(0, order.bytes)
        with cloudinary_errors():
            reply = self._send(order, report)
        if reply.get("existing"):
            return self._copy(reply, order) if self._is_same(reply, order) else None
        if reply.get("etag") != order.md5:
            raise WrongBytesArrivedError(
                service=SERVICE, name=order.name, etag=reply.get("etag"), md5=order.md5, detail=""
            )
        return self._copy(reply, order)

    def _send(self, order: UploadOrder, report: Callable[[int, int], None]) -> Mapping[str, Any]:
        options = {**_parameters(order), **self._credentials.options()}
        if order.bytes < WHOLE_BELOW:
            content = io.BytesIO(approved_bytes(order.path, order.sha256))
            reply = cloudinary.uploader.upload(content, filename=order.name, **options)
        else:
            with ApprovedReader(order.path, order.sha256, report) as reader:
                reply = cloudinary.uploader.upload_large(
                    reader, filename=order.name, chunk_size=CHUNK, **options
                )
        if not isinstance(reply, Mapping) or "public_id" not in reply:
            raise ServiceTroubleError(service=SERVICE, detail="its answer names no asset")
        return reply

    def _is_same(self, found: Mapping[str, Any], order: UploadOrder) -> bool:
        """SHA-256 decides; an equal MD5 alone never does, a different one always."""
        return (
            _digest(found) == order.sha256
            and found.get("bytes") == order.bytes
            and found.get("etag", order.md5) == order.md5
        )

    def _copy(self, reply: Mapping[str, Any], order: UploadOrder) -> CloudCopy:
        try:
            return CloudCopy(
                environment=self.environment,
                public_id=str(reply["public_id"]),
                resource_type=str(reply["resource_type"]),
                delivery_type=str(reply["type"]),
                version=int(reply["version"]),
                asset_id=str(reply["asset_id"]),
                format=str(reply.get("format") or ""),
                etag=str(reply.get("etag") or order.md5),
                sha256=order.sha256,
                bytes=int(reply["bytes"]),
                url=str(reply.get("secure_url") or reply.get("url") or ""),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise RefusedByServiceError(
                service=SERVICE, detail=f"its answer lacks {error}"
            ) from error


def _digest(found: Mapping[str, Any]) -> str:
    """The SHA-256 that travelled along with the content; "" without one."""
    return str(((found.get("context") or {}).get("custom") or {}).get(DIGEST_KEY, ""))


def _parameters(order: UploadOrder) -> dict[str, object]:
    """Upload parameters that mean the same in both folder modes. Source: reference, 3.2 and 7."""
    found: dict[str, object] = {
        "public_id": order.public_id,
        "resource_type": order.resource_type,
        "overwrite": order.overwrite,
        "invalidate": order.overwrite,
        "context": {DIGEST_KEY: order.sha256},
        "display_name": order.public_id.rpartition("/")[2],
        "asset_folder": order.folder or None,
        "tags": list(order.tags) or None,
        "upload_preset": order.preset,
    }
    return {name: value for name, value in found.items() if value is not None}
