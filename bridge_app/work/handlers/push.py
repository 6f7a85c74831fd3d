"""Sends one master: ask whether it already happened, ask the gate, then send and check."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bridge_app.delivery.large_uploads import Escort, UploadLog
from bridge_app.delivery.limits import BudgetSpentError
from bridge_app.delivery.uploads import CloudinaryEnvironment, UploadOrder
from bridge_app.domain.assets import CloudCopy, LibraryId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    FileChangedError,
    GateRefusalError,
    NoKeyringError,
    RefusedByServiceError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.push_policies import access_now
from bridge_app.domain.retractions import opened, rule_of
from bridge_app.storage.last_looks import Look
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.same_pictures import became
from bridge_app.storage.search import CatalogReader, Readers, Standing
from bridge_app.work.context import Context
from bridge_app.work.eager_record import EagerRecord
from bridge_app.work.handlers.plugin_folders import owned_by_a_plugin
from bridge_app.work.jobs import Push
from bridge_app.work.last_look import LastLook
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.push_gate import PushGate

SCAN_AGAIN_S = 3.0
ASKING_AT_ONCE = 2
"""Lanes that look into the catalog at the same time: more readers would be opened for a few
questions, and each would read anew what the others have read."""


class ReplacedElsewhereError(BridgeError):
    """What a new version would replace is not what we delivered."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was not sent: the content at {public_id} was changed by somebody else. Look at "
        "it first; nothing was replaced.",
    )


class UnseenError(Exception):
    """The catalog does not know the asset, so nobody can say whether it may leave."""


class PushHandler:
    """Runs `Push` jobs; one instance serves all lanes.

    `opened(environment)` and `file_path(library, path)` raise BridgeError.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        readers: Readers,
        gate: PushGate,
        *,
        opened: Callable[[str], CloudinaryEnvironment],
        file_path: Callable[[LibraryId, str], Path],
        log: UploadLog,
        record: Retractions,
        eager: EagerRecord,
    ) -> None:
        self._readers = readers
        self._gate = gate
        self._opened = opened
        self._file_path = file_path
        self._log = log
        self._record = record
        self._eager = eager
        self._last_look = LastLook(readers)
        self._asking = threading.Semaphore(ASKING_AT_ONCE)

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Send the master of a job, once."""
        push = Push.from_params(job.params)
        try:
            environment = self._opened(push.environment)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        look = self._last_look.at(push.asset, push.environment)
        if look is None:
            return _until_scanned(context)
        owned = owned_by_a_plugin(job, look.channels)
        if owned is not None:
            return Failed(error=owned)
        rights, restrictions = look.standing.rights, look.standing.restrictions
        access = access_now(push.access, rights, restrictions)
        if access != push.access:
            push = replace(push, access=access)
        try:
            outcome = self._carried_out(push, look, environment, context)
        except UnseenError:
            return _until_scanned(context)
        except FileChangedError:
            if self._is_being_written(push):
                return _until_scanned(context)
            raise
        if isinstance(outcome, Done):
            self._eager.go_on(push, outcome.copy, job.batch)
        return outcome

    def _carried_out(
        self, push: Push, look: Look, environment: CloudinaryEnvironment, context: Context
    ) -> Outcome:
        standing = look.standing
        path = self._file_path(standing.library, standing.path)
        planned = push
        if standing.sha256 != push.sha256:
            with self._asking, self._readers.lent() as reader:
                push = as_it_is_now(push, reader)
        escort = self._escort(push, context)
        copy: CloudCopy | None = None
        again = False
        for earlier in (push,) if push == planned else (planned, push):
            order = order_of(earlier, path)
            if copy is None and (context.attempt > 1 or environment.has_begun(order, escort)):
                again = True
                copy = delivered_before(environment, order, earlier)
        if copy is None:
            if again:
                # Asking the service took its time.
                look = self._looked(push)
            refusal = self._refusal(push, look)
            if refusal is not None:
                return Failed(error=refusal)
            if push.eager:
                push = replace(push, eager=self._gate.eager(look.standing, push, look.policies))
            copy = _send(environment, order_of(push, path), push, escort)
        if copy is None:
            return Failed(error=_name_is_taken(push))
        if push.access:
            # A window of rights moves with them from now on.
            rules = tuple(map(rule_of, push.access))
            self._record.put(
                opened(copy, push.name, rules, follows_rights=len(rules) > 1, at=context.now())
            )
        return Done(copy=copy, result={"public_id": copy.public_id, "version": copy.version})

    def _looked(self, push: Push) -> Look:
        look = self._last_look.at(push.asset, push.environment)
        if look is None:
            raise UnseenError
        return look

    def _is_that_picture(self, push: Push, standing: Standing) -> bool:
        """Is it the content of the push, or differs it in nothing but metadata that we wrote?"""
        if standing.sha256 in (None, push.sha256):
            return standing.sha256 is not None
        asked = became(push.asset, push.sha256, standing.sha256)
        with self._asking, self._readers.lent() as reader:
            return reader.ask(asked)

    def _is_being_written(self, push: Push) -> bool:
        """May the file be ahead of the catalog, which learns what we write some files later?"""
        # Only a push that met other bytes needs it.
        from bridge_app.domain.edits import DELIVERABLE  # noqa: PLC0415
        from bridge_app.storage.edits import open_edits  # noqa: PLC0415

        with self._asking, self._readers.lent() as reader:
            said = reader.ask(lambda connection: open_edits(connection, [push.asset]))
        return any(edit.state in DELIVERABLE for edit in said.get(push.asset, ()))

    def _refusal(self, push: Push, look: Look) -> BridgeError | None:
        """What the gate says at this moment about the picture of the job; None means yes.

        The bytes themselves are compared with those of the job as they are sent.
        """
        if not self._is_that_picture(push, look.standing):
            return FileChangedError(name=push.name)
        answer = self._gate.answer(look.standing, push, look.policies)
        if answer.allows:
            return None
        return GateRefusalError(name=push.name, reasons=answer.sentence())

    def _escort(self, push: Push, context: Context) -> Escort:
        """The last part of a large file leaves after hours, maybe: the gate is asked once more."""

        def ask_the_gate() -> None:
            refusal = self._refusal(push, self._looked(push))
            if refusal is not None:
                raise refusal

        return Escort(
            report=context.report,
            before_last=ask_the_gate,
            advanced=context.advance,
            log=self._log,
            now=context.now,
            derived=lambda copy, made: self._eager.keep(push, copy, made, at=context.now()),
        )


