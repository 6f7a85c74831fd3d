"""What the audit trail tells, and how each entry is bound to all entries before it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.approvals import NO_PREVIOUS, linked_digest

Told = str | int | float | bool | None | list[str]
"""What a fact of an entry may be."""


class AuditKind(StrEnum):
    """What sort of act an entry tells of."""

    DECISION = "decision"
    OVERRIDE = "override"
    REFUSAL = "refusal"
    PUSH = "push"
    PUBLICATION = "publication"
    RETRACTION = "retraction"
    RESTORATION = "restoration"
    RIGHTS_CLAIM = "rights_claim"
    POLICY_CHANGE = "policy_change"
    COMMENT = "comment"
    REVIEW_REQUEST = "review_request"
    PACK_IMPORTED = "pack_imported"
    DEPARTURE = "departure"
    """A person took a file out of the program; `reasons` are what the gate had against it."""
    ACCEPTANCE = "acceptance"
    """A person took note of damage to the trail, and said why it goes on."""
    OTHER = "other"
    """Read, never written: an entry that this program cannot tell the kind of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act to record: who did what to which bytes, when, and what else is to be known.

    `at` is ISO 8601 in UTC. `asset`, `content` and `transformation` name the subject where there
    is one ("" as the transformation is the master itself), `name` is how people knew it then.
    `detail` are further facts by name: flat, short, and never a secret.
    """

    at: str
    kind: AuditKind
    who: str = ""
    asset: str = ""
    name: str = ""
    content: str = ""
    transformation: str = ""
    environment: str = ""
    detail: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """An entry as it stands in the trail; `seq` counts from 1, digests are SHA-256 in hex."""

    seq: int
    entry: AuditEntry
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How far the trail goes: the number of its last entry, and that entry's digest."""

    count: int = 0
    digest: str = NO_PREVIOUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What a person asked for, and the gate did not allow."""

    act: str
    asset: str
    name: str
    content: str
    reasons: str
    transformation: str = ""
    environment: str = ""


def entry_of_refusal(one: Refused, *, who: str, at: str) -> AuditEntry:
    """A refusal as the trail tells it."""
    return AuditEntry(
        at=at,
        kind=AuditKind.REFUSAL,
        who=who,
        asset=one.asset,
        name=one.name,
        content=one.content,
        transformation=one.transformation,
        environment=one.environment,
        detail={"act": one.act, "reasons": one.reasons},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are meant; what is empty or None asks for all.

    `since` and `until` are ISO 8601 in UTC, the second one excluded. `words` have to be in the
    name, the person, or the facts.
    """

    assets: frozenset[str] | None = None
    who: str = ""
    kinds: frozenset[AuditKind] = frozenset()
    since: str = ""
    until: str = ""
    words: str = ""


def record_texts(entry: AuditEntry) -> tuple[str, ...]:
    """The entry as the texts that are stored and bound, in the order of the table's columns.

    Half characters, which no database takes, become question marks.
    """
    told = json.dumps(dict(entry.detail), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    texts = (
        entry.at,
        entry.kind.value,
        entry.who,
        entry.asset,
        entry.name,
        entry.content,
        entry.transformation,
        entry.environment,
        told,
    )
    return tuple(text.encode("utf-8", "replace").decode("utf-8") for text in texts)


def head_text(head: Head) -> str:
    """A head as people keep it: number and digest."""
    return f"{head.count}:{head.digest}"


def head_from(text: str) -> Head:
    """The head that such a text tells. Raises ValueError."""
    count, _, digest = text.strip().partition(":")
    if not (count.isascii() and count.isdigit() and len(digest) == 64):
        raise ValueError("no head: " + text[:80])
    return Head(count=int(count), digest=digest.lower())


def link_digest(seq: int, texts: tuple[str, ...], previous: str) -> str:
    """The SHA-256, in hex, that binds an entry and its place to all entries before it."""
    return linked_digest(str(seq), previous, *texts)
