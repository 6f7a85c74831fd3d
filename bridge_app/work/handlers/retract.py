"""Takes delivered copies away that may not be seen any more, proves it, and gives them back.

What was there before is on disk before the service is told, so that another run after any crash
ends in the same world.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.delivery.access import DeliveryAccess, StillDeliveredError, address_now
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.operations import Operations
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    NoKeyringError,
)
from bridge_app.domain.gate import Reason, Verdict
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.retractions import (
    LOCKED,
    Act,
    Delivered,
    Retraction,
    RetractionState,
    against,
    is_locked,
    is_same,
    open_rules,
    rule_texts,
    wanted,
)
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.retraction_jobs import RetractJob


class OtherContentThereError(BridgeError):
    """What may not be seen any more has been replaced by somebody."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} may not be delivered any more: {reasons}. Somebody has put other content at "
        "{public_id} meanwhile, which was left alone: look at it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractHandler:
    """Runs `retract` jobs; one instance serves all lanes.

    Args:
        operations: The operations of an environment; raises BridgeError.
        access: The access rules of an environment's assets; raises BridgeError.
        mode: Where an environment's folders come from, as far as is known.
        refresh: Told which assets of which environment the mirror has to look at again.
        tell: Hears which masters are retracted, or given back.
    """

    readers: Readers
    record: Retractions
    operations: Callable[[str], Operations]
    access: Callable[[str], DeliveryAccess]
    mode: Callable[[str], FolderMode]
    refresh: Callable[[str, Sequence[str]], None]
    tell: Callable[[Event], None]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Ask how the copy stands, then take it away or give it back, once."""
        wish = RetractJob.from_params(job.params)
        delivered = self._delivered(wish, context.now())
        reasons = () if delivered is None else against(delivered, context.now())
        act = None if delivered is None else wanted(delivered, reasons, context.now())
        if delivered is None or act is None:
            return Done(result={"state": "not_needed"})
        try:
            operations = self.operations(wish.environment)
            access = self.access(wish.environment)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        context.report(0, 1)
        kept = operations.now(wish.asset_id, self.mode(wish.environment))
        found = None if kept is None or kept.asset.placeholder else kept.asset
        known = _record(delivered, reasons, found, context.now())
        if found is None:
            return self._settled(delivered, replace(known, state=RetractionState.GONE))
        if act is Act.RETRACT:
            return self._retracted(delivered, found, access, known)
        # Asked last: reading takes a while, and a right may have ended in it.
        if not self._is_still(act, wish, context.now()):
            return Done(result={"state": "not_needed"})
        return self._opened(delivered, found, access, known)

    def _retracted(
        self, delivered: Delivered, found: CloudAsset, access: DeliveryAccess, known: Retraction
    ) -> Outcome:
        copy = delivered.copy
        if not is_same(copy, found):
            self._settled(delivered, replace(known, state=RetractionState.LEFT_ALONE))
            sentence = Verdict(known.reasons).sentence()
            return Failed(
                error=OtherContentThereError(
                    name=known.name, reasons=sentence, public_id=copy.public_id
                )
            )
        self.record.put(known)
        before = delivered.retraction
        begun = before is not None and before.state is RetractionState.BEGUN
        if not (begun and is_locked(found.access_control)):
            access.put(found, LOCKED)
        self.refresh(copy.environment, [copy.asset_id])
        if access.is_delivered(address_now(copy.url, found.url)):
            raise StillDeliveredError(name=known.name, service=SERVICE)
        return self._settled(delivered, replace(known, state=RetractionState.RETRACTED))

    def _opened(
        self, delivered: Delivered, found: CloudAsset, access: DeliveryAccess, known: Retraction
    ) -> Outcome:
        """By the rules it had, or its rights now ask for; rules that others set stay theirs."""
        record, there = delivered.retraction, rule_texts(found.access_control)
        withdrawn = record is not None and record.is_withdrawn
        state = RetractionState.RESTORED if withdrawn else RetractionState.OPEN
        rules = open_rules(delivered, datetime.fromisoformat(known.at))
        if there == rule_texts(rules):
            return self._settled(delivered, replace(known, state=state, before=there))
        ours = record is not None and there == record.before
        if not (is_locked(found.access_control) if withdrawn else ours):
            theirs = replace(known, state=state, before=there, follows_rights=False)
            return self._settled(delivered, theirs)
        if withdrawn:
            # Should the reply be lost, nobody may believe that it is locked still.
            self.record.put(replace(known, before=record.before if record else ()))
        access.put(found, rules)
        return self._settled(delivered, replace(known, state=state, before=rule_texts(rules)))

    def _settled(self, delivered: Delivered, known: Retraction) -> Outcome:
        self.record.put(known)
        self.refresh(known.environment, [known.asset_id])
        touched = frozenset(master.asset for master in delivered.masters)
        self.tell(ChangeSet(assets=touched, retractions=True))
        told = [reason.value for reason in known.reasons]
        return Done(result={"state": known.state.value, "reasons": told})

    def _is_still(self, act: Act, wish: RetractJob, at: datetime) -> bool:
        """Is that what is wanted at this moment, by a master that is known at this moment?"""
        delivered = self._delivered(wish, at)
        return delivered is not None and wanted(delivered, against(delivered, at), at) is act

    def _delivered(self, wish: RetractJob, at: datetime) -> Delivered | None:
        with self.readers.lent() as reader:
            found = reader.delivered(wish.environment, at, asset_id=wish.asset_id)
        return found[0] if found else None


def _record(
    delivered: Delivered, reasons: Sequence[Reason], found: CloudAsset | None, at: datetime
) -> Retraction:
    """What the ledger says from now on; rules that we have taken away already stay remembered."""
    copy, known = delivered.copy, delivered.retraction
    before = () if found is None else rule_texts(found.access_control)
    if (
        known is not None
        and known.is_withdrawn
        and (found is None or is_locked(found.access_control))
    ):
        before = known.before
    return Retraction(
        environment=copy.environment,
        asset_id=copy.asset_id,
        public_id=copy.public_id,
        name=delivered.name,
        content=copy.sha256,
        version=copy.version,
        state=RetractionState.BEGUN,
        before=before,
        reasons=tuple(reasons),
        follows_rights=known is not None and known.follows_rights,
        at=at.isoformat(),
    )
