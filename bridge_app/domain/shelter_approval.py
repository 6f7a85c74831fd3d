"""What a PhotoShelter-style service says about an asset's approval, by all of its sources.

Source: reference/photoshelter.md, 10 "approval".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.shelter import OWN_SERVICE, ShelterAsset, service_name

APPROVAL_FIELD = "Approval Status"
"""The custom field whose option is the state."""
APPROVAL_KEYWORD = "approval:"
"""How the keyword begins that holds the state where there is no such field."""
ARCHIVED = "archived"
"""The state at the service that is no decision: it keeps an asset where it is."""

STRICTEST_FIRST = (
    Approval.REJECTED,
    Approval.CHANGES_REQUESTED,
    Approval.IN_REVIEW,
    Approval.DRAFT,
    Approval.APPROVED,
)
_REVIEWS = {
    "approved": Approval.APPROVED,
    "rejected": Approval.CHANGES_REQUESTED,
    "pending": Approval.IN_REVIEW,
}
_GALLERIES = {"_approved": Approval.APPROVED, "_review": Approval.IN_REVIEW, "_archive": None}


class ApprovalSource(StrEnum):
    """Where the service says it, in the order in which it is believed."""

    FIELD = "custom field"
    REVIEW = "workspace review"
    KEYWORD = "keyword"
    GALLERY = "gallery"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalSaid:
    """What one source says; `state` is None for archived.

    `known` is False where the words mean no state of ours: such a source approves nothing.
    """

    source: ApprovalSource
    state: Approval | None
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalReading:
    """What all sources say together.

    `said` is the state for the record of decisions, None where no source says one. `source` is
    the one that says it. Where sources disagree (`agrees` is False), it is never APPROVED.
    """

    service: str = OWN_SERVICE
    said: Approval | None = None
    source: ApprovalSource | None = None
    all_sources: tuple[ApprovalSaid, ...] = ()
    agrees: bool = True
    archived: bool = False

    @property
    def state(self) -> Approval:
        """The state; DRAFT where nothing is said."""
        return self.said or Approval.DRAFT

    @property
    def who(self) -> str:
        """How the record of decisions names the one who decided."""
        return f"{self.service} · {self.source.value}" if self.source else self.service


def read_approval(asset: ShelterAsset, ancestors: tuple[tuple[str, ...], ...]) -> ApprovalReading:
    """What the service says about this asset.

    `ancestors` has, for each gallery the asset lies in, the names of that gallery and of what
    is above it, nearest first. The first source that says something is believed; an approval
    only if every source that is there says approved.
    """
    said = tuple(_sources(asset, ancestors))
    states = [one for one in said if one.state is not None]
    archived = len(states) < len(said)
    service = service_name(asset.account)
    if not states:
        return ApprovalReading(service=service, all_sources=said, archived=archived)
    first = states[0]
    agrees = len({one.state for one in states}) == 1
    if first.state is Approval.APPROVED and not agrees:
        first = min(states, key=lambda one: STRICTEST_FIRST.index(one.state or Approval.DRAFT))
    return ApprovalReading(
        service=service,
        said=first.state,
        source=first.source,
        all_sources=said,
        agrees=agrees,
        archived=archived,
    )


def stricter(one: Approval, other: Approval) -> Approval:
    """The state that allows less."""
    return min(one, other, key=STRICTEST_FIRST.index)


def news(reading: ApprovalReading, *, known: Approval | None, decided: Approval) -> Approval | None:
    """The decision that what the service says now amounts to; None where it is none.

    `known` is what it said when we last read or wrote it, None if it said nothing; `decided` is
    the newest decision on the content. What we wrote ourselves comes back as `known`, and is no
    second decision; what a person took away there is one against; archiving decides nothing.
    """
    silent = reading.archived and reading.said is None
    if silent or reading.said == known or reading.state is decided:
        return None
    return reading.state


def was_read(who: str, service: str) -> bool:
    """Did a decision of that name come from the service?

    Those of every service were signed `OWN_SERVICE` once.
    """
    return any(who == name or who.startswith(f"{name} · ") for name in (service, OWN_SERVICE))


def state_named(words: str) -> Approval | str | None:
    """The state these words mean, `ARCHIVED`, or None; case, spaces and `_` do not count."""
    name = re.sub(r"[\s_-]+", "", words.casefold())
    if name == ARCHIVED:
        return ARCHIVED
    return next((one for one in Approval if one.value.replace("_", "") == name), None)


def approval_keywords(keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the keywords that say a state, as they are written."""
    return tuple(one for one in keywords if _keyword(one).startswith(APPROVAL_KEYWORD))


def keywords_of(asset: ShelterAsset) -> tuple[str, ...]:
    """The keywords in the asset's IPTC record."""
    found = asset.iptc.get("keywords", ())
    return tuple(part.strip() for part in found.split(",")) if isinstance(found, str) else found


def approval_option(asset: ShelterAsset) -> str:
    """The option of the approval field that is chosen, "" if none is."""
    for name, option in asset.custom.items():
        if is_approval_field(name):
            return option
    return ""


def is_approval_field(name: str) -> bool:
    """Is this the custom field for the state?"""
    return " ".join(name.replace("_", " ").casefold().split()) == APPROVAL_FIELD.casefold()


def _sources(asset: ShelterAsset, ancestors: tuple[tuple[str, ...], ...]) -> Iterator[ApprovalSaid]:
    option = approval_option(asset).strip()
    if option:
        yield _said(ApprovalSource.FIELD, option)
    if asset.review:
        state = _REVIEWS.get(asset.review.casefold())
        known = state is not None
        yield ApprovalSaid(
            source=ApprovalSource.REVIEW, state=state or Approval.IN_REVIEW, known=known
        )
    words = [_keyword(one) for one in approval_keywords(keywords_of(asset))]
    if words:
        yield _strictest(
            [_said(ApprovalSource.KEYWORD, word.removeprefix(APPROVAL_KEYWORD)) for word in words]
        )
    galleries = [one for chain in ancestors for one in _conventions(chain)]
    if galleries:
        yield _strictest(galleries)


def _said(source: ApprovalSource, words: str) -> ApprovalSaid:
    """Words that mean no state are there all the same, and approve nothing."""
    named = state_named(words)
    if named == ARCHIVED:
        return ApprovalSaid(source=source, state=None)
    state = named if isinstance(named, Approval) else None
    return ApprovalSaid(source=source, state=state or Approval.DRAFT, known=state is not None)


def _conventions(chain: tuple[str, ...]) -> Iterator[ApprovalSaid]:
    """What the nearest name with a meaning says; nothing below an archive is in use."""
    states = [
        state
        for name in chain
        for start, state in _GALLERIES.items()
        if name.strip().casefold().startswith(start)
    ]
    if states:
        state = None if None in states else states[0]
        yield ApprovalSaid(source=ApprovalSource.GALLERY, state=state)


def _strictest(said: list[ApprovalSaid]) -> ApprovalSaid:
    """Of several sayings of one source: archived, then the state that allows least."""
    return min(said, key=lambda one: -1 if one.state is None else STRICTEST_FIRST.index(one.state))


def _keyword(word: str) -> str:
    return re.sub(r"\s*:\s*", ":", word.strip().casefold())
