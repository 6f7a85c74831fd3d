"""What moderators at Cloudinary say of an environment's assets, and telling them a decision.

The search finds what waits, from an index that follows writes by seconds; what an asset's
moderation is, and what it becomes, is read and written by its ID. Source: reference/cloudinary.md
5.3 and 11.
"""

from collections.abc import Mapping

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.listing import Listing
from bridge_app.delivery.operations import Operations
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.moderations import ModerationStatus

WATCHED = (ModerationStatus.PENDING, ModerationStatus.REJECTED)
"""What waits, and what is not delivered because somebody rejected it."""
MOST = 5_000
"""Assets of one look; more are looked at when these are decided."""


class CloudModeration:
    """One environment's. Methods block, run on any thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials, mode: FolderMode) -> None:
        self._listing = Listing(credentials)
        self._operations = Operations(credentials)
        self._mode = mode
        self.environment = credentials.account.environment

    def found(self) -> Mapping[str, ModerationStatus]:
        """What the index shows as waiting or rejected, by asset ID; two calls or more."""
        found: dict[str, ModerationStatus] = {}
        for status in WATCHED:
            for page in self._listing.pages(f"moderation_status={status.value}", self._mode):
                found.update((asset.asset_id, status) for asset in page.assets)
                if len(found) >= MOST:
                    break
        return found

    def now(self, asset_id: str) -> CloudAsset | None:
        """The asset with all its moderations as they are now; None if it is not there. One call."""
        found = self._listing.one(asset_id, self._mode)
        return None if found is None or found.placeholder else found

    def decide(self, asset: CloudAsset, status: ModerationStatus) -> None:
        """Approve or reject it, whatever was said before. One call."""
        self._operations.moderate(asset, status.value)
