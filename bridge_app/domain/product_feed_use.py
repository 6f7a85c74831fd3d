"""What a product lets be done with its images, and what delivery is told of both.

A product never widens what its image allows: the gate is asked about that in any case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bridge_app.domain.reasons import Reason
from bridge_app.domain.rights_block import CHANNELS
from bridge_app.domain.territories import WORLD as EVERYWHERE
from bridge_app.domain.uses import Use

WORLD, EUROPE = "WW", "EU"
"""Where a product of no country of its own is sold."""
EU_MEMBERS = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
"""The member states of the European Union. Source: europa.eu, since 2020-02-01."""
SKU_TAG = "sku:"
LONGEST_TAG, LONGEST_VALUE = 255, 1024
"""Characters. Source: Cloudinary upload parameters, `tags` and `context`."""
SAID = ("product_name", "brand", "category", "gtin")
"""Fields of a product that its images are told under their own names."""
CAMPAIGN_MARK, NO_CAMPAIGN = "{campaign}", "library"


def channels_of(usage_rights: object) -> frozenset[str]:
    """The channels that a product's images are meant for; empty limits nothing."""
    words = usage_rights if isinstance(usage_rights, list) else []
    return frozenset() if "unrestricted" in words else frozenset(words) & CHANNELS


def held_back(
    told: Mapping[str, object], *, channel: str, at: datetime, recorded: datetime | None = None
) -> tuple[Reason, ...]:
    """Why a product's images may not be used on a channel at `at` (UTC), by its own word.

    What had ended by the newest moment on record has ended, whatever the clock says now.
    """
    moment = at.isoformat(timespec="microseconds")
    against = []
    starts = (told.get("rights_starts"), told.get("embargo_until"))
    if any(start is not None and moment < str(start) for start in starts):
        against.append(Reason.RIGHTS_NOT_YET)
    ends = told.get("rights_expires")
    latest = at if recorded is None else max(at, recorded)
    if ends is not None and latest.isoformat(timespec="microseconds") >= str(ends):
        against.append(Reason.RIGHTS_ENDED)
    channels = channels_of(told.get("usage_rights"))
    if channels and channel not in channels:
        against.append(Reason.CHANNEL)
    return tuple(against)


def uses_of(market: str, channel: str) -> tuple[Use, ...]:
    """What the gate is asked about, all of it: WW is everywhere, EU each of its members."""
    markets = {WORLD: (EVERYWHERE,), EUROPE: EU_MEMBERS}.get(market, (market,))
    return tuple(Use(market=one, channel=channel) for one in markets)


def folder_of(folder: str, told: Mapping[str, object]) -> str:
    """Where a product's images go."""
    return folder.replace(CAMPAIGN_MARK, str(told.get("campaign") or NO_CAMPAIGN))


@dataclass(slots=True)
class Words:
    """What one asset is told of all the products it shows: the first one gives the facts."""

    skus: dict[str, None] = field(default_factory=dict)
    campaigns: dict[str, None] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def add(self, sku: str, told: Mapping[str, object], place: tuple[str, int], alt: str) -> None:
        """One more product that it shows."""
        self.skus[sku] = None
        if campaign := told.get("campaign"):
            self.campaigns[str(campaign)] = None
        if self.facts:
            return
        self.facts = {name: str(told[name]) for name in SAID if told.get(name)}
        self.facts |= {"slot": place[0], "position": str(place[1])}
        if alt:
            self.facts["alt"] = alt

    @property
    def tags(self) -> tuple[str, ...]:
        """`sku:` and each SKU, and the campaigns; a comma would end a tag."""
        found = (*(sku_tag(sku) for sku in self.skus), *self.campaigns)
        return tuple(dict.fromkeys(found))

    @property
    def context(self) -> tuple[tuple[str, str], ...]:
        """Names and values."""
        facts = {"sku": ";".join(self.skus), **self.facts}
        return tuple((name, value[:LONGEST_VALUE]) for name, value in facts.items() if value)


def sku_tag(sku: str) -> str:
    """The tag that shops find images by. Source: reference/destinations.md, 3."""
    return f"{SKU_TAG}{sku.replace(',', '_')}"[:LONGEST_TAG]
