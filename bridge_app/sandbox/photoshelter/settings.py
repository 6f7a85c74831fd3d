"""How the service is set up: its keys, its limits, and what it is able to do."""

from dataclasses import dataclass

CAPABILITIES = (
    "versions",
    "related_links",
    "notes",
    "trash",
    "workspaces",
    "upload_v4",
    "download_links",
    "listing_includes",
)
"""What the sandbox offers beyond what is known of the real service: photoshelter.md 16."""

DEFAULT_API_KEY = "SandboxKey4"
DEFAULT_V3_API_KEY = "SandboxKey3"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterSettings:
    """Settings of the PhotoShelter-style service.

    Args:
        api_key: What opens version 4 of the interface.
        v3_api_key: What opens version 3; one does not open the other.
        seed: What the identifiers are made from.
        rate_limit: How many calls a key may make in `rate_seconds`; None: any number.
        rate_seconds: The length of that window.
        capabilities: Which of `CAPABILITIES` it has; the routes of the others answer 404.
        tells_version: Whether `/version` is there; on the real service it is not.
        strict: Passwords in addresses are refused.
        modes: In which ways somebody can sign in.
        token_seconds: How long a session token is good for; None: until it is ended.
        oauth_seconds: How long an OAuth access token is good for.
        link_seconds: How long a signed link to a picture or a file is good for.
    """

    api_key: str = DEFAULT_API_KEY
    v3_api_key: str = DEFAULT_V3_API_KEY
    seed: str = "asset-bridge"
    rate_limit: int | None = 600
    rate_seconds: float = 60.0
    capabilities: frozenset[str] = frozenset(CAPABILITIES)
    tells_version: bool = True
    strict: bool = False
    modes: tuple[str, ...] = ("token", "cookie")
    token_seconds: int | None = None
    oauth_seconds: int = 3_600
    link_seconds: int = 900
