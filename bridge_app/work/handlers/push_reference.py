"""Brings one master from its service to Cloudinary: read it by its ID, ask the gate, send, check.

By reference where the service gives a link, so that no byte passes through this machine; else
streamed through its memory.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from bridge_app.delivery.content import PART
from bridge_app.delivery.large_uploads import Escort, UploadLog
from bridge_app.delivery.reference_uploads import (
    Arrived,
    LinkNotLoadedError,
    ReferenceOrder,
    ReferenceUploads,
)
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import AccessRule
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    NoKeyringError,
    RefusedByServiceError,
)
from bridge_app.domain.field_mapping import CloudWords
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.push_policies import Access, access_rules, public_limits
from bridge_app.domain.retractions import LOCKED, RetractionState, opened, rule_of
from bridge_app.domain.shelter import ShelterAsset, shelter_of
from bridge_app.libraries.remote import RemoteLibrary
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers, Standing
from bridge_app.work.context import Context
from bridge_app.work.eager_record import EagerRecord
from bridge_app.work.handlers.fresh_masters import (
    MasterAwayError,
    MasterGoneError,
    Masters,
    masters_service,
    until_back,
)
from bridge_app.work.handlers.push import SCAN_AGAIN_S, ReplacedElsewhereError, UnseenError
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.push_gate import PushGate
from bridge_app.work.reference_jobs import PushReference


class ChangedAtServiceError(BridgeError):
    """The master is another one than the one that was approved and planned."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} has a new version at its library. It was not sent: have that version approved, "
        "then push it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReferenceHandler:
    """Runs `push_reference` jobs; one instance serves all lanes.

    Args:
        opened: The uploads of an environment; raises BridgeError.
        words: What a master says of itself in an environment: tags, context, metadata, access.
    """

    readers: Readers
    gate: PushGate
    masters: Masters
    opened: Callable[[str], ReferenceUploads]
    words: Callable[[str, AssetId, ShelterAsset], CloudWords]
    log: UploadLog
    record: Retractions
    deliveries: Deliveries
    eager: EagerRecord

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Send the master of a job, once.

        What an earlier run may have let people see, and lost the reply, is withheld again unless
        this run comes to its end.
        """
        push = PushReference.from_params(job.params)
        with ExitStack() as unless_done:
            try:
                uploads = self.opened(push.environment)
                earlier = Earlier(push, uploads, is_again=_is_again(push, context))
                unless_done.callback(earlier.withhold)
                outcome = self._outcome(push, uploads, earlier, context)
            except NoKeyringError as error:
                return Waiting(reason=WaitingFor.ACCOUNT, error=error)
            except MasterAwayError as error:
                return until_back(error, context)
            except UnseenError:
                until = context.now() + timedelta(seconds=SCAN_AGAIN_S)
                return Waiting(reason=WaitingFor.SCAN, until=until)
            if isinstance(outcome, Done):
                self.eager.go_on(push, outcome.copy, job.batch)
                unless_done.pop_all()
            return outcome

    def _outcome(
        self, push: PushReference, uploads: ReferenceUploads, earlier: "Earlier", context: Context
    ) -> Outcome:
        account = shelter_of(self._standing(push).library) or ""
        with masters_service():
            master = self.masters.refresh_now(push.asset)
            service = self.masters.service(account)
        if master is None:
            return Failed(error=MasterGoneError(name=push.name))
        sending = _Sending(
            order=self._order(push, master),
            push=push,
            master=master,
            uploads=uploads,
            service=service,
            escort=self._escort(push, context),
        )
        refusal = self._refusal(push)
        if refusal is not None:
            return Failed(error=refusal)
        before = sending.before(earlier)
        arrived, how = (before, "before") if before else sending.sent()
        if arrived is None:
            detail = f"other content has the public ID {push.fallback_id}"
            return Failed(error=RefusedByServiceError(service="Cloudinary", detail=detail))
        # Asked last: fetching takes minutes, and somebody may have rejected it in them.
        refusal = self._refusal(push)
        if refusal is not None:
            uploads.withheld(arrived)
            return Failed(error=refusal)
        return self._settled(push, sending.order, arrived, how, uploads, context)

    def _settled(
        self,
        push: PushReference,
        order: ReferenceOrder,
        arrived: Arrived,
        how: str,
        uploads: ReferenceUploads,
        context: Context,
    ) -> Outcome:
        """Let people see it, which is on disk before: as held back, for it still is.

        If nobody comes back to this job, whoever looks after what is delivered opens or closes it.
        """
        record = opened(
            arrived.copy,
            push.name,
            order.access,
            follows_rights=push.access is not Access.TOKEN,
            at=context.now(),
        )
        if arrived.is_right(order) and arrived.locked and order.access != LOCKED:
            self.deliveries.keep_copy(arrived.copy, at=context.now())
            self.record.put(replace(record, state=RetractionState.BEGUN))
        copy = uploads.settled(order, arrived)
        self.record.put(record)
        told = {"how": how, "verified_by": arrived.verified_by}
        return Done(
            copy=copy, result={"public_id": copy.public_id, "version": copy.version, **told}
        )

    def _order(self, push: PushReference, master: ShelterAsset) -> ReferenceOrder:
        words = self.words(push.environment, push.asset, master)
        access = self._access(push, words)
        return ReferenceOrder(
            name=push.name,
            content=push.content,
            bytes=master.bytes,
            stated=master.hash,
            public_id=push.public_id,
            resource_type=push.resource_type,
            delivery_type=push.delivery_type,
            folder=push.folder,
            tags=tuple(dict.fromkeys((*words.tags, *push.tags))),
            context={**words.context, **dict(push.context)},
            metadata={**words.metadata, **dict(push.metadata)},
            moderated=push.moderated,
            preset=push.preset,
            display_name=push.display_name or words.display_name,
            access=access,
            replaces=bool(push.replaces),
        )

    def _access(self, push: PushReference, words: CloudWords) -> tuple[AccessRule, ...]:
        """Who may see it in the end; a window only where the mapping carries one."""
        standing = self._standing(push)
        if push.access is Access.TOKEN or public_limits(standing.restrictions):
            return LOCKED
        window = access_rules(Access.WHILE_LICENSED, standing.rights)
        return tuple(map(rule_of, window if words.access_control else ()))

    def _standing(self, push: PushReference) -> Standing:
        with self.readers.lent() as reader:
            found = reader.standing(push.asset)
        if found is None:
            raise UnseenError
        return found

    def _refusal(self, push: PushReference) -> BridgeError | None:
        """What the gate says at this moment about exactly what was planned; None means yes."""
        standing = self._standing(push)
        if standing.content != push.content:
            return ChangedAtServiceError(name=push.name)
        answer = self.gate.answer(standing, push)
        if answer.allows:
            return None
        return GateRefusalError(name=push.name, reasons=answer.sentence())

    def _escort(self, push: PushReference, context: Context) -> Escort:
        """The last part of a large master leaves after hours, maybe: the gate is asked again."""

        def ask_the_gate() -> None:
            refusal = self._refusal(push)
            if refusal is not None:
                raise refusal

        return Escort(
            report=context.report,
            before_last=ask_the_gate,
            advanced=context.advance,
            log=self.log,
            now=context.now,
        )


class Earlier:
    """What earlier runs of a push left at Cloudinary: found by its place and our name of it.

    Nothing of its master need be known for that, nor need its service be there.
    """

    def __init__(self, push: PushReference, uploads: ReferenceUploads, *, is_again: bool) -> None:
        self._uploads = uploads
        names = [push.public_id] if push.replaces else [push.public_id, push.fallback_id]
        places = [_place(push, name) for name in dict.fromkeys(names)] if is_again else []
        found = [(place, uploads.found(place)) for place in places]
        self.arrived = tuple((place, one) for place, one in found if one is not None)

    def withhold(self) -> None:
        """Nobody sees any of it."""
        for _, arrived in self.arrived:
            self._uploads.withheld(arrived)


def _is_again(push: PushReference, context: Context) -> bool:
    """May an earlier run have got through? Runs of large ones that got further are not counted."""
    return context.attempt > 1 or push.bytes > PART


def _place(push: PushReference, public_id: str) -> ReferenceOrder:
    return ReferenceOrder(
        name=push.name,
        content=push.content,
        bytes=push.bytes,
        stated="",
        public_id=public_id,
        resource_type=push.resource_type,
        delivery_type=push.delivery_type,
    )


@dataclass(slots=True, kw_only=True)
class _Sending:
    """One run: the order, and what carries it out."""

    order: ReferenceOrder
    push: PushReference
    master: ShelterAsset
    uploads: ReferenceUploads
    service: RemoteLibrary
    escort: Escort

    def before(self, earlier: "Earlier") -> Arrived | None:
        """Did an earlier run get through, although its reply was lost or the program ended?

        What arrived damaged is ours to replace.
        """
        for place, found in earlier.arrived:
            arrived = replace(found, md5=self.order.stated_md5)
            if arrived.is_right(self.order):
                return arrived
            self.order = replace(self.order, public_id=place.public_id, overwrite=True)
        return None

    def sent(self) -> tuple[Arrived | None, str]:
        """Send it; where others' content has the public ID, under the one that is ours alone.

        Raises ReplacedElsewhereError if what it would replace is not what we delivered.
        """
        if self.push.replaces and not self.order.overwrite:
            self.order = replace(self.order, overwrite=self._is_there_to_replace())
        arrived, how = self._at(self.order)
        if arrived is None and not self.push.replaces:
            arrived, how = self._at(replace(self.order, public_id=self.push.fallback_id))
        return arrived, how

    def _is_there_to_replace(self) -> bool:
        there = self.uploads.content_at(self.order)
        if there not in (None, self.push.replaces, self.push.content):
            raise ReplacedElsewhereError(name=self.push.name, public_id=self.push.public_id)
        return there is not None

    def _at(self, order: ReferenceOrder) -> tuple[Arrived | None, str]:
        """By reference, if there is a link that can be loaded; else through our memory."""
        self.escort.report(0, order.bytes)
        if not order.overwrite or order.replaces:
            with masters_service():
                link = self.service.download_link(self.master.media_id)
            if link is not None:
                try:
                    return self.uploads.by_link(order, link.url, md5=link.md5), "link"
                except LinkNotLoadedError:
                    self.escort.report(0, order.bytes)
        if self._others_are_there(order):
            return None, "stream"
        return self.uploads.streamed(order, self._stream, self.escort), "stream"

    def _others_are_there(self, order: ReferenceOrder) -> bool:
        """Would hours of sending end in a no, because others' content has the public ID?"""
        if not order.is_large or order.overwrite:
            return False
        return self.uploads.content_at(order) not in (None, order.content)

    @contextmanager
    def _stream(self) -> Iterator[Iterator[bytes]]:
        with ExitStack() as opened:
            with masters_service():
                stream = self.service.stream(self.master.media_id)
                arriving = opened.enter_context(stream)
            yield _as_they_arrive(arriving)


def _as_they_arrive(arriving: Iterator[bytes]) -> Iterator[bytes]:
    with masters_service():
        yield from arriving
