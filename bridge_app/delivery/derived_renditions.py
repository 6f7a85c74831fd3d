"""Renditions made in the cloud before anybody asks for them, and widths measured there.

Source: reference/cloudinary.md, 3.2 (eager), 3.5 (explicit) and 10 (breakpoints).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cloudinary.api
import cloudinary.uploader

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.asset_answers import (
    cursor_in,
    items,
    misunderstood,
    object_of,
    text_in,
)
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, RefusedByServiceError

if TYPE_CHECKING:
    from bridge_app.transform.breakpoints import Breakpoint, BreakpointRules

Call = Callable[..., Mapping[str, Any]]
PAGE = 100
"""Derived assets listed by one call."""
IN_THE_BACKGROUND = {"video": {"eager_async": True}}
"""What asks for derived files of a resource type without waiting for them."""
Wanted = tuple[str, str]
"""A transformation, and the extension it is delivered with ("" for none)."""


class StillMakingError(BridgeError):
    """The service took the wish, and makes them in the background."""

    text = QT_TRANSLATE_NOOP("errors", "Cloudinary is still making the renditions of {name}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFile:
    """A derived asset. Pixels and bytes are 0 where they are not known yet."""

    transformation: str
    format: str
    url: str
    width: int
    height: int
    bytes: int


class DerivedRenditions:
    """Those of one environment's assets. Methods block, on any thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.environment = credentials.account.environment

    def there(self, asset_id: str, wanted: Sequence[Wanted]) -> dict[Wanted, DerivedFile]:
        """Which of these were derived of an asset already; of those, pixels are not known."""
        return {pair: _file(told, *pair) for told, pair in self._derived(asset_id, wanted)}

    def _derived(
        self, asset_id: str, wanted: Sequence[Wanted]
    ) -> Iterator[tuple[Mapping[str, Any], Wanted]]:
        """What the service tells of those of these that it has."""
        names = {
            _name(transformation, form): (transformation, form) for transformation, form in wanted
        }
        cursor: str | None = None
        while True:
            page = {"derived_next_cursor": cursor} if cursor else {}
            reply = self._ask(
                cloudinary.api.resource_by_asset_id, asset_id, max_results=PAGE, **page
            )
            derived = items(reply, "derived") if "derived" in reply else ()
            for one in (told for told in derived if isinstance(told, Mapping)):
                name = text_in(one, "transformation")
                pair = names.get(name) or names.get(_name(name, text_in(one, "format")))
                if pair is not None:
                    yield one, pair
            cursor = cursor_in(reply, cursor, name="derived_next_cursor")
            if not cursor:
                return

    def make(self, copy: CloudCopy, wanted: Sequence[Wanted]) -> tuple[DerivedFile, ...]:
        """Make these now, in the order given; each is billed, also if it is there already.

        Raises RefusedByServiceError for the first that cannot be made; the others are made then.
        Films take longer than anybody waits for an answer: StillMakingError, and what `there`
        tells later.
        """
        reply = self._ask(
            cloudinary.uploader.explicit,
            copy.public_id,
            resource_type=copy.resource_type,
            type=copy.delivery_type,
            **eager_wish(copy.resource_type, wanted),
        )
        told = [one for one in items(reply, "eager") if isinstance(one, Mapping)]
        if len(told) != len(wanted):
            raise misunderstood("it does not tell of every rendition that was asked for")
        for one in told:
            if one.get("status") == "failed":
                raise RefusedByServiceError(service=SERVICE, detail=text_in(one, "reason"))
        if any(one.get("status") == "processing" for one in told):
            raise StillMakingError(name=copy.public_id)
        return tuple(_file(one, *pair) for one, pair in zip(told, wanted, strict=True))

    def delete(self, copy: CloudCopy, transformation: str, form: str) -> None:
        """Delete what is derived so, and drop all copies of the asset on the CDN.

        What is not there stays so.
        """
        found = self._derived(copy.asset_id, [(transformation, form)])
        ids = [text_in(told, "id") for told, _ in found]
        if ids:
            self._ask(cloudinary.api.delete_derived_resources, ids)
        self._ask(
            cloudinary.uploader.explicit,
            copy.public_id,
            resource_type=copy.resource_type,
            type=copy.delivery_type,
            invalidate=True,
        )

    def breakpoints(
        self, copy: CloudCopy, transformation: str, form: str, rules: "BreakpointRules"
    ) -> "tuple[Breakpoint, ...]":
        """The widths that the service measures, the widest first; nothing derived is kept."""
        # The package loads libvips, which a start must not wait for.
        from bridge_app.transform.breakpoints import Breakpoint  # noqa: PLC0415

        reply = self._ask(
            cloudinary.uploader.explicit,
            copy.public_id,
            resource_type=copy.resource_type,
            type=copy.delivery_type,
            responsive_breakpoints=[
                {
                    "create_derived": False,
                    "min_width": rules.min_width,
                    "max_width": rules.max_width,
                    "bytes_step": rules.bytes_step,
                    "max_images": rules.max_images,
                    **({"format": form} if form else {}),
                    **(
                        {"transformation": {"raw_transformation": transformation}}
                        if transformation
                        else {}
                    ),
                }
            ],
        )
        groups = [one for one in items(reply, "responsive_breakpoints") if isinstance(one, Mapping)]
        if not groups:
            raise misunderstood("it tells of no breakpoints")
        return tuple(
            Breakpoint(width=_number(one, "width"), bytes=_number(one, "bytes"))
            for one in items(groups[0], "breakpoints")
            if isinstance(one, Mapping)
        )

    def _ask(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        with cloudinary_errors():
            return object_of(lambda: call(*values, **options, **self._credentials.options()))


def eager_wish(resource_type: str, wanted: Sequence[Wanted]) -> dict[str, object]:
    """Parameters that have these made; of films in the background."""
    eager = [_eager(transformation, form) for transformation, form in wanted]
    return {"eager": eager, **IN_THE_BACKGROUND.get(resource_type, {})}


def made_in(reply: Mapping[str, Any], wanted: Sequence[Wanted]) -> dict[Wanted, DerivedFile]:
    """What an upload's answer tells of those that were asked for with it; the failed are left."""
    told = items(reply, "eager") if "eager" in reply else ()
    return {
        pair: _file(one, *pair)
        for one, pair in zip(told, wanted, strict=False)
        if isinstance(one, Mapping) and one.get("status") != "failed"
    }


def _name(transformation: str, form: str) -> str:
    """Listings write the extension behind the transformation or beside it."""
    ending = f"/{form}" if form and not transformation.endswith(f"/{form}") else ""
    return f"{transformation}{ending}"


def _eager(transformation: str, form: str) -> dict[str, str]:
    wanted = {"raw_transformation": transformation}
    return wanted | {"format": form} if form else wanted


def _file(told: Mapping[str, Any], transformation: str, form: str) -> DerivedFile:
    return DerivedFile(
        transformation=transformation,
        format=form or text_in(told, "format"),
        url=text_in(told, "secure_url") or text_in(told, "url"),
        width=_number(told, "width"),
        height=_number(told, "height"),
        bytes=_number(told, "bytes"),
    )


def _number(told: Mapping[str, Any], name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
