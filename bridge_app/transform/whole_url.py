"""A delivery URL as text around its transformation: the rest of it stays as somebody wrote it."""

import re
from dataclasses import dataclass, replace

from bridge_app.transform.delivery_host import host_found
from bridge_app.transform.delivery_url import leading_components
from bridge_app.transform.model import Transformation
from bridge_app.transform.read_url import kind_until, read_url, url_in

_HOST = re.compile(r"(?:https?:)?//([^/?#]*)|([^/?#]*)", re.IGNORECASE)
_PATH = re.compile(r"[^?#]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeUrl:
    """`before`, `written` and `after` are the URL's own characters; `str()` puts them together.

    `written` may be escaped otherwise than `transformation`, which is what it says; `signature`
    is the segment in front of it, with its slash.
    """

    before: str
    signature: str
    written: str
    transformation: Transformation
    after: str

    def __str__(self) -> str:
        """The URL, letter by letter."""
        parts = (self.written, self.after) if self.written else (self.after,)
        return f"{self.before}{self.signature}{'/'.join(parts)}"

    def through(self, transformation: Transformation) -> "WholeUrl":
        """The same asset through another transformation.

        A signature holds for its own transformation only, so another one goes without.
        """
        if transformation == self.transformation:
            return self
        written = "/".join(filter(None, map(str, transformation.components)))
        return replace(self, written=written, transformation=transformation, signature="")


def whole_url(text: str) -> WholeUrl | None:
    """The first delivery URL in a text; None where there is none that can be transformed.

    Source: reference/cloudinary.md, 8.
    """
    read = read_url(text)
    if read is None or read.path is None or read.resource_type == "raw":
        return None
    if not (read.says_kind or read.known_host):
        return None  # Any page's address looks like an image at the root.
    url = url_in(text)
    host = _HOST.match(url)
    found = _PATH.match(url, host.end() if host else 0)
    if host is None or found is None:
        return None
    start = found.start() + len(found[0]) - len(found[0].lstrip("/"))
    segments = url[start : found.end()].split("/")
    kind = kind_until(segments, host_found(host[1] or host[2]))
    at = start + sum(len(segment) + 1 for segment in segments[:kind])
    signature = f"s--{read.path.signature}--/" if read.path.signature else ""
    rest = segments[kind + bool(signature) :]
    count = sum(component.count("/") + 1 for component in leading_components(rest))
    written = "/".join(rest[:count])
    after = url[at + len(signature) + len(written) :]
    return WholeUrl(
        before=url[:at],
        signature=signature,
        written=written,
        transformation=read.path.transformation,
        after=after[1:] if written else after,
    )
