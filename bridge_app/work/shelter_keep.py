"""Keeps what a PhotoShelter-style service tells of masters: their rows, places and decisions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.disagreements import both, is_disagreement
from bridge_app.domain.shelter import (
    ContainerKind,
    ShelterAsset,
    ShelterContainer,
    may_be_replaced,
    service_name,
)
from bridge_app.domain.shelter_approval import ApprovalReading, news, stricter, was_read
from bridge_app.domain.shelter_reading import read
from bridge_app.domain.shelter_tree import ShelterTree
from bridge_app.libraries.photoshelter.errors import StoppedError
from bridge_app.libraries.photoshelter.values import Capabilities, MediaPage, MediaWindow
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.storage.shelter_mirror import KnownMaster, Placed, ShelterMirror
from bridge_app.storage.shelter_rows import as_asset, comparable
from bridge_app.storage.shelter_state import ShelterSync
from bridge_app.work.events import Event
from bridge_app.work.kinds import WRITE_APPROVAL

AT_ONCE = 500
"""Masters that are placed anew in one transaction."""
DOUBT = "Asset Bridge"
"""Who takes an approval back when nobody knows whether it is about this file."""
MAYBE_REPLACED = "The service changed it without saying what; the file may be another one."
Pages = Iterable[tuple[ShelterContainer, ...]]


class ShelterListing(Protocol):
    """What a sync asks of a service. Methods block and raise BridgeError only."""

    def capabilities(self) -> Capabilities:
        """What the service offers."""

    def server_time(self) -> datetime | None:
        """The service's clock (UTC)."""

    def containers(self, parent: str | None, *, first_page: int = 1) -> Pages:
        """Pages of what lies directly in a collection; None: in the root."""

    def all_containers(self, kind: ContainerKind) -> Pages:
        """Pages of all collections or of all galleries."""

    def container(self, container_id: str) -> ShelterContainer | None:
        """One container by its id; None if there is none."""

    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        """A page of the media in a window, oldest upload first."""

    def media_total(self, window: MediaWindow) -> int | None:
        """How many media a window holds, in one call; None where it is not told."""

    def media(self, media_id: str) -> ShelterAsset | None:
        """One asset by its id; None if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterStores:
    """What a sync writes to, and who hears of it."""

    mirror: ShelterMirror
    containers: ShelterContainers
    decisions: Decisions
    emit: Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What stands in the catalog together with a page: how far the listing came with it.

    `state` is None for what is read apart from a listing.
    `skipped` are (id, reason) of records that could not be taken over; `read` are galleries that
    have come to their end.
    """

    state: ShelterSync | None = None
    skipped: tuple[tuple[str, str], ...] = ()
    read: tuple[str, ...] = ()


APART = Reached()


