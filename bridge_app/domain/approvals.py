"""What reviewers decide, and how a decision joins the record that nobody can rewrite."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Approval(StrEnum):
    """The review state of some content."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"


Stages = tuple[tuple[str, Approval], ...]
"""What was decided in each stage of a review: (name of the stage, newest decision)."""


BOTH_HEARD = "Asset Bridge · both heard"
"""Who signs the entry that holds the stricter one of two decisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the append-only record: who decided what of which bytes, when and why.

    `sha256` names the content the decision is about (of a master whose bytes have never been
    here, its version at the service), and `transformation` what it goes through, as
    `subject_text` writes it: "" for the master itself. `stage` is the step of the review that
    decided, "" for the whole. `at` is ISO 8601 in UTC; `previous` is
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
    transformation: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody decides of some assets: of the masters, or of one rendition of each.

    `who` "" is the person at this desk. `transformation` and `stage` are as in `Decision`.
    """

    approval: Approval
    comment: str = ""
    who: str = ""
    transformation: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionStanding:
    """How one rendition stands: decisions on exactly this content through this transformation.

    `lapsed` says that it was approved for another content of its master only, or that what its
    preset made before was approved and is not this.
    """

    transformation: str
    approval: Approval = Approval.DRAFT
    stages: Stages = ()
    lapsed: bool = False


def subject_text(transformation: str, form: str = "") -> str:
    """One spelling of what a rendition is: what approvals and comments are bound to.

    `form` is the extension it is delivered with; "" where the transformation says it, or for that
    of the master. Of two texts that mean the same picture both give the same; "" is the master.
    """
    from bridge_app.domain.named_matching import canonical  # noqa: PLC0415 - a listing has masters

    parts = (one for part in transformation.split("/") for one in part.split(","))
    if form and not any(one.startswith("f_") for one in parts):
        return canonical(f"{transformation}/f_{form}")
    return canonical(transformation)


def overall(whole: Approval, stages: Stages, demanded: Sequence[str] = ()) -> Approval:
    """The state of a review in stages; `demanded` are those that a policy asks for.

    The strictest no of anybody holds. Where stages are demanded, all of them have to approve, and
    `whole` (what was decided of it without naming a stage) approves nothing by itself.
    """
    said = {whole, *(approval for _, approval in stages)}
    for strict in (Approval.REJECTED, Approval.CHANGES_REQUESTED):
        if strict in said:
            return strict
    if not demanded:
        return whole
    if not missing(stages, demanded):
        return Approval.APPROVED
    return Approval.DRAFT if said == {Approval.DRAFT} else Approval.IN_REVIEW


def settled(said: Approval, stages: Stages, demanded: Sequence[str] | None) -> Approval:
    """The state of a review that is kept; `said` is what was decided of it without a stage.

    What was approved without a stage stays approved until a demanded stage says otherwise: that it
    approves, too, is no reason to doubt. One that takes its approval back is missing from then on.
    Who hears of an approval made elsewhere knows no policies (`demanded` None): then every stage
    that was decided counts, so that it never speaks for one that took its approval back.
    """
    decided = [name for name, _ in stages]
    if demanded is None:
        demanded = decided if said is Approval.APPROVED else ()
    elif said is Approval.APPROVED:
        demanded = [name for name in demanded if name in decided]
    return overall(said, stages, demanded)


def missing(stages: Stages, demanded: Sequence[str]) -> tuple[str, ...]:
    """The demanded stages that have not approved, in the order of the policy."""
    approved = {name for name, approval in stages if approval is Approval.APPROVED}
    return tuple(name for name in demanded if name not in approved)


NO_PREVIOUS = "0" * 64


def chain_digest(decision: Decision) -> str:
    """The SHA-256, in hex, that binds a decision to all decisions before it.

    Transformation and stage join where one is said, so that older entries keep their digests.
    """
    subject = (decision.transformation, decision.stage)
    return linked_digest(
        decision.previous,
        decision.asset,
        decision.sha256,
        decision.name,
        decision.approval.value,
        decision.comment,
        decision.who,
        decision.at,
        *(subject if any(subject) else ()),
    )


def linked_digest(*fields: str) -> str:
    """The SHA-256, in hex, of texts, each with its length before it."""
    measured = b"".join(
        len(part).to_bytes(8, "big") + part
        for part in (field.encode("utf-8", "surrogatepass") for field in fields)
    )
    # It loads a library that a listing does not need.
    from hashlib import sha256  # noqa: PLC0415

    return sha256(measured).hexdigest()


def broken_link(decisions: list[Decision]) -> int | None:
    """The index of the first entry that does not fit the chain; None if all do."""
    previous = NO_PREVIOUS
    for index, decision in enumerate(decisions):
        if decision.previous != previous or chain_digest(decision) != decision.digest:
            return index
        previous = decision.digest
    return None
