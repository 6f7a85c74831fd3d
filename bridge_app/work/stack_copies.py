"""Copies of renditions among a stack's own assets, for fields that hold files.

A copy is marked by tags and named by what is in it, so that whatever an interrupted run had sent
is found again. A new version replaces the file under the same identifier.
"""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from bridge_app.channels.contentstack.assets import StackAssets, Upload, stored_name
from bridge_app.domain.contentstack import Publication
from bridge_app.domain.contentstack_fields import Picture
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

LARGEST = 100_000_000
"""Bytes; the service takes no larger file from a program."""


class CopyTooLargeError(BridgeError):
    """A rendition is larger than the service takes."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The rendition {preset} of {name} has {mb} MB; Contentstack takes files of up to 100 MB. "
        "Nothing was sent: write its address into a text, link or Cloudinary field instead.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StackCopies:
    """Thread-safe; `fetch` writes what is at an address into a file, and says how many bytes."""

    fetch: Callable[[str, Path], int]

    def brought(
        self,
        assets: StackAssets,
        folder: str,
        one: Publication,
        picture: Picture,
        *,
        check: Callable[[], None],
        keep: Callable[[str], None],
    ) -> Picture:
        """The picture with its copy, which is published in the publication's locale.

        `check` is called just before bytes leave, and raises where they may not; `keep` is told the
        copy's identifier before anybody can see it.
        """
        tag, name = mark_of(one), _name(one, picture)
        found = assets.marked(tag)
        if found is None or found.filename != stored_name(name):
            _check_size(one, picture.bytes)
            with tempfile.TemporaryDirectory(prefix="asset-bridge-") as place:
                file = Path(place) / "rendition"
                _check_size(one, self.fetch(picture.url, file))
                new = Upload(file=file, name=name, title=one.name, tags=(tag, f"r:{one.preset}"))
                check()
                if found is None:
                    found = assets.upload(new, assets.folder(folder))
                else:
                    found = assets.replace(found.uid, new)
        check()
        keep(found.uid)
        assets.publish(found, one.place.locale)
        return replace(picture, copy=found.uid)


def _check_size(one: Publication, size: int) -> None:
    if size > LARGEST:
        mb = -(-size // 1_000_000)
        raise CopyTooLargeError(preset=one.preset, name=one.name, mb=mb)


def mark_of(one: Publication) -> str:
    """Names the rendition, whatever its version."""
    told = (one.environment, one.asset, one.preset, one.market, one.language)
    return f"ab:{hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:20]}"


def _name(one: Publication, picture: Picture) -> str:
    """A file name that is another one for each version."""
    stem = PurePath(one.name).stem or "rendition"
    told = hashlib.sha256(picture.url.encode()).hexdigest()[:8]
    return f"{stem[:80]}-{one.preset}-{told}.{picture.format or 'bin'}"