class ShelterKeep:
    """Writes masters of one account. What the service says anew of an approval is a decision.

    Answers arrive in another order than they were given: one that is older than what is known
    changes nothing.
    """

    def __init__(self, account: str, stores: ShelterStores, *, now: Callable[[], datetime]) -> None:
        self._account = account
        self._stores = stores
        self._mirror = stores.mirror
        self._now = now
        self._removals = self._mirror.removals(account)
        self.tree = stores.containers.tree(account)

    def keep(
        self, told: Sequence[ShelterAsset], reached: Reached = APART, *, is_newest: bool = False
    ) -> tuple[str, ...]:
        """Write what was told and how far that came.

        Returns the media ids of those that were left out, because something newer is known of
        them: `read_again` tells what they are. `is_newest` says that nothing newer can be known.
        Raises StoppedError if the account was removed meanwhile.
        """
        settled = {one.media_id: _settled(one) for one in told}
        with self._mirror.turn(self._account):
            self.check()
            known = self._mirror.known(self._account, settled)
            older = () if is_newest else tuple(_older(settled, known))
            different = [
                one
                for one in settled.values()
                if _is_news(one, known.get(one.media_id)) and one.media_id not in older
            ]
            placed = self._placed(different, known)
            self._mirror.put(
                self._account,
                placed,
                reached.state,
                seen=[one.id for one in settled.values()],
                skipped=reached.skipped,
                read=reached.read,
            )
        changed = frozenset(one.told.id for one in placed)
        if changed or reached.read:
            self._stores.emit(ChangeSet(assets=changed, listing=bool(changed), libraries=True))
        return older

    def read_again(
        self, media_id: str, read: Callable[[str], ShelterAsset | None]
    ) -> ShelterAsset | None:
        """Read one by its id while nobody else writes, so that this is the newest of it.

        One that is not there (None) is left as it is: whoever asks for it next will notice.
        """
        with self._mirror.turn(self._account):
            told = read(media_id)
            if told is not None:
                self.keep([told], is_newest=True)
        return told

    def withdraw(self, gone: Sequence[ShelterAsset]) -> None:
        """These are proven to be gone: what their approval allowed, nothing allows any more.

        Should one come back, what the service says of it then counts.
        """
        rows = [made.row for made, _ in map(self._place, gone) if made.row is not None]
        decisions = self._stores.decisions
        approved = [
            row for row in rows if decisions.approval_of(row.content or "") is Approval.APPROVED
        ]
        if approved:
            who = f"{service_name(self._account)} · deleted"
            decisions.add(approved, Approval.DRAFT, comment="", who=who, at=self._now())

    def check(self) -> None:
        """Raises StoppedError if the account was removed since this was made."""
        if self._mirror.removals(self._account) != self._removals:
            raise StoppedError

    def use_tree(self, tree: ShelterTree) -> None:
        """Containers came, went, moved or were renamed: place what lies in them anew."""
        before, self.tree = self.tree, tree
        moved = before.differing(tree)
        if moved:
            self._again(self._mirror.in_galleries(self._account, moved))
        if before.folders != tree.folders:
            self._put_folders()

    def finish_placing(self) -> None:
        """Place everything anew where an end came before all that had moved was placed."""
        containers = self._stores.containers
        if containers.folders(self._account) != frozenset(self.tree.folders):
            held = containers.holding(self._account)
            self._again(self._mirror.in_galleries(self._account, held))
            self._put_folders()

    def _put_folders(self) -> None:
        """Last of all: they say that what lies in them is placed."""
        self._stores.containers.put_folders(self._account, self.tree)
        self._stores.emit(ChangeSet(libraries=True))

    def _again(self, media_ids: Sequence[str]) -> None:
        for start in range(0, len(media_ids), AT_ONCE):
            with self._mirror.turn(self._account):
                self.check()
                known = self._mirror.known(self._account, media_ids[start : start + AT_ONCE])
                here = [one for one in known.values() if not one.is_gone]
                placed = self._placed([one.asset for one in here], known)
                self._mirror.put(self._account, placed)
            changed = frozenset(one.told.id for one in placed)
            self._stores.emit(ChangeSet(assets=changed, listing=True, libraries=True))

    def _placed(self, told: Sequence[ShelterAsset], known: dict[str, KnownMaster]) -> list[Placed]:
        """Where these lie and what they say; what they say anew is on record before they are."""
        placed: list[Placed] = []
        decided: dict[tuple[Approval, str], list[Asset]] = defaultdict(list)
        for one in told:
            made, reading = self._place(one)
            placed.append(made)
            if made.row is None or reading is None:
                continue
            before = known.get(one.media_id)
            state = self._decision(made.row, reading, before)
            if state is not None and self._crossed(made.row, state, reading, before):
                continue
            if state is not None:
                decided[state, reading.who].append(made.row)
            elif before is not None and may_be_replaced(before.asset, one):
                decided[Approval.IN_REVIEW, DOUBT].extend(self._approved(made.row))
        for (state, who), assets in decided.items():
            comment = MAYBE_REPLACED if who == DOUBT else ""
            self._stores.decisions.add(assets, state, comment=comment, who=who, at=self._now())
        return placed

    def _approved(self, asset: Asset) -> list[Asset]:
        approval = self._stores.decisions.approval_of(asset.content or "")
        return [asset] if approval is Approval.APPROVED else []

    def _place(self, one: ShelterAsset) -> tuple[Placed, ApprovalReading | None]:
        galleries = self.tree.master_galleries(one.galleries)
        if one.galleries and not galleries:
            return Placed(told=one, row=None, home="", galleries=(), approval=""), None
        reading = read(one, self.tree.chains(galleries))
        home, folder = self.tree.home(galleries)
        made = Placed(
            told=one,
            row=as_asset(one, reading, folder=folder),
            home=home,
            galleries=galleries,
            approval=reading.approval.said or "",
        )
        return made, reading.approval

    def _decision(
        self, asset: Asset, reading: ApprovalReading, known: KnownMaster | None
    ) -> Approval | None:
        before = Approval(known.approval) if known is not None and known.approval else None
        if reading.said == before:
            return None
        decided = self._stores.decisions.approval_of(asset.content or "")
        state = news(reading, known=before, decided=decided)
        if state is None or self._is_ours_to_tell(asset, state, decided, known):
            return None
        if self._stores.decisions.is_being_told(asset.id, state, WRITE_APPROVAL):
            return None  # our own words, read before whoever said them knows that they arrived
        if known is None and self._is_settled(asset, state):
            return None
        return state

    def _crossed(
        self, asset: Asset, state: Approval, reading: ApprovalReading, known: KnownMaster | None
    ) -> bool:
        """Did somebody decide there who has not been told of another decision from here?

        Then both are on record, and the stricter one holds until somebody settles it.
        """
        decisions = self._stores.decisions
        ours = decisions.newest(asset.content or "")
        if known is None or ours is None or not is_disagreement(ours.approval, state):
            return False
        if not decisions.untold([asset.id], WRITE_APPROVAL):
            return False
        decisions.hear(asset, both(ours, state, reading.who), at=self._now())
        return True

    def _is_ours_to_tell(
        self, asset: Asset, state: Approval, decided: Approval, known: KnownMaster | None
    ) -> bool:
        """Is a decision from here on its way to the service, and the stricter one?

        Of two that are decisions both are heard, where what the service says is new.
        """
        if stricter(state, decided) is not decided:
            return False
        if known is not None and is_disagreement(decided, state):
            return False
        return bool(self._stores.decisions.untold([asset.id], WRITE_APPROVAL))

    def _is_settled(self, asset: Asset, state: Approval) -> bool:
        """Does the record say something stricter, which a catalog made anew must not forget?

        What the record has from the service itself is only what was read there last.
        """
        newest = self._stores.decisions.newest(asset.content or "")
        if newest is None:
            return state is Approval.APPROVED and self._is_lapsed(asset)
        theirs = was_read(newest.who, service_name(self._account))
        return not theirs and stricter(state, newest.approval) is newest.approval

    def _is_lapsed(self, asset: Asset) -> bool:
        """Was other content of it approved, and nothing said of this one?

        Then what the service says is about that other content.
        """
        said = self._stores.decisions.history(asset.id, asset.content)
        return any(one.approval is Approval.APPROVED and not one.transformation for one in said)


def _settled(one: ShelterAsset) -> ShelterAsset:
    """With times as the mirror compares them."""
    return replace(
        one, created_at=comparable(one.created_at), modified_at=comparable(one.modified_at)
    )


def _older(told: Mapping[str, ShelterAsset], known: Mapping[str, KnownMaster]) -> Iterator[str]:
    """Those that were changed since; and those that a read by id did not find since."""
    for media_id, one in told.items():
        before = known.get(media_id)
        if before is None:
            continue
        newer = before.asset.modified_at > one.modified_at
        if newer or (before.is_gone and before.asset.modified_at == one.modified_at):
            yield media_id


def _is_news(one: ShelterAsset, known: KnownMaster | None) -> bool:
    return known is None or known.is_gone or known.asset != one
