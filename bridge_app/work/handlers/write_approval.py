"""Tells a service of a decision: reads what it says now, writes once, and looks again.

Where the service was told something stricter meanwhile, that holds. What was written comes back
with the next sync as what is known already, and becomes no second decision.
Source: reference/photoshelter.md, 10 "approval".
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bridge_app.domain.approvals import BOTH_HEARD, Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.disagreements import both, is_disagreement
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    NotFoundError,
    RefusedByServiceError,
)
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.shelter import ShelterAsset, service_name
from bridge_app.domain.shelter_approval import (
    APPROVAL_KEYWORD,
    ApprovalReading,
    ApprovalSource,
    approval_keywords,
    approval_option,
    is_approval_field,
    keywords_of,
    read_approval,
    state_named,
    stricter,
)
from bridge_app.libraries.photoshelter.values import CustomField
from bridge_app.libraries.remote import OnlyReadError
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.search import Readers
from bridge_app.work.approval_jobs import WriteApproval
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.handlers.patience import CANNOT_BE_ASKED, until_it_can_be_asked
from bridge_app.work.handlers.unseen_master import until_seen
from bridge_app.work.outcome import Done, Failed, Outcome
from bridge_app.work.shelter_desk import ShelterDesk

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary

FIELDS_S = 300.0
"""How long the definitions of custom fields are believed."""
TURNS = 64


class StricterThereError(BridgeError):
    """The service says something stricter."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "At {service} {name} is “{state}” by its {source}, which is stricter, and holds. Decide "
        "again if that is not right.",
    )


