"""What archiving does to delivered copies, and how they come back: closed, or deleted.

What undoing needs is on disk before the service is told. Source: reference/cloudinary.md, 12.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bridge_app.delivery.access import DeliveryAccess, StillDeliveredError, address_now
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.operations import Operations
from bridge_app.domain.access_rules import access_rules
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.gate import Reason
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.retractions import (
    KEPT_THOUGH,
    LOCKED,
    Retraction,
    RetractionState,
    against,
    is_locked,
    is_same,
    restored_rules,
    rule_texts,
)
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers
from bridge_app.work.archive_service import Known
from bridge_app.work.gatekeeper import Gatekeeper


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDelivery:
    """The acts on delivered copies.

    Args:
        operations: The operations of an environment; raises BridgeError.
        access: The access rules of an environment's assets; raises BridgeError.
        mode: Where an environment's folders come from, as far as is known.
        refresh: Told which assets of which environment the mirror has to look at again.
    """

    readers: Readers
    gate: Gatekeeper
    deliveries: Deliveries
    made: MadeRenditions
    retractions: Retractions
    operations: Callable[[str], Operations]
    access: Callable[[str], DeliveryAccess]
    mode: Callable[[str], FolderMode]
    refresh: Callable[[str, Sequence[str]], None]

    def restrict(self, copy: CloudCopy, known: Known) -> dict[str, Any]:
        """Have it delivered to nobody without a token, and prove it; what undoing needs.

        `known` is what an earlier run kept. Raises StillDeliveredError while copies on the way
        deliver it.
        """
        found = self._found(copy)
        if found is None:
            return {"state": "gone"}
        if not is_same(copy, found):
            return {"state": "left_alone"}
        before = known.told.get("before", list(rule_texts(found.access_control)))
        result = {"state": "restricted", "before": before}
        known.keep(result)
        access = self.access(copy.environment)
        if not is_locked(found.access_control):
            access.put(found, LOCKED)
        self.refresh(copy.environment, [copy.asset_id])
        if access.is_delivered(address_now(copy.url, found.url)):
            raise StillDeliveredError(name=copy.public_id, service=SERVICE)
        return result

    def reopen(self, copy: CloudCopy, result: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """As it was before; what may not be delivered any more stays closed, as retracted."""
        found = self._found(copy)
        if result.get("state") != "restricted" or found is None:
            return {**result, "back": result.get("state") != "restricted"}
        reasons = self._reasons(copy, at)
        if reasons:
            self._hand_over(copy, result, reasons, at)
            return {**result, "back": False}
        rules = access_rules(result["before"])
        with self.readers.lent() as reader:
            delivered = reader.delivered(copy.environment, at, asset_id=copy.asset_id)
        if delivered:
            rules = restored_rules(result["before"], delivered[0])
        if is_locked(found.access_control):
            self.access(copy.environment).put(found, rules)
        self.refresh(copy.environment, [copy.asset_id])
        return {**result, "back": True}

    def remove(self, copy: CloudCopy, known: Known) -> dict[str, Any]:
        """Delete it there, if it still is what we delivered; what undoing needs."""
        operations, mode = self.operations(copy.environment), self.mode(copy.environment)
        found = self._found(copy)
        if found is not None and not is_same(copy, found):
            return {"state": "left_alone"}
        renditions = [
            asdict(one) for one in self.made.of_assets(copy.environment, [copy.public_id])
        ]
        result = {"state": "removed", "renditions": known.told.get("renditions", renditions)}
        known.keep(result)
        if found is not None:
            operations.delete([copy.asset_id])
        self.deliveries.forget_copies(copy.environment, [copy.asset_id])
        self.refresh(copy.environment, [copy.asset_id])
        kept = operations.now(copy.asset_id, mode)
        return {**result, "backup": kept is not None}

    def bring_back(
        self, copy: CloudCopy, result: Mapping[str, Any], asset: AssetId, at: datetime
    ) -> dict[str, Any]:
        """Restore it from the service's backup; what may not be delivered any more stays away.

        Where there is no backup, only a push of the master brings it back.
        """
        if result.get("state") != "removed":
            return {**result, "back": True}
        with self.readers.lent() as reader:
            standing = reader.standing(asset)
        if standing is None:
            return {**result, "back": False}
        if set(self.gate.answer(standing, copy.environment).against) - KEPT_THOUGH:
            return {**result, "back": False}
        operations = self.operations(copy.environment)
        lost: frozenset[str] = frozenset()
        if self._found(copy) is None:
            lost = operations.restore({copy.asset_id: ""})
        found = self._found(copy)
        if lost or found is None:
            return {**result, "back": False}
        self.deliveries.keep_copy(copy, at=at)
        self.made.record(PublishedRendition(**one) for one in result["renditions"])
        self.refresh(copy.environment, [copy.asset_id])
        return {**result, "back": True}

    def _found(self, copy: CloudCopy) -> CloudAsset | None:
        operations = self.operations(copy.environment)
        kept = operations.now(copy.asset_id, self.mode(copy.environment))
        return None if kept is None or kept.asset.placeholder else kept.asset

    def _reasons(self, copy: CloudCopy, at: datetime) -> tuple[Reason, ...]:
        """What the gate says against it, besides that it is archived."""
        with self.readers.lent() as reader:
            delivered = reader.delivered(copy.environment, at, asset_id=copy.asset_id)
        return against(delivered[0], at) if delivered else ()

    def _hand_over(
        self,
        copy: CloudCopy,
        result: Mapping[str, Any],
        reasons: tuple[Reason, ...],
        at: datetime,
    ) -> None:
        """It is retracted from now on: it comes back by itself when it may."""
        self.retractions.put(
            Retraction(
                environment=copy.environment,
                asset_id=copy.asset_id,
                public_id=copy.public_id,
                name=copy.public_id.rpartition("/")[2],
                content=copy.sha256,
                version=copy.version,
                state=RetractionState.RETRACTED,
                before=tuple(result["before"]),
                reasons=reasons,
                at=at.isoformat(),
            )
        )
