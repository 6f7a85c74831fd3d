"""The path of a delivery URL, both ways: which asset, through what, in which format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import unquote

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse, pieces
from bridge_app.transform.vocabulary import KEYS

_NOTHING = Transformation(components=())
_SIGNATURE = re.compile(r"s--([A-Za-z0-9_-]{8}|[A-Za-z0-9_-]{32})--")
_VERSION = re.compile(r"v([0-9]{1,18})")
_UNSAFE = re.compile(rb"[^A-Za-z0-9_.\-/:]")
_REMOTE = re.compile(r"https?:/")
_REPEATED_SLASH = re.compile(r"(?<=[^:])/+")
# Only keys that exist count in a path: any folder may be called `my_photos`.
_PARAMETER = re.compile(rf"(?:(?:{'|'.join(KEYS)})_|\$+_*[A-Za-z][A-Za-z0-9]*_).+", re.DOTALL)
# What a careful client escapes although it separates; a text's own marks are escaped twice.
_ESCAPED_MARK = re.compile(r"%(21|24|28|29|2[aA]|2[cC]|3[aA]|3[bB]|3[dD]|5[eE]|7[cC]|7[eE])")
_EXTENSION = re.compile(
    r"(.+)\.(jpe?g|jpe|png|gif|webp|avif|jxl|jp2|j2k|bmp|tiff?|ico|svg|pdf|psd|eps|ai|hei[cf]"
    r"|tga|mp4|webm|mov|ogv|m4v|mkv|avi|mp3|m4a|wav|ogg|aac|flac|m3u8|mpd|ts)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPath:
    """One delivered asset: which, through what, in which format.

    `public_id` is as people write it, never escaped; for `raw` it holds its extension, for
    `fetch` it is the remote URL. `extension` is the format asked for, without the dot, `signature`
    stands without its `s--` and `--`; both may be empty.
    """

    public_id: str
    resource_type: str = "image"
    delivery_type: str = "upload"
    transformation: Transformation = _NOTHING
    version: int | None = None
    extension: str = ""
    signature: str = ""

    @property
    def to_sign(self) -> str:
        """What a signature covers, before the API secret is added: no version, no signature."""
        return "/".join(filter(None, (self.written_transformation, self.written_name)))

    @property
    def delivered_through(self) -> Transformation:
        """The transformation, with the extension as its format unless `f_` says another."""
        if not self.extension or any(c.has("f") for c in self.transformation.components):
            return self.transformation
        wanted = f"f_{self.extension.lower()}"
        return parse("/".join(filter(None, (str(self.transformation), wanted))))

    @property
    def written_transformation(self) -> str:
        """The transformation as it stands in a URL: single slashes only."""
        return _REPEATED_SLASH.sub("/", str(self.transformation)).strip("/")

    @property
    def written_name(self) -> str:
        """The escaped public ID with its extension, as it stands in a URL."""
        return self.written_name_before("")

    def written_name_before(self, suffix: str) -> str:
        """The escaped public ID, a few words for people behind it, and the extension."""
        name = _escaped(_REPEATED_SLASH.sub("/", self.public_id))
        if _REMOTE.match(self.public_id):
            return name
        name = f"{name}/{suffix}" if suffix else name
        return f"{name}.{self.extension}" if self.extension else name

    @property
    def written_version(self) -> str:
        """The version as it stands in a URL.

        Without one, an asset in a folder gets `v1`, so that its folder cannot be taken for a
        transformation.
        """
        if self.version:
            return f"v{self.version}"
        in_folder = "/" in self.written_name and not _REMOTE.match(self.public_id)
        return "v1" if in_folder and not re.match(r"v[0-9]", self.written_name) else ""


def split_delivery_path(
    segments: Sequence[str], *, resource_type: str = "image", delivery_type: str = "upload"
) -> DeliveryPath:
    """Read what follows `/{resource_type}/{delivery_type}/`.

    Args:
        segments: The path's parts between slashes, still percent-escaped.
        resource_type: `image`, `video` or `raw`; raw assets have neither transformation nor format.
        delivery_type: `upload`, `fetch`, …; a fetched URL has no format of its own.

    A folder that looks like a transformation or a version is told apart by a version in front of
    it, which is why URLs with folders carry one (`v1` at least).

    Raises:
        InvalidInputError: No asset is named.
        TransformationError: The transformation holds a wrong value.
    """
    rest = list(segments)
    signature = _SIGNATURE.fullmatch(rest[0]) if len(rest) > 1 else None
    if signature:
        rest = rest[1:]
    components = () if resource_type == "raw" else leading_components(rest)
    rest = rest[sum(component.count("/") + 1 for component in components) :]
    version = _VERSION.fullmatch(rest[0]) if len(rest) > 1 else None
    if version:
        rest = rest[1:]
    public_id = unquote("/".join(rest))
    if not public_id.strip("/"):
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The delivery address"),
            detail=QT_TRANSLATE_NOOP("facts", "it names no asset"),
        )
    named = _EXTENSION.fullmatch(public_id)
    if resource_type == "raw" or delivery_type == "fetch":
        named = None
    return DeliveryPath(
        public_id=named[1] if named else public_id,
        resource_type=resource_type,
        delivery_type=delivery_type,
        transformation=parse("/".join(components)),
        version=int(version[1]) if version else None,
        extension=named[2] if named else "",
        signature=signature[1] if signature else "",
    )


def leading_components(segments: Sequence[str]) -> tuple[str, ...]:
    """The components that a path begins with, readable; the last segment is always an asset's.

    A component spans several segments where a string in it holds slashes.
    """
    path = "/".join(_ESCAPED_MARK.sub(_unescaped, segment) for segment in segments)
    *before, _ = (piece for _, piece in pieces("/", path, 0))
    return tuple(takewhile(_is_component, before))


def _is_component(written: str) -> bool:
    return all(_PARAMETER.fullmatch(piece) for _, piece in pieces(",", written, 0))


def _escaped(name: str) -> str:
    return _UNSAFE.sub(lambda mark: b"%%%02X" % mark[0][0], name.encode()).decode("ascii")


def _unescaped(mark: re.Match[str]) -> str:
    return chr(int(mark[1], 16))