class ArchivedThereError(BridgeError):
    """What is archived is not decided about."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} is archived at {service}, so it was not told of the decision. The decision is "
        "kept here.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPlaces:
    """What the handler needs of the application."""

    shelters: ShelterDesk
    decisions: Decisions
    readers: Readers
    emit: Callable[[Event], None]


@dataclass(slots=True)
class _Fields:
    """The custom fields of an account, as they were read at a time."""

    fields: tuple[CustomField, ...]
    read_at: datetime


@dataclass(slots=True)
class WriteApprovalHandler:
    """Runs `write_approval` jobs; those of one master one after another."""

    places: ApprovalPlaces
    _turns: tuple[threading.Lock, ...] = field(
        default_factory=lambda: tuple(threading.Lock() for _ in range(TURNS))
    )
    _fields: dict[str, _Fields] = field(default_factory=dict)

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Make the service say what was decided last of this content."""
        wish = WriteApproval.from_params(job.params)
        with self._turns[hash(wish.asset) % TURNS]:
            try:
                return self._told(wish, context)
            except CANNOT_BE_ASKED as error:
                return until_it_can_be_asked(error, context)

    def _told(self, wish: WriteApproval, context: Context) -> Outcome:
        if self.places.shelters.shelter_asset(wish.asset) is None:
            gone = Failed(error=NotFoundError(what=wish.name))
            return until_seen(self.places.shelters, context) or gone
        there = self.places.shelters.refresh_now(wish.asset)
        if there is None:
            return Failed(error=NotFoundError(what=wish.name))
        asset = self._asset(wish.asset)
        if asset is None or asset.content != wish.content:
            return Done(result={"state": "superseded"})
        context.report(0, 1)
        superseded = self._superseded(wish, there)
        if superseded is not None:
            return superseded
        service = self.places.shelters.service(there.account)
        settles = self._settles(wish, there)
        try:
            source = self._write(service, there, wish.approval, context)
            if settles and source is ApprovalSource.FIELD:
                _bring_into_line(service, there, wish.approval)
        except (RefusedByServiceError, InvalidInputError) as error:
            self._fields.pop(there.account, None)
            return self._untold(error, wish, asset, self._reading(there), context)
        return self._checked(wish, asset, source, context)

    def _superseded(self, wish: WriteApproval, there: ShelterAsset) -> Outcome | None:
        """Was something else decided meanwhile, here or there?"""
        reading = self._reading(there)
        if reading.archived:
            return Failed(
                error=ArchivedThereError(name=wish.name, service=service_name(there.account))
            )
        newest = self.places.decisions.newest(wish.content)
        if newest is None or newest.approval is wish.approval:
            return None
        if newest.who in (reading.who, BOTH_HEARD) and newest.approval is reading.said:
            return Failed(error=_stricter(wish, reading, service_name(there.account)))
        return Done(result={"state": "superseded"})

    def _settles(self, wish: WriteApproval, there: ShelterAsset) -> bool:
        """Was it decided by somebody who had been told what the service says still?

        Then no other source of it may contradict that for ever.
        """
        found = self.places.decisions.history(wish.asset, wish.content)
        whole = [
            one
            for one in found
            if one.sha256 == wish.content and not (one.transformation or one.stage)
        ]
        return len(whole) > 1 and whole[-2].approval is self._reading(there).said

    def _checked(
        self, wish: WriteApproval, asset: Asset, source: ApprovalSource, context: Context
    ) -> Outcome:
        """All sources together may say less than what was written to one of them."""
        now = self.places.shelters.refresh_now(wish.asset)
        if now is None:
            return Failed(error=NotFoundError(what=wish.name))
        reading = self._reading(now)
        if stricter(reading.state, wish.approval) is wish.approval:
            return Done(result={"state": wish.approval.value, "source": source.value})
        self._give_way(wish, asset, reading, context)
        return Failed(error=_stricter(wish, reading, service_name(now.account)))

    def _untold(
        self,
        error: BridgeError,
        wish: WriteApproval,
        asset: Asset,
        reading: ApprovalReading,
        context: Context,
    ) -> Outcome:
        """Where nothing can ever be told the decision is ours alone, unless theirs is stricter."""
        self._give_way(wish, asset, reading, context)
        if not isinstance(error, OnlyReadError):
            return Failed(error=error)
        if reading.said is None or stricter(reading.state, wish.approval) is wish.approval:
            return Done(result={"state": "kept here"})
        return Failed(error=_stricter(wish, reading, reading.service))

    def _give_way(
        self, wish: WriteApproval, asset: Asset, reading: ApprovalReading, context: Context
    ) -> None:
        """What the service says holds, if it is stricter than what it cannot be told.

        Where both are decisions, both stay on record until somebody settles it.
        """
        decisions = self.places.decisions
        ours = decisions.newest(wish.content)
        silent = reading.said is None or stricter(reading.state, wish.approval) is wish.approval
        if silent or ours is None or ours.approval is not wish.approval:
            return
        if is_disagreement(ours.approval, reading.state):
            decisions.hear(asset, both(ours, reading.state, reading.who), at=context.now())
        else:
            decisions.add([asset], reading.state, comment="", who=reading.who, at=context.now())
        self.places.emit(ChangeSet(assets=frozenset({wish.asset})))

    def _write(
        self, service: "RemoteLibrary", there: ShelterAsset, state: Approval, context: Context
    ) -> ApprovalSource:
        """To the custom field if there is one with that option, else to the keyword."""
        fields = self._custom_fields(service, there.account, context)
        one = next((one for one in fields if is_approval_field(one.name)), None)
        options = one.options if one else ()
        option = next((known.name for known in options if state_named(known.name) is state), None)
        if one is not None and option is not None:
            if state_named(approval_option(there)) is not state:
                service.write_custom(there.media_id, {one.name: option})
            return ApprovalSource.FIELD
        _write_keyword(service, there, state)
        if one is not None and approval_option(there):
            service.write_custom(there.media_id, {one.name: None})
        return ApprovalSource.KEYWORD

    def _custom_fields(
        self, service: "RemoteLibrary", account: str, context: Context
    ) -> tuple[CustomField, ...]:
        known = self._fields.get(account)
        if known is None or context.now() - known.read_at > timedelta(seconds=FIELDS_S):
            known = _Fields(fields=service.custom_fields(), read_at=context.now())
            self._fields[account] = known
        return known.fields

    def _reading(self, there: ShelterAsset) -> ApprovalReading:
        return read_approval(there, self.places.shelters.ancestors(there.id))

    def _asset(self, asset: AssetId) -> Asset | None:
        with self.places.readers.lent() as reader:
            return next(iter(reader.assets([asset])), None)


def _bring_into_line(service: "RemoteLibrary", there: ShelterAsset, state: Approval) -> None:
    """Keywords of ours that are there say the same as the field."""
    if approval_keywords(keywords_of(there)):
        _write_keyword(service, there, state)


def _write_keyword(service: "RemoteLibrary", there: ShelterAsset, state: Approval) -> None:
    """The new one first: while both are there, the stricter one holds."""
    said = approval_keywords(keywords_of(there))
    wanted = f"{APPROVAL_KEYWORD}{state.value}"
    if wanted not in said:
        service.add_keywords(there.media_id, (wanted,))
    others = tuple(word for word in said if word != wanted)
    if others:
        service.remove_keywords(there.media_id, others)


def _stricter(wish: WriteApproval, reading: ApprovalReading, service: str) -> StricterThereError:
    words = reading.state.value.replace("_", " ")
    source = reading.source.value if reading.source else ""
    return StricterThereError(service=service, name=wish.name, state=words, source=source)
