"""Product environments as people tell them apart, and what their plan allows and has used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """What an environment is for; a person says so."""

    NONE = ""
    PRODUCTION = "production"
    STAGING = "staging"
    DEVELOPMENT = "development"

    @classmethod
    def guessed(cls, name: str) -> "Stage":
        """The stage a name suggests; production where it suggests nothing, to be careful."""
        lowered = name.lower()
        for stage, hints in HINTS.items():
            if any(hint in lowered for hint in hints):
                return stage
        return cls.PRODUCTION


HINTS: Mapping[Stage, tuple[str, ...]] = {
    Stage.STAGING: ("stag", "preview", "preprod", "pre-prod", "uat"),
    Stage.DEVELOPMENT: ("dev", "test", "sandbox", "demo", "local", "playground"),
}


class Hue(StrEnum):
    """The colour by which people recognise an agency or an environment."""

    NONE = ""
    RED = "red"
    ORANGE = "orange"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"
    PINK = "pink"


class Login(StrEnum):
    """What opens an environment."""

    KEY = "key"
    """An API key with its secret."""
    OAUTH = "oauth"
    """Tokens that a person's login in the browser gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How a person calls an environment: its name, whose it is, its colour and its stage."""

    label: str
    owner: str = ""
    hue: Hue = Hue.NONE
    stage: Stage = Stage.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLimits:
    """The largest files a plan takes, in bytes and pixels; None: nobody told.

    Source: reference/cloudinary.md 3.6 and 14, `usage.media_limits`.
    """

    image_bytes: int | None = None
    video_bytes: int | None = None
    raw_bytes: int | None = None
    image_px: int | None = None
    total_px: int | None = None

    def most_bytes(self, resource_type: str) -> int | None:
        """The largest file of that resource type (image, video, raw); None if nobody told."""
        limits = {"image": self.image_bytes, "video": self.video_bytes, "raw": self.raw_bytes}
        return limits.get(resource_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """How much of one thing is used.

    `limit` is None where the plan counts it in credits alone, or not at all; `credits_used` None
    where it costs none.
    """

    used: float
    limit: float | None = None
    credits_used: float | None = None

    @property
    def share(self) -> float | None:
        """The part that is used, 0 to 1 and beyond; None without a limit."""
        return self.used / self.limit if self.limit else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What `usage` told at `read_at`; the service counts anew about once a day (`last_updated`).

    `meters` has the names of the reply (credits, storage, bandwidth, transformations, objects,
    and add-ons); storage and bandwidth are in bytes.
    """

    read_at: datetime
    plan: str = ""
    last_updated: str = ""
    meters: Mapping[str, Meter] = field(default_factory=dict)
    resources: int | None = None
    derived: int | None = None
    requests: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyBudget:
    """How many Admin API calls are left, as the last reply's headers told.

    Source: reference/cloudinary.md 4.1.
    """

    limit: int
    remaining: int
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What one answer of the service taught: whether a key may do something, and when it said so.

    `capability` is a name from `delivery.permissions`; `reason` the service's own words.
    """

    capability: str
    allowed: bool
    at: datetime
    reason: str = ""
