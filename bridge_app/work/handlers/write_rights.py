"""Tells a service of a rights claim: reads its block, writes once, and what others said stays.

What we wrote before is replaced; what others wrote is only made narrower.
Source: reference/photoshelter.md, 10 "rights block".
"""

import threading
from dataclasses import dataclass, field

from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.rights_block import RightsBlock, read_block, with_block
from bridge_app.domain.rights_to_block import claimed_block
from bridge_app.domain.shelter import ShelterAsset, service_name
from bridge_app.storage.rights_claims import RightsClaims
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.handlers.patience import CANNOT_BE_ASKED, until_it_can_be_asked
from bridge_app.work.handlers.unseen_master import until_seen
from bridge_app.work.outcome import Done, Failed, Outcome
from bridge_app.work.rights_jobs import WriteRights
from bridge_app.work.shelter_desk import ShelterDesk

TURNS = 64
FIELD = "instructions"


@dataclass(slots=True)
class WriteRightsHandler:
    """Runs `write_rights` jobs; those of one master one after another."""

    shelters: ShelterDesk
    claims: RightsClaims
    readers: Readers
    _turns: tuple[threading.Lock, ...] = field(
        default_factory=lambda: tuple(threading.Lock() for _ in range(TURNS))
    )

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Make the service's block say what was claimed last, and what others said."""
        wish = WriteRights.from_params(job.params)
        with self._turns[hash(wish.asset) % TURNS]:
            try:
                return self._told(wish, context)
            except CANNOT_BE_ASKED as error:
                return until_it_can_be_asked(error, context)

    def _told(self, wish: WriteRights, context: Context) -> Outcome:
        if self.shelters.shelter_asset(wish.asset) is None:
            gone = Failed(error=NotFoundError(what=wish.name))
            return until_seen(self.shelters, context) or gone
        there = self.shelters.refresh_now(wish.asset)
        if there is None:
            return Failed(error=NotFoundError(what=wish.name))
        context.report(0, 1)
        text = _instructions(there)
        wanted = self._wanted(wish, there, context)
        if wanted == text:
            return Done(result={"state": "there"})
        self.shelters.service(there.account).write_iptc(
            there.media_id, {FIELD: wanted or None}, base_modified=there.modified_at
        )
        self.shelters.refresh_now(wish.asset)
        return Done(result={"state": "written"})

    def _wanted(self, wish: WriteRights, there: ShelterAsset, context: Context) -> str:
        """The instructions as they have to be; what we intend is on disk before it is sent.

        Raises UnreadableRightsBlockError, NothingAllowedThereError.
        """
        text = _instructions(there)
        with self.readers.lent() as reader:
            asset = next(iter(reader.assets([wish.asset])), None)
        claim = self.claims.newest(wish.asset, asset.content if asset else None)
        if claim is None:
            return text
        here = read_block(text) or RightsBlock()
        before = self.claims.theirs(wish.asset, str(here))
        theirs = here if before is None else read_block(before) or RightsBlock()
        called = service_name(there.account)
        block = claimed_block(theirs, claim.claim, name=wish.name, service=called)
        said = "" if theirs.is_empty else str(theirs)
        self.claims.put_told(wish.asset, str(block), said, at=context.now())
        return text if block == here else with_block(text, block)


def _instructions(there: ShelterAsset) -> str:
    found = there.iptc.get(FIELD, "")
    return found if isinstance(found, str) else " ".join(found)
