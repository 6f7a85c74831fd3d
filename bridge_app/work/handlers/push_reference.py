"""Brings one master from its service to Cloudinary: read it by its ID, ask the gate, send, check.

By reference where the service gives a link, so that no byte passes through this machine; else
streamed through its memory.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bridge_app.delivery.large_uploads import Escort, UploadLog
from bridge_app.delivery.reference_uploads import (
    Arrived,
    LinkNotLoadedError,
    ReferenceOrder,
    ReferenceUploads,
)
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    NoKeyringError,
    OfflineError,
    RefusedByServiceError,
    TransientError,
)
from bridge_app.domain.field_mapping import CloudWords
from bridge_app.domain.gate import verdict
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.push_policies import Access, access_rules
from bridge_app.domain.retractions import LOCKED, opened, rule_of
from bridge_app.domain.shelter import ShelterAsset, shelter_of
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers, Standing
from bridge_app.work.context import Context
from bridge_app.work.handlers.push import SCAN_AGAIN_S, ReplacedElsewhereError, UnseenError
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.reference_jobs import PushReference

AWAY_S = 60.0
"""How long to wait when the master's service, not Cloudinary, cannot be reached."""


class ChangedAtServiceError(BridgeError):
    """The master is another one than the one that was approved and planned."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} has a new version at its library. It was not sent: have that version approved, "
        "then push it.",
    )


class MasterGoneError(BridgeError):
    """The service has no such master any more."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} is not at its library any more. Nothing was sent or changed."
    )


class MasterAwayError(TransientError):
    """The service of the master cannot be reached, while Cloudinary can."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The library of this master cannot be reached. Nothing was lost: it is tried again by "
        "itself every minute.",
    )


class Masters(Protocol):
    """What is asked about masters of services. Methods block and raise BridgeError only."""

    def refresh_now(self, asset: AssetId) -> ShelterAsset | None:
        """Read one master by its ID, and keep what it is now; None if it is gone."""

    def service(self, account: str) -> ShelterService:
        """An account's service, ready for calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReferenceHandler:
    """Runs `push_reference` jobs; one instance serves all lanes.

    Args:
        opened: The uploads of an environment; raises BridgeError.
        words: What a master says of itself in an environment: tags, context, metadata, access.
    """

    readers: Readers
    masters: Masters
    opened: Callable[[str], ReferenceUploads]
    words: Callable[[str, AssetId, ShelterAsset], CloudWords]
    log: UploadLog
    record: Retractions

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Send the master of a job, once."""
        push = PushReference.from_params(job.params)
        try:
            account = shelter_of(self._standing(push).library) or ""
            uploads = self.opened(push.environment)
            with _masters_service():
                master = self.masters.refresh_now(push.asset)
                service = self.masters.service(account)
            if master is None:
                return Failed(error=MasterGoneError(name=push.name))
            return self._carried_out(push, master, uploads, service, context)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        except MasterAwayError as error:
            until = context.now() + timedelta(seconds=AWAY_S)
            return Waiting(reason=WaitingFor.NEXT_TRY, until=until, error=error)
        except UnseenError:
            until = context.now() + timedelta(seconds=SCAN_AGAIN_S)
            return Waiting(reason=WaitingFor.SCAN, until=until)

    def _carried_out(
        self,
        push: PushReference,
        master: ShelterAsset,
        uploads: ReferenceUploads,
        service: ShelterService,
        context: Context,
    ) -> Outcome:
        order = self._order(push, master)
        sending = _Sending(
            order=order,
            push=push,
            master=master,
            uploads=uploads,
            service=service,
            escort=self._escort(push, context),
        )
        before = sending.before() if context.attempt > 1 else None
        refusal = self._refusal(push, context)
        if refusal is not None:
            if before is not None:
                # An earlier run may have let people see it, and lost the reply.
                uploads.withheld(before)
            return Failed(error=refusal)
        arrived, how = (before, "before") if before else sending.sent()
        if arrived is None:
            detail = f"other content has the public ID {push.fallback_id}"
            return Failed(error=RefusedByServiceError(service="Cloudinary", detail=detail))
        copy = uploads.settled(order, arrived)
        follows = push.access is not Access.TOKEN
        self.record.put(
            opened(copy, push.name, order.access, follows_rights=follows, at=context.now())
        )
        told = {"how": how, "verified_by": arrived.verified_by}
        result = {"public_id": copy.public_id, "version": copy.version, **told}
        return Done(copy=copy, result=result)

    def _order(self, push: PushReference, master: ShelterAsset) -> ReferenceOrder:
        words = self.words(push.environment, push.asset, master)
        window = access_rules(Access.WHILE_LICENSED, self._standing(push).rights)
        access = tuple(map(rule_of, window if words.access_control else ()))
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
            metadata=words.metadata,
            preset=push.preset,
            display_name=push.display_name or words.display_name,
            access=LOCKED if push.access is Access.TOKEN else access,
            replaces=bool(push.replaces),
        )

    def _standing(self, push: PushReference) -> Standing:
        with self.readers.lent() as reader:
            found = reader.standing(push.asset)
        if found is None:
            raise UnseenError
        return found

    def _refusal(self, push: PushReference, context: Context) -> BridgeError | None:
        """What the gate says at this moment about exactly what was planned; None means yes."""
        standing = self._standing(push)
        if standing.content != push.content:
            return ChangedAtServiceError(name=push.name)
        answer = verdict(standing, at=context.now())
        if answer.allows:
            return None
        return GateRefusalError(name=push.name, reasons=answer.sentence())

    def _escort(self, push: PushReference, context: Context) -> Escort:
        """The last part of a large master leaves after hours, maybe: the gate is asked again."""

        def ask_the_gate() -> None:
            refusal = self._refusal(push, context)
            if refusal is not None:
                raise refusal

        return Escort(
            report=context.report,
            before_last=ask_the_gate,
            advanced=context.advance,
            log=self.log,
            now=context.now,
        )


@dataclass(slots=True, kw_only=True)
class _Sending:
    """One run: the order, and what carries it out."""

    order: ReferenceOrder
    push: PushReference
    master: ShelterAsset
    uploads: ReferenceUploads
    service: ShelterService
    escort: Escort

    def before(self) -> Arrived | None:
        """Did an earlier run get through, although its reply was lost or the program ended?

        What arrived damaged is ours to replace.
        """
        places = [self.order]
        if not self.push.replaces:
            places.append(replace(self.order, public_id=self.push.fallback_id))
        for place in places:
            arrived = self.uploads.found(place)
            if arrived is not None and arrived.is_right(self.order):
                return arrived
            if arrived is not None:
                self.order = replace(place, overwrite=True)
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
            with _masters_service():
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
            with _masters_service():
                stream = self.service.stream(self.master.media_id)
                arriving = opened.enter_context(stream)
            yield _as_they_arrive(arriving)


def _as_they_arrive(arriving: Iterator[bytes]) -> Iterator[bytes]:
    with _masters_service():
        yield from arriving


@contextmanager
def _masters_service() -> Iterator[None]:
    """Being offline there does not mean that Cloudinary cannot be reached."""
    try:
        yield
    except OfflineError as error:
        raise MasterAwayError from error
