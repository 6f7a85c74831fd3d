"""Masters that live at another service: fetched by Cloudinary itself, or streamed through.

What is new is locked until it was verified, so that nobody sees bytes that nobody approved.
Source: reference/cloudinary.md 3.2, 3.3 and 12; reference/photoshelter.md 7.3.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import cloudinary.api
import cloudinary.uploader

from bridge_app.delivery.access import DeliveryAccess, rules_json
from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.asset_answers import misunderstood, object_of
from bridge_app.delivery.content import PART
from bridge_app.delivery.delivered import (
    asset_answer,
    context_value,
    delivered_copy,
    placing,
    wishes,
)
from bridge_app.delivery.errors import WrongBytesArrivedError, cloudinary_errors
from bridge_app.delivery.large_uploads import Escort, patient, send_in_parts, upload_key
from bridge_app.delivery.streamed_masters import (
    LargeMaster,
    Opened,
    OtherBytesCameError,
    StreamedMaster,
)
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.cloud import AccessRule, FolderMode
from bridge_app.domain.errors import BridgeError, RefusedByServiceError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.push_policies import Moderated
from bridge_app.domain.retractions import LOCKED, OPEN

CONTENT_KEY = "bridge_content"
"""The contextual metadata key under which our name of the content travels along."""
LINK = re.compile(r"https?://\S+")
NOT_LOADED = re.compile(r"error in loading", re.IGNORECASE)


class LinkNotLoadedError(RefusedByServiceError):
    """Cloudinary cannot fetch what the link gives; it can still be streamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceOrder:
    """One master to bring to Cloudinary: where to, as what, and how to know it again.

    `content` names what was approved, and travels along; `bytes` is its size and `stated` its
    checksum as its service tells it ("md5:…", "sha1:…" or ""). `access` are the rules it has in
    the end, none for everybody. `replaces` says that an earlier version is there that people see.
    """

    name: str
    content: str
    bytes: int
    stated: str
    public_id: str
    resource_type: str
    delivery_type: str = "upload"
    folder: str = ""
    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, FieldValue] = field(default_factory=dict)
    moderated: str = Moderated.NO
    preset: str | None = None
    display_name: str = ""
    access: tuple[AccessRule, ...] = ()
    replaces: bool = False
    overwrite: bool = False

    @property
    def is_large(self) -> bool:
        """Does it go in parts when it is streamed?"""
        return self.bytes > PART

    @property
    def stated_md5(self) -> str:
        """The MD5 that its service states, in hex, or ""."""
        algorithm, _, digest = self.stated.partition(":")
        return digest.lower() if algorithm == "md5" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What is at an order's place; `md5` is what the bytes must have, "" if nobody stated it.

    `locked` says that nobody can see it.
    """

    copy: CloudCopy
    md5: str
    locked: bool

    def is_right(self, order: ReferenceOrder) -> bool:
        """Are these the bytes of the order, as far as anybody can tell?"""
        same = not (self.md5 and self.copy.etag) or self.copy.etag == self.md5
        return self.copy.bytes == order.bytes and same

    @property
    def verified_by(self) -> str:
        """How sure that is: md5, or its size alone."""
        return "md5" if self.md5 and self.copy.etag else "size"


class ReferenceUploads:
    """One environment. Methods block, run on any worker thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._access = DeliveryAccess(credentials)
        self.environment = credentials.account.environment

    def found(self, order: ReferenceOrder, md5: str = "") -> Arrived | None:
        """What is at the order's public ID, if it came from this content."""
        there = self._there(order)
        if there is None or context_value(there, CONTENT_KEY) != order.content:
            return None
        return self._arrived(there, order, md5)

    def content_at(self, order: ReferenceOrder) -> str | None:
        """The content that what is at the public ID came from; "" if it was not us, or None."""
        there = self._there(order)
        return None if there is None else context_value(there, CONTENT_KEY)

    def has_begun(self, order: ReferenceOrder, escort: Escort) -> bool:
        """Were parts of this upload acknowledged before?"""
        key = upload_key(self.environment, order.content, self._parameters(order))
        return order.is_large and escort.log.find(key) is not None

    def by_link(self, order: ReferenceOrder, url: str, *, md5: str = "") -> Arrived | None:
        """Let the service fetch it; None if other content has that public ID.

        The address is a key to the master: no error repeats it. Raises LinkNotLoadedError where
        the service cannot have it.
        """
        try:
            reply = self._asset(
                lambda: cloudinary.uploader.upload(
                    url,
                    **self._parameters(order),
                    **patient(self._credentials.options(), order.bytes),
                )
            )
        except BridgeError as error:
            raise _without_links(error) from None
        return self._taken(reply, order, md5)

    def streamed(self, order: ReferenceOrder, opened: Opened, escort: Escort) -> Arrived | None:
        """Send what `opened` gives; None if other content has that public ID."""
        made: list[StreamedMaster] = []
        large = self._large(order, made, opened)
        escort.report(0, order.bytes)
        try:
            reply = send_in_parts(large, escort) if order.is_large else self._whole(large, escort)
        except OtherBytesCameError:
            # What was sent before may be of other bytes as well.
            escort.log.forget(large.key)
            raise
        return self._taken(reply, order, made[-1].md5)

    def _whole(self, master: LargeMaster, escort: Escort) -> Mapping[str, Any]:
        """Send it in one request."""
        with master.opened(escort.report) as content:
            return self._asset(
                lambda: cloudinary.uploader.upload(
                    (master.name, content.part(content.size)),
                    **master.parameters,
                    **master.options(),
                )
            )

    def settled(self, order: ReferenceOrder, arrived: Arrived) -> CloudCopy:
        """Let people see it by the order's rules, if it is right.

        Raises WrongBytesArrivedError if it is not; then nobody sees it.
        """
        copy = arrived.copy
        if not arrived.is_right(order):
            self.withheld(arrived)
            raise WrongBytesArrivedError(
                service=SERVICE, name=order.name, etag=copy.etag, md5=arrived.md5, detail=""
            )
        if order.access == LOCKED:
            self.withheld(arrived)
        elif arrived.locked:
            self._access.put(copy, order.access)
        return copy

    def withheld(self, arrived: Arrived) -> None:
        """See to it that nobody sees it."""
        if not arrived.locked:
            self._access.put(arrived.copy, LOCKED)

    def _there(self, order: ReferenceOrder) -> Mapping[str, Any] | None:
        with cloudinary_errors():
            try:
                there = object_of(
                    lambda: cloudinary.api.resource(
                        order.public_id,
                        resource_type=order.resource_type,
                        type=order.delivery_type,
                        **self._credentials.options(),
                    )
                )
            except cloudinary.api.NotFound:
                return None
        return asset_answer(there)

    def _asset(self, call: Callable[[], object]) -> Mapping[str, Any]:
        with cloudinary_errors():
            return asset_answer(object_of(call))

    def _taken(self, reply: Mapping[str, Any], order: ReferenceOrder, md5: str) -> Arrived | None:
        if reply.get("existing") and context_value(reply, CONTENT_KEY) != order.content:
            return None
        return self._arrived(reply, order, md5)

    def _arrived(self, reply: Mapping[str, Any], order: ReferenceOrder, md5: str) -> Arrived:
        locked = _is_locked(reply.get("access_control") or [])
        copy = delivered_copy(reply, environment=self.environment, content=order.content)
        return Arrived(copy=copy, md5=md5 or order.stated_md5, locked=locked)

    def _large(
        self, order: ReferenceOrder, made: list[StreamedMaster], opened: Opened
    ) -> LargeMaster:
        def master(report: Callable[[int, int], None]) -> StreamedMaster:
            stream = StreamedMaster(
                order.name, order.bytes, opened, stated=order.stated, report=report
            )
            made.append(stream)
            return stream

        return LargeMaster(
            name=order.name,
            content=order.content,
            bytes=order.bytes,
            environment=self.environment,
            parameters=self._parameters(order),
            options=self._credentials.options,
            made=master,
        )

    def _parameters(self, order: ReferenceOrder) -> dict[str, object]:
        """Upload parameters. What nobody has seen yet is locked until it is verified."""
        rules = (order.access or OPEN) if order.replaces else LOCKED
        fixed = self._credentials.account.folder_mode is FolderMode.FIXED
        found = {
            **placing(order, fixed_folders=fixed),
            "context": {**order.context, CONTENT_KEY: order.content},
            **wishes(order),
            "access_control": rules_json(rules),
        }
        return {name: value for name, value in found.items() if value is not None}


def _is_locked(rules: object) -> bool:
    """Do these rules of an answer let nobody see the asset?"""
    if not isinstance(rules, list) or not all(isinstance(one, Mapping) for one in rules):
        raise misunderstood("access_control")
    return bool(rules) and all(one.get("access_type") == "token" for one in rules)


def _without_links(error: BridgeError) -> BridgeError:
    """The same trouble, without any address in its words."""
    told = str(error.facts.get("detail", ""))
    if "://" not in told:
        return error
    detail = LINK.sub("the link", told)
    if NOT_LOADED.search(told):
        return LinkNotLoadedError(service=SERVICE, detail=detail)
    return type(error)(**{**error.facts, "detail": detail})
