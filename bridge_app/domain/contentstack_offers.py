"""What can be published where: a stack's types, fields and locales, and the renditions for them.

What a stack says of itself is foreign text: whatever has another shape than expected is left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bridge_app.domain.assets import Asset
from bridge_app.domain.contentstack import COPIED, FieldKind, locale_for
from bridge_app.domain.contentstack_fields import NotForPicturesError, kind_of
from bridge_app.domain.contentstack_paths import fields_in, is_nested
from bridge_app.domain.errors import BridgeError


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureField:
    """A field that takes pictures."""

    uid: str
    title: str
    kind: FieldKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentType:
    """A content type with those of its fields that take pictures."""

    uid: str
    title: str
    fields: tuple[PictureField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackLocale:
    """A locale of a stack; the master falls back to none."""

    code: str
    name: str
    is_master: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StackOutline:
    """What a stack's branch has, as far as pictures are concerned."""

    types: tuple[ContentType, ...]
    locales: tuple[StackLocale, ...]

    @property
    def master(self) -> str:
        """The code of the locale that others fall back to; "" where there is none at all."""
        own = [one for one in self.locales if one.is_master] or list(self.locales)
        return own[0].code if own else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A rendition that was made of an asset; `error` is what stands against publishing it."""

    asset: Asset
    preset: str
    market: str
    language: str
    error: BridgeError | None = None


def outline(
    types: Iterable[Mapping[str, Any]], locales: Iterable[Mapping[str, Any]]
) -> StackOutline:
    """What content types and locales say, as the management API lists them."""
    return StackOutline(
        types=tuple(one for one in map(_type, types) if one.uid and one.fields),
        locales=tuple(
            StackLocale(
                code=str(one["code"]),
                name=str(one.get("name") or one["code"]),
                is_master=not one.get("fallback_locale"),
            )
            for one in locales
            if one.get("code")
        ),
    )


def carrier_for(schema: Mapping[str, Any], known: StackOutline) -> tuple[str, ...]:
    """Which entries a reference may lead to that show a picture: type, field and kind.

    Raises NotForPicturesError where there are none.
    """
    types = {one.uid: one for one in known.types}
    for uid in schema.get("reference_to") or ():
        for field in types[uid].fields if uid in types else ():
            if field.kind not in COPIED and not is_nested(field.uid):
                return (str(uid), field.uid, field.kind.value)
    raise NotForPicturesError(field=str(schema.get("uid", "")))


def without_copies(known: StackOutline) -> StackOutline:
    """Of a place that keeps no files: its fields take addresses."""
    types = (
        replace(one, fields=tuple(field for field in one.fields if field.kind not in COPIED))
        for one in known.types
    )
    return replace(known, types=tuple(one for one in types if one.fields))


def proposed(
    offers: Sequence[Offer],
    known: StackOutline,
    mapped: Mapping[str, str],
    presets: Collection[str] = (),
) -> dict[str, Offer]:
    """The rendition that is likely meant for each locale; none where nobody could tell.

    Of what may be published, one is proposed where its language and market say so. Several of one
    locale are told apart by `presets`, those that the field had before; where that does not do,
    the first in the order of `offers` is taken.

    Args:
        offers: Renditions that were made.
        known: The stack.
        mapped: Its locale by language or market, as a destination has it.
        presets: The names of those that the field had before.
    """
    codes = [one.code for one in known.locales]
    found: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda one: one.preset not in presets):
        if offer.error is None:
            code = locale_for(mapped, offer.language, offer.market, codes, known.master)
            found.setdefault(code, offer)
    return found


def _type(told: Mapping[str, Any]) -> ContentType:
    uid = str(told.get("uid") or "")
    fields = (_field(*one) for one in fields_in(told.get("schema")))
    return ContentType(
        uid=uid,
        title=str(told.get("title") or uid),
        fields=tuple(one for one in fields if one is not None),
    )


def _field(path: str, told: Mapping[str, Any], title: str) -> PictureField | None:
    try:
        return PictureField(uid=path, title=title, kind=kind_of(told))
    except NotForPicturesError:
        return None
