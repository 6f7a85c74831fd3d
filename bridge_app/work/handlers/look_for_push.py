"""Looks whether a push arrived that ended without an answer, and puts on record what is there.

Nothing is sent, and nothing is opened: what is found is known from then on, so that whoever looks
after what is delivered takes it away where it may not be seen.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bridge_app.delivery.operations import Operations
from bridge_app.delivery.reference_uploads import ReferenceUploads
from bridge_app.delivery.uploads import CloudinaryEnvironment
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import AccessRule, FolderMode
from bridge_app.domain.errors import NoKeyringError
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.push_policies import Access
from bridge_app.domain.retractions import LOCKED, RetractionState, opened
from bridge_app.storage.looks import PUSHED_AS, FoundPushes
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.handlers.push import as_it_is_now, delivered_before, order_of
from bridge_app.work.handlers.push_reference import Earlier
from bridge_app.work.jobs import PUSH, Push
from bridge_app.work.outcome import Done, Outcome, Waiting
from bridge_app.work.reference_jobs import PushReference

LOOK_AFTER = (timedelta(minutes=1), timedelta(minutes=15))
"""A request that nobody waits for any more may still be carried out: what is not there is looked
for again so long after the push has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookHandler:
    """Runs `look_for_push` jobs; one instance serves all lanes.

    Args:
        opened: The uploads of an environment; raises BridgeError.
        references: Its uploads by reference; raises BridgeError.
        operations: Its operations, which tell who may see an asset; raises BridgeError.
        mode: Where its folders come from, as far as is known.
        tell: Hears which masters are delivered.
    """

    readers: Readers
    found: FoundPushes
    record: Retractions
    opened: Callable[[str], CloudinaryEnvironment]
    references: Callable[[str], ReferenceUploads]
    operations: Callable[[str], Operations]
    mode: Callable[[str], FolderMode]
    tell: Callable[[Event], None]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Ask by the content, record what is there, or ask again later."""
        context.report(0, 1)
        try:
            copies = self._copies(job, context)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        for copy in copies:
            self.found.record(copy, job.id, at=context.now())
        if copies:
            touched = frozenset({AssetId(job.asset)} if job.asset else ())
            self.tell(ChangeSet(assets=touched, jobs=True))
            return Done(result={"state": "found", "public_id": copies[0].public_id})
        ended, now = datetime.fromisoformat(job.created_at), context.now()
        again = next((ended + after for after in LOOK_AFTER if ended + after > now), None)
        if again is not None:
            return Waiting(reason=WaitingFor.ARRIVAL, until=again)
        return Done(result={"state": "not_there"})

    def _copies(self, job: JobRecord, context: Context) -> list[CloudCopy]:
        if job.params[PUSHED_AS] == PUSH:
            return self._pushed(Push.from_params(job.params), context)
        return self._by_reference(PushReference.from_params(job.params), context)

    def _pushed(self, push: Push, context: Context) -> list[CloudCopy]:
        environment = self.opened(push.environment)
        copy = delivered_before(environment, order_of(push, Path(push.name)), push)
        if copy is None:
            with self.readers.lent() as reader:
                now = as_it_is_now(push, reader)
            if now != push:
                copy = delivered_before(environment, order_of(now, Path(now.name)), now)
        if copy is None:
            return []
        if push.access and self.record.one(copy.environment, copy.asset_id) is None:
            # It was sent by the rules of that moment: what it has now says which they were.
            there = self._rules(copy)
            moves = any(rule.start or rule.end for rule in there)
            known = opened(copy, push.name, there, follows_rights=moves, at=context.now())
            self.record.put(known)
        return [copy]

    def _rules(self, copy: CloudCopy) -> tuple[AccessRule, ...]:
        kept = self.operations(copy.environment).now(copy.asset_id, self.mode(copy.environment))
        return () if kept is None else kept.asset.access_control

    def _by_reference(self, push: PushReference, context: Context) -> list[CloudCopy]:
        """Whether people see it is for whoever looks after what is delivered: it is told to begin.

        What has not the master's bytes is no copy of it, and nobody sees it.
        """
        uploads, stated = self.references(push.environment), self._stated_md5(push)
        copies: list[CloudCopy] = []
        for place, found in Earlier(push, uploads, is_again=True).arrived:
            if replace(found, md5=stated).is_right(place):
                self._look_after(found.copy, push, context)
                copies.append(found.copy)
            else:
                uploads.withheld(found)
        return copies

    def _look_after(self, copy: CloudCopy, push: PushReference, context: Context) -> None:
        known = self.record.one(copy.environment, copy.asset_id)
        if known is not None and (known.version, known.content) == (copy.version, copy.sha256):
            return
        locked = push.access is Access.TOKEN
        rules = LOCKED if locked else ()
        record = opened(copy, push.name, rules, follows_rights=not locked, at=context.now())
        self.record.put(record if locked else replace(record, state=RetractionState.BEGUN))

    def _stated_md5(self, push: PushReference) -> str:
        """What the master's service says its bytes have, as far as it is the version pushed."""
        with self.readers.lent() as reader:
            known = reader.shelter_assets([push.asset]).get(push.asset)
            standing = reader.standing(push.asset)
        if known is None or standing is None or standing.content != push.content:
            return ""
        algorithm, _, digest = known.hash.partition(":")
        return digest.lower() if algorithm == "md5" else ""
