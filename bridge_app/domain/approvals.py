"""What reviewers decide, and how a decision joins the record that nobody can rewrite."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Approval(StrEnum):
    """The review state of some content."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the append-only record: who decided what of which bytes, when and why.

    `sha256` names the content the decision is about (of a master whose bytes have never been
    here, its version at the service); `at` is ISO 8601 in UTC; `previous` is
    the digest of the entry before it (64 zeros for the first), `digest` this entry's own.
    """

    asset: str
    sha256: str
    name: str
    approval: Approval
    comment: str
    who: str
    at: str
    previous: str
    digest: str


NO_PREVIOUS = "0" * 64


def chain_digest(decision: Decision) -> str:
    """The SHA-256, in hex, that binds a decision to all decisions before it."""
    fields = (
        decision.previous,
        decision.asset,
        decision.sha256,
        decision.name,
        decision.approval.value,
        decision.comment,
        decision.who,
        decision.at,
    )
    measured = b"".join(
        len(part).to_bytes(8, "big") + part
        for part in (field.encode("utf-8", "surrogatepass") for field in fields)
    )
    return sha256(measured).hexdigest()


def broken_link(decisions: list[Decision]) -> int | None:
    """The index of the first entry that does not fit the chain; None if all do."""
    previous = NO_PREVIOUS
    for index, decision in enumerate(decisions):
        if decision.previous != previous or chain_digest(decision) != decision.digest:
            return index
        previous = decision.digest
    return None
