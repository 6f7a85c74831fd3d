"""What a rendition keeps of its master besides pixels, what it loses, and the flag that keeps it.

Source: reference/cloudinary.md 9.4, 9.9 and the descriptions of the flags in Cloudinary's SDKs:
a transformed picture loses all metadata unless a flag keeps it, and keeps its colour profile
unless a flag strips it. Values for people to read; nothing is changed here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.transform.kept_metadata import writes_metadata
from bridge_app.transform.model import (
    AutoQuality,
    ColourSpace,
    Component,
    Format,
    Transformation,
)
from bridge_app.transform.steps import picture_components


class Holding(Enum):
    """What a master may hold besides the pixels of a still, opaque picture.

    CREDIT is who made it and whom to name; COPYRIGHT the notice, owner and terms of use; LOCATION
    where it was taken; CAMERA how and when. CREDENTIALS are a C2PA manifest.
    """

    CREDIT = "credit"
    COPYRIGHT = "copyright"
    DESCRIPTION = "description"
    CAMERA = "camera"
    LOCATION = "location"
    PROFILE = "profile"
    CREDENTIALS = "credentials"
    TRANSPARENCY = "transparency"
    ANIMATION = "animation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of one holding.

    Attributes:
        holding: What it is about.
        is_kept: Whether it is in the delivered file.
        flag: The flag that would keep it (`keep_attribution`, without `fl_`); None when it is
            kept, or when no flag can.
        reason: A sentence for people: a template of the context `losses`, filled by `value`.
        value: What the sentence speaks of: a flag, a format or a parameter; may be empty.
    """

    holding: Holding
    is_kept: bool
    flag: str | None
    reason: str
    value: str = ""

    def __str__(self) -> str:
        """The sentence in English."""
        return self.reason.format(value=self.value)


_UNTOUCHED = QT_TRANSLATE_NOOP("losses", "Without a transformation the master itself is delivered.")
_KEPT_BY = QT_TRANSLATE_NOOP("losses", "{value} keeps it.")
_STRIPPED = QT_TRANSLATE_NOOP("losses", "Cloudinary takes all metadata off what it transforms.")
_STRIPPED_BY = QT_TRANSLATE_NOOP("losses", "{value} takes it off.")
_NOT_WITH_AUTO = QT_TRANSLATE_NOOP(
    "losses", "fl_keep_iptc has no effect together with {value}: choose a fixed quality."
)
_NO_PLACE = QT_TRANSLATE_NOOP("losses", "No metadata is written into {value} files.")
_PROFILE_KEPT = QT_TRANSLATE_NOOP("losses", "Cloudinary delivers it with the picture.")
_CONVERTED = QT_TRANSLATE_NOOP(
    "losses", "{value} converts the colours to sRGB, and the master's own profile goes."
)
_FORMAT_KEEPS = QT_TRANSLATE_NOOP("losses", "{value} files can hold it.")
_FORMAT_LOSES = QT_TRANSLATE_NOOP("losses", "{value} files cannot hold it.")
_FIRST_FRAME = QT_TRANSLATE_NOOP("losses", "Without {value} only the first frame is delivered.")

_SRGB_ONLY = frozenset({ColourSpace.SRGB, ColourSpace.TRUE_COLOUR, ColourSpace.TINY_SRGB})
_MOVING_FLAGS = {"webp": "awebp", "png": "apng"}
_SEE_THROUGH = frozenset({"png", "webp", "avif", "gif", "tiff", "jxl"})


