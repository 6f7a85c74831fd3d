"""What a key may do: learnt from the service's answers, one capability at a time.

Cloudinary tells nobody beforehand what a key's role allows. So every answer teaches: what was
done is allowed, what was refused is not, until a day has passed or somebody wants to know anew.
Source: reference/cloudinary.md 2.1, 4.1 and 4.2.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from bridge_app.domain.environments import Learnt
from bridge_app.domain.errors import QT_TRANSLATE_NOOP

EXPIRES_AFTER = timedelta(days=1)
"""A role may have been changed since; what was refused is tried again then."""
LONGEST_REASON = 200
API = "v1_1"


class Capability(StrEnum):
    """Something a key may be allowed to do."""

    READ = "read"
    SEARCH = "search"
    UPLOAD = "upload"
    EDIT = "edit"
    DELETE = "delete"
    PRESETS = "presets"
    METADATA_FIELDS = "metadata_fields"
    TRANSFORMATIONS = "transformations"
    TRIGGERS = "triggers"
    SETTINGS = "settings"
    USAGE = "usage"


TITLES: Mapping[Capability, str] = {
    Capability.READ: QT_TRANSLATE_NOOP("capability", "See assets"),
    Capability.SEARCH: QT_TRANSLATE_NOOP("capability", "Search"),
    Capability.UPLOAD: QT_TRANSLATE_NOOP("capability", "Upload"),
    Capability.EDIT: QT_TRANSLATE_NOOP("capability", "Change assets"),
    Capability.DELETE: QT_TRANSLATE_NOOP("capability", "Delete assets"),
    Capability.PRESETS: QT_TRANSLATE_NOOP("capability", "Change upload presets"),
    Capability.METADATA_FIELDS: QT_TRANSLATE_NOOP("capability", "Change metadata fields"),
    Capability.TRANSFORMATIONS: QT_TRANSLATE_NOOP("capability", "Change named transformations"),
    Capability.TRIGGERS: QT_TRANSLATE_NOOP("capability", "Change notifications"),
    Capability.SETTINGS: QT_TRANSLATE_NOOP("capability", "See settings"),
    Capability.USAGE: QT_TRANSLATE_NOOP("capability", "See usage and limits"),
}
"""Each capability in words, to be translated."""


class State(StrEnum):
    """What is known."""

    ALLOWED = "allowed"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether a key may do something, as far as is known; `reason` is the service's own words."""

    capability: Capability
    state: State = State.UNKNOWN
    reason: str = ""
    at: datetime | None = None

    @property
    def is_denied(self) -> bool:
        """Is it known that it may not?"""
        return self.state is State.DENIED


SETTINGS_CALLS: tuple[tuple[str, Capability], ...] = (
    (r"upload_presets", Capability.PRESETS),
    (r"metadata_fields|metadata_rules", Capability.METADATA_FIELDS),
    (r"transformations|streaming_profiles", Capability.TRANSFORMATIONS),
    (r"triggers|upload_mappings", Capability.TRIGGERS),
    (r"usage", Capability.USAGE),
)
"""How the paths of calls begin that are about an environment's settings."""
OPEN_TO_ALL = frozenset({"ping", "config"})
SEARCHING = frozenset({"search", "visual_search"})
DELETING = frozenset({"destroy", "delete_by_token"})
UPLOADING = frozenset(
    {"upload", "upload_chunked", "text", "multi", "sprite", "explode", "generate_archive"}
)
ABOUT_RIGHTS = re.compile(
    r"permission|not allowed|not authori[sz]ed to|insufficient|required actions|scope",
    re.IGNORECASE,
)
"""A 401 is about the key itself, unless its words are about rights."""
SCOPES: Mapping[str, frozenset[Capability]] = {
    "upload": frozenset({Capability.UPLOAD}),
    "asset_management": frozenset(Capability) - {Capability.UPLOAD},
}
"""What each scope of a login allows. Source: reference/cloudinary.md 1.7."""
NOT_IN_SCOPE = "the login does not include it"


@lru_cache(maxsize=256)
def call_of(method: str, url: str) -> tuple[str, Capability] | None:
    """The environment and the capability that a request needs; None if every key may make it."""
    before, _, path = urlsplit(url).path.partition(f"/{API}/")
    environment, _, rest = path.partition("/")
    if "/" in before or not environment or not rest or environment == "provisioning":
        return None
    capability = _capability(method.upper(), rest)
    return None if capability is None else (environment, capability)


def _capability(method: str, path: str) -> Capability | None:
    reads = method in {"GET", "HEAD"}
    about = _about_settings(path)
    if path in OPEN_TO_ALL:
        return None
    if about is not None:
        return Capability.SETTINGS if reads and about is not Capability.USAGE else about
    last = path.rpartition("/")[2]
    if last in SEARCHING:
        return Capability.SEARCH
    if reads:
        return Capability.READ
    if method == "DELETE" or last in DELETING:
        return Capability.DELETE
    return Capability.UPLOAD if last in UPLOADING else Capability.EDIT


def _about_settings(path: str) -> Capability | None:
    """What it takes to change what a path is about; None where it is about assets."""
    for beginning, capability in SETTINGS_CALLS:
        if re.match(rf"({beginning})(/|$)", path):
            return capability
    return None


def lesson(capability: Capability, status: int, message: str, *, at: datetime) -> Learnt | None:
    """What an answer teaches; None where it is about something else."""
    if 200 <= status < 300:
        return Learnt(capability=capability, allowed=True, at=at)
    if status == 403 or (status == 401 and ABOUT_RIGHTS.search(message)):
        reason = message[:LONGEST_REASON] or f"HTTP {status}"
        return Learnt(capability=capability, allowed=False, reason=reason, at=at)
    return None


def lessons_of_scopes(scopes: Iterable[str], *, at: datetime) -> tuple[Learnt, ...]:
    """What a login's scopes leave out; nothing where the scopes are not known."""
    given = frozenset(scopes)
    if not given:
        return ()
    allowed = frozenset().union(*(SCOPES.get(scope, frozenset()) for scope in given))
    return tuple(
        Learnt(capability=one, allowed=False, reason=NOT_IN_SCOPE, at=at)
        for one in Capability
        if one not in allowed
    )


def permission(learnt: Learnt | None, capability: Capability, *, now: datetime) -> Permission:
    """What is known now; a denial is forgotten after a day."""
    if learnt is None or (not learnt.allowed and now - learnt.at >= EXPIRES_AFTER):
        return Permission(capability=capability)
    state = State.ALLOWED if learnt.allowed else State.DENIED
    return Permission(capability=capability, state=state, reason=learnt.reason, at=learnt.at)
