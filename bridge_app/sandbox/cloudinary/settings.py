"""How a sandbox is set up, apart from its accounts: what the real service has in its console."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bridge_app.sandbox.cloudinary.plans import SANDBOX_PLAN, Plan
from bridge_app.sandbox.cloudinary.webhooks import RETRY_DELAYS_S

TOKEN_SECONDS = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisioningKeys:
    """What opens the Provisioning API of the one account that owns all product environments."""

    account_id: str = "5a6d0b0c-0000-4000-8000-000000000001"
    api_key: str = "provisioning-key"
    api_secret: str = field(default="provisioning-secret", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of every product environment.

    Args:
        plan: Limits of sizes, pixels and calls.
        strict_transformations: Only what is signed, allowed or made before is derived.
        auth_token_key: Hexadecimal key of delivery tokens; without one they open nothing.
        restricted_types: Delivery types, such as fetch and list, for signed URLs alone.
        hosts: Host name -> cloud, for names of one's own. `CLOUD-res.…` and `CLOUD.localhost` are
            known without.
        provisioning: What opens the Provisioning API.
        webhook_retry_delays_s: When a notice is sent again that was not taken.
        token_seconds: How long an OAuth access token is good for.
        secure_delivery_base: What `secure_url` begins with where TLS stands in front of the
            sandbox; without it, `secure_url` is the `url` that works.
        remote_files: Web address -> a file of this machine that uploads of the address take. The
            sandbox reaches no other machine.
        search_lag_s: How far the search index is behind what was written.
        samples: New environments come with a folder and a picture, as those of the service do.
    """

    plan: Plan = SANDBOX_PLAN
    strict_transformations: bool = False
    auth_token_key: str = ""
    restricted_types: frozenset[str] = frozenset()
    hosts: Mapping[str, str] = field(default_factory=dict)
    provisioning: ProvisioningKeys = field(default_factory=ProvisioningKeys)
    webhook_retry_delays_s: tuple[float, ...] = RETRY_DELAYS_S
    token_seconds: int = TOKEN_SECONDS
    secure_delivery_base: str = ""
    remote_files: Mapping[str, Path] = field(default_factory=dict)
    search_lag_s: float = 0
    samples: bool = False