def fates(
    transformation: Transformation, holdings: Collection[Holding], *, extension: str
) -> tuple[Fate, ...]:
    """What becomes of each holding, in the order of `Holding`.

    Args:
        transformation: Resolved; an empty one delivers the master untouched.
        holdings: What the master has.
        extension: The format that will be delivered: `jpg`, `webp`…
    """
    components = tuple(component for _, component in picture_components(transformation))
    delivery = _Delivery(components=components, extension=extension)
    return tuple(delivery.fate(holding) for holding in Holding if holding in holdings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    components: tuple[Component, ...]
    extension: str

    @property
    def flags(self) -> frozenset[str]:
        return frozenset(flag for component in self.components for flag in component.flags)

    def fate(self, holding: Holding) -> Fate:
        if not any(component.parameters for component in self.components):
            return _kept(holding, _UNTOUCHED)
        if holding is Holding.PROFILE:
            return self._profile()
        if holding is Holding.TRANSPARENCY:
            return self._transparency()
        if holding is Holding.ANIMATION:
            return self._animation()
        if holding is Holding.CREDENTIALS:
            return self._credentials()
        return self._metadata(holding)

    def _metadata(self, holding: Holding) -> Fate:
        is_attribution = holding in {Holding.CREDIT, Holding.COPYRIGHT}
        keeper = "keep_attribution" if is_attribution else "keep_iptc"
        if not writes_metadata(self.extension):
            return _lost(holding, _NO_PLACE, self.extension.upper())
        if "force_strip" in self.flags:
            return _lost(holding, _STRIPPED_BY, "fl_force_strip", keeper)
        if is_attribution and "keep_attribution" in self.flags:
            return _kept(holding, _KEPT_BY, "fl_keep_attribution")
        if "keep_iptc" not in self.flags:
            return _lost(holding, _STRIPPED, "", keeper)
        if quality := self._automatic_quality():
            return _lost(holding, _NOT_WITH_AUTO, quality, keeper if is_attribution else None)
        return _kept(holding, _KEPT_BY, "fl_keep_iptc")

    def _credentials(self) -> Fate:
        if "c2pa" in self.flags:
            return _kept(Holding.CREDENTIALS, _KEPT_BY, "fl_c2pa")
        return _lost(Holding.CREDENTIALS, _STRIPPED, "", "c2pa")

    def _profile(self) -> Fate:
        if "strip_profile" in self.flags:
            return _lost(Holding.PROFILE, _STRIPPED_BY, "fl_strip_profile", "force_icc")
        spaces = (c.find("cs", ColourSpace) for c in self.components)
        if space := next((s for s in spaces if s in _SRGB_ONLY), None):
            return _lost(Holding.PROFILE, _CONVERTED, f"cs_{space}")
        return _kept(Holding.PROFILE, _PROFILE_KEPT)

    def _transparency(self) -> Fate:
        if self.extension == "png" and "png24" in self.flags:
            return _lost(Holding.TRANSPARENCY, _STRIPPED_BY, "fl_png24", "png32")
        if self.extension in _SEE_THROUGH:
            return _kept(Holding.TRANSPARENCY, _FORMAT_KEEPS, self.extension.upper())
        chosen = any(c.find("f", Format) is Format.AUTO for c in self.components)
        flag = "preserve_transparency" if chosen else None
        return _lost(Holding.TRANSPARENCY, _FORMAT_LOSES, self.extension.upper(), flag)

    def _animation(self) -> Fate:
        if self.extension == "gif":
            return _kept(Holding.ANIMATION, _FORMAT_KEEPS, "GIF")
        flag = _MOVING_FLAGS.get(self.extension)
        if flag is None:
            return _lost(Holding.ANIMATION, _FORMAT_LOSES, self.extension.upper())
        if found := self.flags & {flag, "animated"}:
            return _kept(Holding.ANIMATION, _KEPT_BY, f"fl_{min(found)}")
        return _lost(Holding.ANIMATION, _FIRST_FRAME, f"fl_{flag}", flag)

    def _automatic_quality(self) -> str | None:
        """The `q_auto…` that counts, as it was typed."""
        written = [p for c in self.components if (p := c.parameter("q"))]
        last = written[-1] if written else None
        return str(last) if last and isinstance(last.value, AutoQuality) else None


def _kept(holding: Holding, reason: str, value: str = "") -> Fate:
    return Fate(holding=holding, is_kept=True, flag=None, reason=reason, value=value)


def _lost(holding: Holding, reason: str, value: str = "", flag: str | None = None) -> Fate:
    return Fate(holding=holding, is_kept=False, flag=flag, reason=reason, value=value)