def _until_scanned(context: Context) -> Waiting:
    until = context.now() + timedelta(seconds=SCAN_AGAIN_S)
    return Waiting(reason=WaitingFor.SCAN, until=until)


def as_it_is_now(push: Push, reader: CatalogReader) -> Push:
    """The push of what our own writing of metadata made of its content since it was planned."""
    asset = next(iter(reader.assets([push.asset])), None)
    if asset is None or asset.sha256 is None or asset.md5 is None:
        return push
    if not reader.ask(became(push.asset, push.sha256, asset.sha256)):
        return push
    return replace(push, sha256=asset.sha256, md5=asset.md5, bytes=asset.bytes)


def delivered_before(
    environment: CloudinaryEnvironment, order: UploadOrder, push: Push
) -> CloudCopy | None:
    """Did an earlier run get through, although its reply was lost or the program ended?"""
    found = environment.holds(order)
    if found is None and not push.replaces:
        found = environment.holds(replace(order, public_id=push.fallback_id))
    return found


def _send(
    environment: CloudinaryEnvironment, order: UploadOrder, push: Push, escort: Escort
) -> CloudCopy | None:
    """Upload; where others' content has the public ID, under the one that is ours alone."""
    if push.replaces:
        return _replace(environment, order, push, escort)
    if order.is_large and _is_taken(environment, order):
        return environment.upload(replace(order, public_id=push.fallback_id), escort)
    copy = environment.upload(order, escort)
    if copy is None:
        copy = environment.upload(replace(order, public_id=push.fallback_id), escort)
    return copy


def _is_taken(environment: CloudinaryEnvironment, order: UploadOrder) -> bool:
    """Would hours of sending end in a no, because others' content has the public ID?"""
    try:
        return environment.content_at(order) not in (None, order.sha256)
    except BudgetSpentError:
        return False


def _replace(
    environment: CloudinaryEnvironment, order: UploadOrder, push: Push, escort: Escort
) -> CloudCopy | None:
    """Put the new version in the old one's place, if that is what still is there.

    Raises ReplacedElsewhereError if somebody else changed it meanwhile.
    """
    there = environment.content_at(order)
    if there not in (None, push.replaces, push.sha256):
        raise ReplacedElsewhereError(name=push.name, public_id=push.public_id)
    return environment.upload(replace(order, overwrite=there is not None), escort)


def _name_is_taken(push: Push) -> BridgeError:
    return RefusedByServiceError(
        service="Cloudinary", detail=f"other content has the public ID {push.fallback_id}"
    )


def order_of(push: Push, path: Path) -> UploadOrder:
    """What is sent, as the service is told."""
    return UploadOrder(
        path=path,
        name=push.name,
        public_id=push.public_id,
        resource_type=push.resource_type,
        sha256=push.sha256,
        md5=push.md5,
        bytes=push.bytes,
        folder=push.folder,
        tags=push.tags,
        preset=push.preset,
        display_name=push.display_name,
        context=push.context,
        access=push.access,
        delivery_type=push.delivery_type,
        metadata=dict(push.metadata),
        moderated=push.moderated,
        eager=tuple(dict.fromkeys(one.wanted for one in push.eager)),
    )
