"""Masters on their way to Cloudinary, through the official SDK."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader
from cloudinary.utils import build_upload_params, encode_context, now

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.content import IN_MEMORY_BELOW, PART, ApprovedFile, approved_bytes
from bridge_app.delivery.delivered import (
    asset_answer,
    context_value,
    delivered_copy,
    placing,
    wishes,
)
from bridge_app.delivery.derived_renditions import Wanted, eager_wish, made_in
from bridge_app.delivery.drawn_coordinates import NOTHING_DRAWN, DrawnCoordinates
from bridge_app.delivery.errors import (
    PresetChangesFilesError,
    WrongBytesArrivedError,
    cloudinary_errors,
)
from bridge_app.delivery.large_uploads import Escort, LargeFile, send_in_parts
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.errors import BridgeError, RefusedByServiceError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.push_policies import Moderated

DIGEST_KEY = "sha256"
"""The contextual metadata key under which our SHA-256 travels along."""
OF_EACH_FILE = ("public_id", "display_name", "context")
"""Upload parameters that differ between the files of a push."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOrder:
    """One master to send: where to, as what, and how to know it again.

    `overwrite` False never replaces what is there. `folder` and `display_name` are sent where
    the environment has dynamic folders. `access` is the `access_control` of the reference, 12.
    What is `eager` is made as it arrives; `drawn` are boxes that people drew on it.
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
    display_name: str = ""
    context: tuple[tuple[str, str], ...] = ()
    access: tuple[Mapping[str, str], ...] = ()
    delivery_type: str = "upload"
    metadata: Mapping[str, FieldValue | float] = field(default_factory=dict)
    moderated: str = Moderated.NO
    drawn: DrawnCoordinates = NOTHING_DRAWN
    eager: tuple[Wanted, ...] = ()

    @property
    def is_large(self) -> bool:
        """Does it go in parts?"""
        return self.bytes > PART


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteOrder:
    """A file for the service to fetch by itself; no byte of it passes through this machine.

    `url` is http, https, ftp, s3 or gs; `resource_type` may be auto.
    """

    url: str
    public_id: str
    resource_type: str = "auto"
    delivery_type: str = "upload"
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
        self._shared: tuple[str, dict[str, object]] = ("", {})

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
        return None if found is None else context_value(found, DIGEST_KEY)

    def _found(self, order: UploadOrder) -> Mapping[str, Any] | None:
        with cloudinary_errors():
            try:
                found = cloudinary.api.resource(
                    order.public_id,
                    resource_type=order.resource_type,
                    type=order.delivery_type,
                    media_metadata=True,
                    **self._credentials.options(),
                )
            except cloudinary.api.NotFound:
                return None
        return asset_answer(found)

    def has_begun(self, order: UploadOrder, escort: Escort) -> bool:
        """Were parts of this upload acknowledged before?"""
        return order.is_large and escort.log.find(self._large(order).key) is not None

    def upload(self, order: UploadOrder, escort: Escort) -> CloudCopy | None:
        """Send the master and check what arrived; None if other content has that public ID."""
        escort.report(0, order.bytes)
        reply = asset_answer(self._send(order, escort))
        if reply.get("existing"):
            return self._copy(reply, order) if self._is_same(reply, order) else None
        is_elsewhere = bool(order.preset) and reply.get("public_id") != order.public_id
        if reply.get("etag") != order.md5:
            # What else an answer may name is not ours to take away.
            is_ours = not order.overwrite and reply["public_id"] == order.public_id
            if is_elsewhere or is_ours:
                self._withdraw(reply)
            raise _wrong_bytes(reply, order)
        if order.overwrite and is_elsewhere:
            self._withdraw(reply)
            raise RefusedByServiceError(
                service=SERVICE, detail=f"the upload preset puts it at {reply.get('public_id')}"
            )
        copy = self._copy(reply, order)
        if order.eager:
            escort.derived(copy, made_in(reply, order.eager))
        return copy

    def _withdraw(self, reply: Mapping[str, Any]) -> None:
        """What arrived just now, and took nobody's place, does not stay."""
        with suppress(BridgeError), cloudinary_errors():
            cloudinary.uploader.destroy(
                reply["public_id"],
                resource_type=reply.get("resource_type", "image"),
                type=reply.get("type", "upload"),
                invalidate=True,
                **self._credentials.options(),
            )

    def upload_from(self, order: RemoteOrder) -> Mapping[str, Any]:
        """Let the service fetch a file; its answer, as the reference, 3.3, describes it.

        The answer has `existing` where `overwrite` is False and something is there already.
        """
        said = {
            "public_id": self._placed(order) or None,
            "resource_type": order.resource_type,
            "type": order.delivery_type,
            "overwrite": order.overwrite,
            "tags": list(order.tags) or None,
            "upload_preset": order.preset,
            "asset_folder": (not self._is_fixed() and order.folder) or None,
        }
        given = {name: value for name, value in said.items() if value is not None}
        with cloudinary_errors():
            reply = cloudinary.uploader.upload(order.url, **given, **self._credentials.options())
        return asset_answer(reply)

    def _placed(self, order: RemoteOrder) -> str:
        """Where folders are fixed they are the beginning of the public ID."""
        is_inside = self._is_fixed() and order.folder and order.public_id
        return f"{order.folder}/{order.public_id}" if is_inside else order.public_id

    def _send(self, order: UploadOrder, escort: Escort) -> Mapping[str, Any]:
        if order.is_large:
            return send_in_parts(self._large(order), escort)
        options = {**self._credentials.options(), "resource_type": order.resource_type}
        params = self._built(self._parameters(order))
        reply: Mapping[str, Any]
        if order.bytes < IN_MEMORY_BELOW:
            file = (order.name, approved_bytes(order.path, order.sha256))
            with cloudinary_errors():
                reply = cloudinary.uploader.call_api("upload", params, file=file, **options)
            return reply
        with ApprovedFile(order.path, order.sha256, escort.report) as content, cloudinary_errors():
            part = (order.name, content.part(content.size))
            reply = cloudinary.uploader.call_api("upload", params, file=part, **options)
        return reply

    def _built(self, parameters: Mapping[str, object]) -> dict[str, object]:
        """Parameters as the SDK sends them, as `build_upload_params` of it all would make them.

        It takes a fifth of the work of a small upload; what all files of a push share is built
        once.
        """
        shared = {name: value for name, value in parameters.items() if name not in OF_EACH_FILE}
        said = repr(shared)
        built = self._shared
        if built[0] != said:
            self._shared = built = (said, build_upload_params(**shared))
        own = {name: parameters[name] for name in OF_EACH_FILE if name in parameters}
        own["context"] = encode_context(own.get("context"))
        return {**built[1], **own, "timestamp": now()}

    def _large(self, order: UploadOrder) -> LargeFile:
        return LargeFile(
            path=order.path,
            name=order.name,
            sha256=order.sha256,
            bytes=order.bytes,
            environment=self.environment,
            parameters=self._parameters(order),
            options=self._credentials.options,
        )

    def _is_fixed(self) -> bool:
        return self.account.folder_mode is FolderMode.FIXED

    def _parameters(self, order: UploadOrder) -> dict[str, object]:
        """Upload parameters. Source: reference, 3.2."""
        found = {
            **placing(order, fixed_folders=self._is_fixed()),
            "context": {**dict(order.context), DIGEST_KEY: order.sha256},
            "access_control": [dict(rule) for rule in order.access] or None,
            **wishes(order),
            **order.drawn.parameters(),
            **(eager_wish(order.resource_type, order.eager) if order.eager else {}),
        }
        return {name: value for name, value in found.items() if value is not None}

    def _is_same(self, found: Mapping[str, Any], order: UploadOrder) -> bool:
        """SHA-256 decides; an equal MD5 alone never does, a different one always."""
        return (
            context_value(found, DIGEST_KEY) == order.sha256
            and found.get("bytes") == order.bytes
            and found.get("etag", order.md5) == order.md5
        )

    def _copy(self, reply: Mapping[str, Any], order: UploadOrder) -> CloudCopy:
        return delivered_copy(
            reply, environment=self.environment, content=order.sha256, etag=order.md5
        )


def _wrong_bytes(reply: Mapping[str, Any], order: UploadOrder) -> BridgeError:
    """What arrived is not what was sent."""
    if order.preset:
        return PresetChangesFilesError(service=SERVICE, preset=order.preset, detail="")
    return WrongBytesArrivedError(
        service=SERVICE, name=order.name, etag=reply.get("etag"), md5=order.md5, detail=""
    )
