"""What every upload says of its place, and what every answer tells of the asset that is there."""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.asset_answers import number_in, text_in
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, ServiceTroubleError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.push_policies import Moderated


class Placed(Protocol):
    """Whatever lies at a place of the service, or is to."""

    @property
    def public_id(self) -> str:
        """Its name there, with its folder in both folder modes."""

    @property
    def resource_type(self) -> str:
        """image, video, raw or, of what is to come, auto."""

    @property
    def delivery_type(self) -> str:
        """upload, private or authenticated."""


class Order(Placed, Protocol):
    """An order for an asset at a place; the names are those of the upload parameters."""

    @property
    def overwrite(self) -> bool:
        """May it replace what is there?"""

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags to set; none leaves those of a preset."""

    @property
    def preset(self) -> str | None:
        """The upload preset to use."""

    @property
    def folder(self) -> str:
        """The asset folder, where folders are dynamic."""

    @property
    def display_name(self) -> str:
        """What it is called there; "" for the last part of the public ID."""


class Wish(Protocol):
    """What an upload says of an asset beyond its place."""

    @property
    def metadata(self) -> Mapping[str, FieldValue | float]:
        """Values of structured fields by their external IDs."""

    @property
    def moderated(self) -> str:
        """A `Moderated`."""


def wishes(order: Wish) -> dict[str, object]:
    """Upload parameters of structured metadata and moderation. Source: reference, 6.3 and 11."""
    said = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in order.metadata.items()
        if value is not None
    }
    asked = None if order.moderated == Moderated.NO else order.moderated
    return {"metadata": said or None, "moderation": asked}


def placing(order: Order, *, fixed_folders: bool) -> dict[str, object]:
    """Upload parameters of the place; None where nothing is said. Source: reference, 3.2 and 7.

    Where folders are dynamic the asset is also put into its folder, and has a display name.
    A preset's folder would be put before the public ID, so with a preset ours is said as well.
    """
    found: dict[str, object] = {
        "public_id": order.public_id,
        "resource_type": order.resource_type,
        "type": order.delivery_type,
        "overwrite": order.overwrite,
        "invalidate": order.overwrite,
        "tags": list(order.tags) or None,
        "upload_preset": order.preset,
    }
    folder, _, last = order.public_id.rpartition("/")
    if order.preset and folder and fixed_folders:
        found |= {"folder": folder, "public_id": last}
    elif order.preset and folder:
        found["use_asset_folder_as_public_id_prefix"] = False
    if not fixed_folders:
        found["display_name"] = order.display_name or order.public_id.rpartition("/")[2]
        found["asset_folder"] = order.folder or None
    return found


def asset_answer(reply: object) -> Mapping[str, Any]:
    """An answer that names an asset. Raises ServiceTroubleError for any other."""
    named = isinstance(reply, Mapping) and all(
        isinstance(reply.get(name), str) for name in ("asset_id", "public_id")
    )
    if not named:
        raise ServiceTroubleError(
            service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "its answer names no asset")
        )
    return cast("Mapping[str, Any]", reply)


def delivered_copy(
    reply: Mapping[str, Any], *, environment: str, content: str, etag: str = ""
) -> CloudCopy:
    """The copy that an answer describes; `etag` if it tells none.

    Raises NotUnderstoodError if it lacks something: what is there is looked at again.
    """
    return CloudCopy(
        environment=environment,
        public_id=text_in(reply, "public_id", required=True),
        resource_type=text_in(reply, "resource_type", required=True),
        delivery_type=text_in(reply, "type", required=True),
        version=number_in(reply, "version"),
        asset_id=text_in(reply, "asset_id", required=True),
        format=text_in(reply, "format"),
        etag=text_in(reply, "etag") or etag,
        sha256=content,
        bytes=number_in(reply, "bytes"),
        url=text_in(reply, "secure_url") or text_in(reply, "url"),
    )


def context_value(found: Mapping[str, Any], key: str) -> str:
    """What travelled along with an asset under this key of its contextual metadata, or ""."""
    context = found.get("context")
    custom = context.get("custom") if isinstance(context, Mapping) else None
    return str(custom.get(key, "")) if isinstance(custom, Mapping) else ""
