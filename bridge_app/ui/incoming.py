"""What other programs put on the clipboard or drop: files, a picture, an address."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QMimeData

from bridge_app.ui.dropping import local_paths

PICTURE_SOURCE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/tiff": "tif",
    "image/avif": "avif",
    "image/gif": "gif",
    "image/bmp": "bmp",
}
"""What is taken as a picture, best first: as it is, as nobody decodes it in this process."""
LONGEST = 80
"""Characters of a name that is taken over from an address."""
LONGEST_ADDRESS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What can be taken of it; the first that there is counts.

    `picture` is a whole file, whose extension is `ending`; `name` is what it was called where it
    came from, without an extension, or "".
    """

    paths: tuple[Path, ...] = ()
    picture: bytes = b""
    ending: str = ""
    name: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        """Is there nothing that can be taken?"""
        return not (self.paths or self.picture or self.address)

    def file_name(self, pasted: str, at: datetime) -> str:
        """What the picture's file is called: as it was, or `pasted` and the moment."""
        return f"{self.name or f'{pasted} {at:%Y-%m-%d %H.%M.%S}'}.{self.ending}"


def picture_format(mime: QMimeData) -> str:
    """In which format a picture can be had, without asking for it; "" in none."""
    offered = set(mime.formats())
    return next((kind for kind in PICTURES if kind in offered), "")


def incoming(mime: QMimeData) -> Incoming:
    """Look at data of another program; hostile input."""
    paths = local_paths(mime.urls())
    if paths:
        return Incoming(paths=paths)
    kind = picture_format(mime)
    if kind:
        data = bytes(mime.data(kind).data())
        return Incoming(picture=data, ending=PICTURES[kind], name=_name(mime))
    text = mime.text().strip()
    if len(text) <= LONGEST_ADDRESS and text.startswith(("http://", "https://", "asset-bridge:")):
        return Incoming(address=text.split()[0])
    return Incoming()


def _name(mime: QMimeData) -> str:
    """The name in the address that a browser gives with a picture."""
    found = PICTURE_SOURCE.search(mime.html()[:LONGEST_ADDRESS]) if mime.hasHtml() else None
    address = found[1] if found else next((url.toString() for url in mime.urls()), "")
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    stem = PurePosixPath(path).stem
    kept = "".join(one for one in stem if one.isalnum() or one in " -_.()")
    return kept.strip(" .")[:LONGEST]
