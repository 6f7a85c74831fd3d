"""Where a person wants renditions in a stack, and what the stack says of these places."""

from collections.abc import Sequence
from dataclasses import dataclass

from bridge_app.channels.channel import Channel, Json
from bridge_app.domain.contentstack import (
    COPIED,
    REFERRED,
    Destination,
    EntryField,
    locale_for,
)
from bridge_app.domain.contentstack_fields import NotForPicturesError, kind_of
from bridge_app.domain.contentstack_offers import carrier_for, outline


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWish:
    """Where a person wants a rendition. An empty `locale` is found by market and language."""

    content_type: str
    entry: str
    field: str
    preset: str
    market: str = ""
    language: str = ""
    locale: str = ""
    label: str = ""


class Asking:
    """What a stack says of the places that renditions are wanted at; each thing is asked once."""

    def __init__(self, entries: Channel, destination: Destination) -> None:
        self.entries = entries
        self.destination = destination
        self._fields: dict[tuple[str, str], Json] = {}
        self._locales: list[Json] = []

    def place(self, wish: PublishWish) -> EntryField:
        """Where a wish is meant. Raises NotForPicturesError, NotFoundError."""
        key = (wish.content_type, wish.field)
        if key not in self._fields:
            self._fields[key] = self.entries.field(*key)
        schema = self._fields[key]
        kind = kind_of(schema)
        if kind in COPIED and self.destination.kind:
            raise NotForPicturesError(field=wish.field)
        most = (schema.get("config") or {}).get("max_limit")
        return EntryField(
            content_type=wish.content_type,
            entry=wish.entry,
            field=wish.field,
            locale=wish.locale or self._locale(wish),
            kind=kind,
            label=wish.label,
            most=most if isinstance(most, int) else 0,
            carrier=self._carrier(schema) if kind in REFERRED else (),
        )

    def _carrier(self, schema: Json) -> tuple[str, ...]:
        self._locales = self._locales or self.entries.locales()
        return carrier_for(schema, outline(self.entries.content_types(), self._locales))

    def _locale(self, wish: PublishWish) -> str:
        self._locales = self._locales or self.entries.locales()
        known = [str(one["code"]) for one in self._locales]
        master = master_of(self._locales)
        return locale_for(self.destination.locales, wish.language, wish.market, known, master)


def master_of(locales: Sequence[Json]) -> str:
    """The locale that falls back to none."""
    own = [one for one in locales if not one.get("fallback_locale")]
    return str((own or locales)[0]["code"])
