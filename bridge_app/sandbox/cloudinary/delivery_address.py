"""Where a delivery URL leads: which cloud, by path or by host name, and which kind of asset.

Source: reference/cloudinary.md 1.3 and 8.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

KINDS = frozenset({"image", "video", "raw"})
ALIASES = {
    "images": ("image", "upload"),
    "private_images": ("image", "private"),
    "authenticated_images": ("image", "authenticated"),
    "videos": ("video", "upload"),
    "files": ("raw", "upload"),
}
"""Words that promise a descriptive ending behind the public ID, which search engines like."""
SHORT = {"iu": ("image", "upload")}
PRIVATE_HOST = re.compile(r"([a-z0-9_-]+?)(?:-res(?:-\d)?\..+|\.localhost)")
"""`CLOUD-res.…` with or without a number, and `CLOUD.localhost`."""
PORT = re.compile(r":\d+$")


@dataclass(frozen=True, slots=True)
class Address:
    """`segments` follow the delivery type, still escaped; an empty one is never among them."""

    cloud_name: str
    resource_type: str
    delivery_type: str
    segments: tuple[str, ...]


def address_of(
    path: str, host: str, hosts: Mapping[str, str], clouds: Mapping[str, object]
) -> Address | None:
    """What a URL asks for; None when it can be no delivery URL.

    Args:
        path: As it came, escaped; doubled slashes collapse.
        host: The `Host` header.
        hosts: Host name -> the cloud it belongs to.
        clouds: By name; host names do not tell large letters from small ones.
    """
    segments = [part for part in path.split("/") if part]
    cloud_name = _cloud_of_host(PORT.sub("", host).lower(), hosts, clouds)
    if not cloud_name:
        if len(segments) < 2:
            return None
        cloud_name, segments = segments[0], segments[1:]
    first, rest = (segments[0], segments[1:]) if segments else ("", [])
    if first in KINDS | {"any"}:
        if len(rest) < 2:
            return None
        return Address(cloud_name, first, rest[0], tuple(rest[1:]))
    if first in ALIASES and len(rest) >= 2:
        return Address(cloud_name, *ALIASES[first], tuple(_without_suffix(rest)))
    if first in SHORT and rest:
        return Address(cloud_name, *SHORT[first], tuple(rest))
    return Address(cloud_name, "image", "upload", tuple(segments)) if segments else None


def _cloud_of_host(host: str, hosts: Mapping[str, str], clouds: Mapping[str, object]) -> str:
    """The cloud that has a host for itself; empty for a host that all share."""
    if host in hosts:
        return hosts[host]
    named = PRIVATE_HOST.fullmatch(host)
    wanted = named[1] if named else ""
    return next((name for name in clouds if name.lower() == wanted), "")


def _without_suffix(segments: list[str]) -> list[str]:
    """The asset without its descriptive ending, whose extension is the asset's."""
    *before, name, suffix = segments
    _, dot, extension = suffix.rpartition(".")
    return [*before, f"{name}.{extension}" if dot else name]
