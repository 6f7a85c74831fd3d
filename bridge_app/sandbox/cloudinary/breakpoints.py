"""Responsive breakpoints: widths whose files differ by enough bytes to be worth having.

Source: reference/cloudinary.md 10 and 9.14. The service measures; here the sizes of the widest and
the narrowest file are measured, and those between are taken to grow with the area.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.derivations import Derivations, text_to_render
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, delivery_url
from bridge_app.sandbox.records import StoredAsset
from bridge_app.transform import TransformationError, output_size, parse

AUTOMATIC = re.compile(
    r"w_auto:breakpoints(?:_(\d{1,9})_(\d{1,9})_(\d{1,9})_(\d{1,9}))?(?::\d+)?:json", re.IGNORECASE
)
KILOBYTE = 1_000
MOST_IMAGES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One request: widths from `min_width` to `max_width` pixels, `bytes_step` bytes apart."""

    create_derived: bool = False
    transformation: str = ""
    format: str = ""
    min_width: int = 50
    max_width: int = 1000
    bytes_step: int = 20_000
    max_images: int = 20


def wanted_breakpoints(params: Params) -> list[Wanted]:
    """What the parameter `responsive_breakpoints` asks for: one JSON object, or an array of them.

    Raises:
        CloudinaryError: 400, it is neither, or a value is wrong.
    """
    text = params.text("responsive_breakpoints")
    if not text:
        return []
    try:
        parsed = parsed_json(text)
        given = parsed if isinstance(parsed, list) else [parsed]
        return [_wanted(one) for one in given]
    except (ValueError, TypeError, AttributeError) as error:
        raise bad_request("Invalid value for responsive_breakpoints") from error
    except TransformationError as error:
        raise bad_request(error.cloudinary or "Invalid transformation") from error


def _wanted(given: dict[str, Any]) -> Wanted:
    """One request, with the values that were given and the defaults of the others."""
    numbers = {
        name: int(given[name])
        for name in ("min_width", "max_width", "bytes_step", "max_images")
        if given.get(name) not in {None, ""}
    }
    transformation = str(given.get("transformation") or "")
    parse(transformation)
    return Wanted(
        create_derived=str(given.get("create_derived", "")).lower() in {"true", "1"},
        transformation=transformation,
        format=str(given.get("format") or ""),
        **numbers,
    )


async def breakpoints_reply(
    cloud: Cloud, asset: StoredAsset, wanted: Iterable[Wanted], derivations: Derivations
) -> Json:
    """The key `responsive_breakpoints` of a reply, when anything was wanted."""
    groups = [await _group(cloud, asset, one, derivations) for one in wanted]
    return {"responsive_breakpoints": groups} if groups else {}


async def _group(
    cloud: Cloud, asset: StoredAsset, wanted: Wanted, derivations: Derivations
) -> Json:
    found = await cloud.in_thread(_found, cloud, asset, wanted)
    shown = []
    for width, height, size in found:
        chain = _chain(wanted.transformation, width)
        extension = wanted.format or asset.format
        if wanted.create_derived:
            await derivations.derive(cloud, asset, transformation=chain, extension=wanted.format)
        url = delivery_url(cloud, asset, transformation=chain, extension=extension)
        shown.append(
            {
                "transformation": f"c_scale,w_{width}",
                "width": width,
                "height": height,
                "bytes": size,
                "url": url,
                "secure_url": cloud.secured(url),
            }
        )
    group: Json = {"breakpoints": shown}
    return {"transformation": wanted.transformation, **group} if wanted.transformation else group


def breakpoint_widths(cloud: Cloud, asset: StoredAsset, transformation: str) -> list[int]:
    """The widths that `w_auto:breakpoints…:json` asks for; blocks.

    Raises:
        CloudinaryError: 400, that is not what is asked for.
    """
    asked = AUTOMATIC.search(transformation)
    if asked is None:
        raise bad_request(f"Invalid transformation: {transformation}")
    least, most, step, images = (int(one) if one else None for one in asked.groups())
    wanted = Wanted(
        min_width=least or 50,
        max_width=most or 1000,
        bytes_step=(step or 20) * KILOBYTE,
        max_images=images or 20,
    )
    return [width for width, _, _ in _found(cloud, asset, wanted)]


def _found(cloud: Cloud, asset: StoredAsset, wanted: Wanted) -> list[tuple[int, int, int]]:
    """Width, height and bytes of each file, the widest first; blocks."""
    if asset.width is None or asset.height is None:
        return []
    try:
        most = min(wanted.max_width, _whole_width(asset.width, asset.height, wanted))
        least = min(wanted.min_width, most)
        ends = [_measured(cloud, asset, wanted, width) for width in dict.fromkeys([most, least])]
        between = _between(ends, wanted)
        middle = [_measured(cloud, asset, wanted, width) for width in between]
    except (BridgeError, TransformationError) as error:
        raise bad_request(f"Invalid transformation: {wanted.transformation}") from error
    return [*ends[:1], *middle, *ends[1:]]


def _whole_width(width: int, height: int, wanted: Wanted) -> int:
    """How wide the picture is after the transformation."""
    return output_size(parse(wanted.transformation), width, height)[0]


def _measured(cloud: Cloud, asset: StoredAsset, wanted: Wanted, width: int) -> tuple[int, int, int]:
    text = text_to_render(_chain(wanted.transformation, width), wanted.format)
    made = cloud.decoder.render(cloud.content(asset), text)
    return made.width, made.height, len(made.data)


def _between(ends: Sequence[tuple[int, int, int]], wanted: Wanted) -> list[int]:
    """The widths between the widest and the narrowest, a step of bytes apart."""
    if len(ends) < 2:
        return []
    (most, _, large), (least, _, small) = ends
    steps = (large - small) // max(wanted.bytes_step, 1)
    count = min(steps, min(max(wanted.max_images, 3), MOST_IMAGES) - 1)
    widths = []
    for place in range(1, count):
        share = 1 - place / count
        widths.append(round(math.sqrt(least**2 + share * (most**2 - least**2))))
    return [width for width in dict.fromkeys(widths) if least < width < most]


def _chain(transformation: str, width: int) -> str:
    return "/".join(filter(None, [transformation, f"c_scale,w_{width}"]))
