"""What was delivered and may not be any more, or may be again: the plan, shown before it is done.

A pure function of what is delivered, how its masters stand now, and what was retracted before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bridge_app.domain.access_rules import access_rules, rule_text
from bridge_app.domain.approvals import Approval, Stages
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.cloud import AccessRule, CloudAsset
from bridge_app.domain.gate import ANY_USE, Reason, Use, Verdict, verdict
from bridge_app.domain.many import are_many
from bridge_app.domain.overrides import Override
from bridge_app.domain.policies import Demands
from bridge_app.domain.product_holds import ShownFor, holds_back
from bridge_app.domain.push_policies import Access, Limit, public_limits
from bridge_app.domain.push_policies import access_rules as rules_for
from bridge_app.domain.rights import Restrictions, RightsWindow

if TYPE_CHECKING:
    from bridge_app.domain.rendition_retractions import RenditionRetraction

LOCKED = (AccessRule(access_type="token"),)
"""Nobody sees it but who has a token of ours. Source: reference/cloudinary.md 12."""
OPEN = (AccessRule(access_type="anonymous"),)
"""Everybody, said in words: without rules an upload may keep those that were there before."""
KEPT_THOUGH = frozenset({Reason.ARCHIVED})
"""Nothing new goes out for these reasons, but what is delivered stays until somebody says so:
archiving a campaign asks what becomes of its delivered copies."""


BY_LIMIT = {Limit.TERRITORIES: Reason.REGION, Limit.CHANNELS: Reason.CHANNEL}
"""An address does not know who asks, or where."""


class Act(StrEnum):
    """What is done to a delivered copy."""

    RETRACT = "retract"
    """Its address opens with a token only, and copies on the way are dropped."""
    RESTORE = "restore"
    """It is as it was before it was retracted."""
    MOVE = "move"
    """The window in which everybody may see it moves with the rights of its master."""


class RetractionState(StrEnum):
    """What became of a copy, as the ledger keeps it."""

    OPEN = "open"
    """It was delivered with rules of ours, and never retracted."""
    BEGUN = "begun"
    """The service may have been told; whether delivery stopped is not proven yet."""
    RETRACTED = "retracted"
    """The address was asked for, and said no."""
    RESTORED = "restored"
    LEFT_ALONE = "left_alone"
    """Somebody has put other content there: that is not ours to take away."""
    GONE = "gone"
    """It was not there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """What was done to one delivered copy, by its immutable asset ID.

    `content` and `version` are those of the copy then; `before` are the access rules it had (has,
    unless it is withdrawn), as `access_rules.rule_text` writes them. They move with the rights of
    its master if it `follows_rights`. `at` is ISO 8601 in UTC.
    """

    environment: str
    asset_id: str
    public_id: str
    name: str
    content: str
    version: int
    state: RetractionState
    before: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    follows_rights: bool = False
    at: str

    @property
    def is_withdrawn(self) -> bool:
        """Is the copy held back by us now?"""
        return self.state in (RetractionState.BEGUN, RetractionState.RETRACTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """One master of delivered content, as the gate sees it.

    `approval` is the decision on the content that was delivered, not on a newer version;
    `demanded` are the stages that policies ask for. `is_gone` says that its service did not know
    it when it was asked last: that alone takes nothing away, and opens nothing.
    """

    asset: AssetId
    name: str
    approval: Approval
    rights: RightsWindow
    restrictions: Restrictions
    stages: Stages = ()
    overrides: tuple[Override, ...] = ()
    demanded: tuple[str, ...] = ()
    is_gone: bool = False

    def opens(self, environment: str, at: datetime) -> bool:
        """May what is held back there be seen again for its sake at `at` (UTC)?"""
        return not self.is_gone and self.answer(environment, at).allows

    def answer(self, environment: str, at: datetime, use: Use = ANY_USE) -> Verdict:
        """What the gate says of what is delivered to an environment already.

        Policies speak of what goes out: a new one takes nothing away. But what all the stages
        approve that it demands stays, whatever was said of the whole, and what went out under an
        override stays while that holds.
        """
        roles = frozenset(one.role for one in self.overrides)
        kept = Demands(environment=environment, may_override=roles)
        plain = verdict(self, at=at, use=use, demands=kept)
        staged = verdict(self, at=at, use=use, demands=replace(kept, stages=self.demanded))
        return staged if staged.allows else plain

    @property
    def filled(self) -> frozenset[str]:
        """Policies that ask for fields speak of what goes out, too."""
        return frozenset()

    @property
    def lapsed(self) -> bool:
        """What was delivered was approved itself; a newer version makes it outdated only."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A delivered copy, with its masters here and what was done to it before.

    `approval` is the newest decision on its content, `rights` and `restrictions` are what people
    claim of that content, `demanded` all stages of its environment; `masters` may be none (its
    library was
    removed, the catalog is made anew): then nobody here knows of its rights, and what is open
    stays open, what is withdrawn stays withdrawn. `products` are those that it was delivered for,
    if nobody else wanted it there.
    """

    copy: CloudCopy
    approval: Approval
    rights: RightsWindow = field(default_factory=RightsWindow)
    restrictions: Restrictions = field(default_factory=Restrictions)
    stages: Stages = ()
    overrides: tuple[Override, ...] = ()
    demanded: tuple[str, ...] = ()
    masters: tuple[Master, ...] = ()
    retraction: Retraction | None = None
    products: tuple[ShownFor, ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.masters[0].name if self.masters else self.copy.public_id.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionStep:
    """One copy's part of the plan; `reasons` are why it is retracted."""

    act: Act
    copy: CloudCopy
    name: str
    assets: tuple[AssetId, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def sentence(self) -> str:
        """Why, as English text; "" for what is restored."""
        return Verdict(self.reasons).sentence()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionPlan:
    """All that has to be done in one environment. `total` is how many copies it delivers.

    `renditions` are those that have to go though their masters may stay.
    """

    environment: str
    steps: tuple[RetractionStep, ...] = ()
    total: int = 0
    renditions: "tuple[RenditionRetraction, ...]" = ()

    @property
    def retracting(self) -> tuple[RetractionStep, ...]:
        """The steps that take something away."""
        return tuple(step for step in self.steps if step.act is Act.RETRACT)

    @property
    def restoring(self) -> tuple[RetractionStep, ...]:
        """The steps that give something back."""
        return tuple(step for step in self.steps if step.act is Act.RESTORE)

    @property
    def moving(self) -> tuple[RetractionStep, ...]:
        """The steps in which a window moves."""
        return tuple(step for step in self.steps if step.act is Act.MOVE)

    @property
    def is_large(self) -> bool:
        """Does it take away so much that a person has to confirm it by the names?"""
        return are_many(len(self.retracting) + len(self.renditions), self.total)

    @property
    def unasked(self) -> tuple[RetractionStep, ...]:
        """What may be done without asking anybody."""
        return (*self.restoring, *self.moving) if self.is_large else self.steps


def against(delivered: Delivered, at: datetime) -> tuple[Reason, ...]:
    """Why delivered content may not be seen at `at` (UTC); none if one of its masters allows it.

    Without a master here only what was said of the content itself counts. What is open to
    everybody has to be allowed everywhere, and on the web.
    """
    masters = delivered.masters or (_unknown(delivered),)
    answers = [
        withdrawing(one.answer(delivered.copy.environment, at)) or _not_for_all(delivered, one)
        for one in masters
    ]
    products = (Reason.PRODUCTS,) if _held_for_products(delivered, at) else ()
    return (*answers[0], *products) if all(answers) else products


def _held_for_products(delivered: Delivered, at: datetime) -> bool:
    known = delivered.retraction
    held = known is not None and known.is_withdrawn and Reason.PRODUCTS in known.reasons
    return holds_back(delivered.products, at=at, is_held=held)


def _not_for_all(delivered: Delivered, master: Master) -> tuple[Reason, ...]:
    """Why a copy with an address for everybody needs a token.

    A copy whose rules follow its master's rights is locked by `open_rules`.
    """
    known = delivered.retraction
    if known is not None and (known.follows_rights or is_locked(access_rules(known.before))):
        return ()
    limits = public_limits(master.restrictions)
    return tuple(reason for limit, reason in BY_LIMIT.items() if limit in limits)


def withdrawing(answer: Verdict) -> tuple[Reason, ...]:
    """Those of its reasons that take away what is delivered."""
    return tuple(reason for reason in answer.against if reason not in KEPT_THOUGH)


def _unknown(delivered: Delivered) -> Master:
    """A master of which nothing is known but what people said of its content."""
    return Master(
        asset=AssetId(""),
        name=delivered.name,
        approval=delivered.approval,
        rights=delivered.rights,
        restrictions=delivered.restrictions,
        stages=delivered.stages,
        overrides=delivered.overrides,
        demanded=delivered.demanded,
    )


def plan_retractions(
    delivered: Iterable[Delivered], *, environment: str, total: int, at: datetime
) -> RetractionPlan:
    """What has to be taken away or given back at `at` (UTC), in the order of `delivered`.

    `delivered` may leave out copies that nothing limits; `total` counts all of them.
    """
    steps = (_step(one, at) for one in delivered)
    return RetractionPlan(
        environment=environment, steps=tuple(step for step in steps if step), total=total
    )


def _step(delivered: Delivered, at: datetime) -> RetractionStep | None:
    reasons = against(delivered, at)
    act = wanted(delivered, reasons, at)
    if act is None:
        return None
    return RetractionStep(
        act=act,
        copy=delivered.copy,
        name=delivered.name,
        assets=tuple(master.asset for master in delivered.masters),
        reasons=reasons,
    )


def wanted(delivered: Delivered, reasons: Sequence[Reason], at: datetime) -> Act | None:
    """What is left to do at `at` for a copy that these reasons speak against; None: nothing."""
    known = delivered.retraction
    if known is None:
        return Act.RETRACT if reasons else None
    same = (known.version, known.content) == (delivered.copy.version, delivered.copy.sha256)
    if reasons:
        settled = {
            RetractionState.RETRACTED,
            RetractionState.LEFT_ALONE,
            RetractionState.GONE,
        }
        return None if same and known.state in settled else Act.RETRACT
    if known.state is RetractionState.BEGUN and not delivered.masters:
        # Nobody knows whether it may be seen, nor whether it is: that is brought to an end.
        return Act.RETRACT
    if not any(one.opens(delivered.copy.environment, at) for one in delivered.masters):
        # Nothing opens by itself unless a master is known here that allows it: whoever archived
        # it has said what becomes of its copies, and of rights nobody can read none is assumed.
        return None
    if known.is_withdrawn:
        return Act.RESTORE
    moves = known.follows_rights and same
    return Act.MOVE if moves and rule_texts(open_rules(delivered, at)) != known.before else None


def open_rules(delivered: Delivered, at: datetime) -> tuple[AccessRule, ...]:
    """The rules that a copy has while people may see it; by a master that allows it at `at`."""
    known = delivered.retraction
    environment = delivered.copy.environment
    allowing = tuple(one for one in delivered.masters if one.opens(environment, at))
    return restored_rules(
        known.before if known else (),
        replace(delivered, masters=allowing),
        follows_rights=known is not None and known.follows_rights,
    )


def restored_rules(
    before: Iterable[str], delivered: Delivered, *, follows_rights: bool = False
) -> tuple[AccessRule, ...]:
    """The rules a copy had; where they are a window, that of its first master's rights as of now.

    With a token only where what is said of its masters now keeps it from being for everybody.
    `before` is as in `Retraction`. Raises InvalidInputError for texts that are no rules.
    """
    rules = access_rules(before)
    if not delivered.masters:
        return rules
    first = min(delivered.masters, key=lambda one: bool(public_limits(one.restrictions)))
    if public_limits(first.restrictions):
        return LOCKED
    dated = follows_rights or any(rule.start or rule.end for rule in rules)
    return tuple(map(rule_of, rules_for(Access.WHILE_LICENSED, first.rights))) if dated else rules


def opened(
    copy: CloudCopy, name: str, rules: Iterable[AccessRule], *, follows_rights: bool, at: datetime
) -> Retraction:
    """The record of a copy that people see from now on, by these rules."""
    return Retraction(
        environment=copy.environment,
        asset_id=copy.asset_id,
        public_id=copy.public_id,
        name=name,
        content=copy.sha256,
        version=copy.version,
        state=RetractionState.OPEN,
        before=rule_texts(rules),
        follows_rights=follows_rights,
        at=at.isoformat(),
    )


def rule_of(told: Mapping[str, str]) -> AccessRule:
    """A rule as uploads say it, as a value."""
    return AccessRule(access_type=told["access_type"], start=told.get("start"), end=told.get("end"))


def rule_texts(rules: Iterable[AccessRule]) -> tuple[str, ...]:
    """Rules as a record keeps them."""
    return tuple(rule_text(rule) for rule in rules)


def is_same(copy: CloudCopy, found: CloudAsset) -> bool:
    """Is what is there what we delivered? A new upload has another version at least."""
    if copy.etag and found.etag:
        return copy.etag == found.etag
    return copy.version == found.version


def is_locked(rules: Sequence[AccessRule]) -> bool:
    """Is there a rule, and none that lets anybody in?"""
    return bool(rules) and all(rule.access_type == "token" for rule in rules)
