"""What people decide here, and whom they let through: recorded, told to services, and told of.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.domain.approvals import Approval, Decision, Ruling, overall
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.gate import ANY_USE, LIFTABLE, SENTENCES, Use, Verdict
from bridge_app.domain.overrides import Override, OverrideRefusedError
from bridge_app.domain.policies import Demands, deciders
from bridge_app.domain.roles import role_of, roles_of
from bridge_app.storage.decisions import Decisions, Telling
from bridge_app.storage.policies import Policies
from bridge_app.storage.search import Readers
from bridge_app.work.gatekeeper import Gatekeeper


class NotYourStageError(GateRefusalError):
    """A stage in which a policy lets others decide."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{who} cannot decide in the stage “{stage}”: only {roles} may, by a policy. Nothing was "
        "recorded. A no for the whole counts from anybody.",
    )


class NotAsItWasError(BridgeError):
    """What would be decided again is about something that is not as it was."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Some assets stay as they are: since then they have changed, or somebody decided on them, "
        "or they are reviewed in stages. Look at them, and decide anew.",
    )


LONGEST_REASON = 2_000
"""Characters of why somebody lets something pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageState:
    """The newest decision in a stage; `who` and `at` are "" where nobody has decided yet.

    `roles` are those that may decide in it, none where anybody may; `is_open` says that the person
    at this desk may.
    """

    stage: str
    approval: Approval
    who: str = ""
    at: str = ""
    roles: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """How a master or a rendition stands, for the environment in use.

    `approval` is that of its stages together where a policy demands any; `stages` are those that
    are demanded, in their order, and then others in which somebody has decided. `verdict` is what
    the gate says of it now.
    """

    asset: AssetId
    content: str
    transformation: str
    approval: Approval
    lapsed: bool
    stages: tuple[StageState, ...]
    demands: Demands
    verdict: Verdict

    @property
    def next_stage(self) -> str:
        """The first demanded stage that waits for this person, else for others; "" if none does."""
        by_name = {one.stage: one for one in self.stages}
        found = [by_name[name] for name in self.demands.stages if name in by_name]
        waiting = [one for one in found if one.approval is not Approval.APPROVED]
        mine = (one.stage for one in waiting if one.is_open)
        return next(mine, waiting[0].stage if waiting else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What was ruled on, so that it can be taken back.

    `contents` is what each asset had in it, `entry` the record's last entry then. `before` is what
    had held of each; those that are reviewed in stages are not in it.
    """

    contents: Mapping[AssetId, str]
    before: Mapping[AssetId, Approval]
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideWish:
    """Why something is let pass, and how long: `until` is aware, None as long as nobody ends it.

    `transformation` "" is the master, for all that is made of it.
    """

    reason: str
    until: datetime | None = None
    transformation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingMeans:
    """What the desk is lent.

    `environment` is the one in use, or None; `nudge` wakes the jobs, and `telling` makes those that
    tell others of what was decided of masters.
    """

    environment: Callable[[], str | None]
    who: Callable[[], str]
    now: Callable[[], datetime]
    nudge: Callable[[], None]
    tell: Callable[[ChangeSet], None]
    telling: Telling


class ApprovalDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        readers: Readers,
        decisions: Decisions,
        policies: Policies,
        gate: Gatekeeper,
        means: DecidingMeans,
    ) -> None:
        self._readers = readers
        self._decisions = decisions
        self._policies = policies
        self._gate = gate
        self._means = means

    def rule(
        self, assets: Sequence[AssetId], ruling: Ruling, initiator: object | None = None
    ) -> int:
        """Record a ruling on the content of these assets; on disk on return. How many it was.

        Raises NotYourStageError, as `record` does.
        """
        ruled = self.record(self._assets(assets), ruling)
        self.tell(assets, initiator)
        return len(ruled)

    def approve_content(self, asset: AssetId, sha256: str) -> None:
        """Approve what is about to become this asset's content; on disk on return."""
        found = [replace(one, sha256=sha256, version_key=None) for one in self._assets([asset])]
        self.record(found, Ruling(approval=Approval.APPROVED))
        self.tell([asset])

    def rule_noted(
        self,
        rulings: Sequence[tuple[Ruling, Sequence[AssetId]]],
        *,
        since: Noted | None = None,
        initiator: object | None = None,
    ) -> Noted:
        """Record rulings on masters, all or none, and note what they take the place of.

        With `since` only on those of which still holds what was noted then.
        """
        found = self._assets([asset for _, assets in rulings for asset in assets])
        with self._decisions.together():
            may = {one.id: one for one in found if one.content and self._holds(one, since)}
            before = {
                asset: self._decisions.approval_of(one.content or "")
                for asset, one in may.items()
                if not self._decisions.in_stages(one.content or "")
            }
            for ruling, assets in rulings:
                self.record([may[asset] for asset in assets if asset in may], ruling)
            entry = self._decisions.last()
        self.tell(may, initiator)
        contents = {asset: one.content or "" for asset, one in may.items()}
        return Noted(contents=contents, before=before, entry=entry)

    def _holds(self, asset: Asset, since: Noted | None) -> bool:
        if since is None:
            return True
        content = since.contents.get(asset.id, "")
        return self._decisions.stands(asset, content, since.entry)

    def record(self, found: Sequence[Asset], ruling: Ruling) -> list[tuple[Asset, Approval]]:
        """What `rule` puts on record, of exactly these contents; `tell` comes after it.

        Inside a larger transaction nobody may be told yet: they could wait for it. Raises
        NotYourStageError where policies name other roles for the stage; all or none.
        """
        meant = replace(
            ruling,
            who=ruling.who or self._means.who(),
            transformation=self._gate.subject(ruling.transformation),
            stage=role_of(ruling.stage),
        )
        environment = self._means.environment() or ""
        self._check_stage(found, meant, environment)
        return self._decisions.rule(
            found,
            meant,
            at=self._means.now(),
            demanded={one.id: self._gate.demands(one, environment).stages for one in found},
            telling=lambda now: [] if meant.transformation else self._means.telling(now),
        )

    def _check_stage(self, found: Sequence[Asset], ruling: Ruling, environment: str) -> None:
        policies = self._gate.policies(environment) if ruling.stage else ()
        for asset in found:
            roles = deciders(policies, asset, ruling.stage)
            if roles is not None and not roles_of(ruling.who) & roles:
                told = ", ".join(sorted(roles)) or "nobody"
                raise NotYourStageError(who=ruling.who, stage=ruling.stage, roles=told)

    def tell(self, assets: Iterable[AssetId], initiator: object | None = None) -> None:
        """Have services and views told of what was recorded of these."""
        self._means.nudge()
        self._means.tell(ChangeSet(assets=frozenset(assets), initiator=initiator))

    def history(self, asset: AssetId) -> list[Decision]:
        """Everything decided about this asset, its content and its renditions, oldest first."""
        found = self._assets([asset])
        return self._decisions.history(asset, found[0].content if found else None)

    def standing(self, asset: AssetId, transformation: str = "", use: Use = ANY_USE) -> ReviewState:
        """How a master or a rendition stands now. Raises NotFoundError."""
        found = self._assets([asset])
        if not found:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset"))
        return self._state(found[0], self._gate.subject(transformation), use)

    def override(self, assets: Sequence[AssetId], wish: OverrideWish) -> int:
        """Let these pass in spite of their review; on disk on return. How many were held back.

        Raises OverrideRefusedError where no policy lets one of the person's roles do so, or where
        something holds them back that nobody may override; NotFoundError without an account;
        InvalidInputError without a reason. All or none.
        """
        environment = self._means.environment()
        if environment is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A Cloudinary account"))
        if not wish.reason.strip() or len(wish.reason) > LONGEST_REASON:
            detail = f"say why, in {LONGEST_REASON} characters at most"
            raise InvalidInputError(what=QT_TRANSLATE_NOOP("facts", "The reason"), detail=detail)
        if wish.until is not None and wish.until <= self._means.now():
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The override"),
                detail=QT_TRANSLATE_NOOP("facts", "it ends before it begins"),
            )
        found = self._assets(assets)
        made = [one for asset in found if (one := self._overriding(asset, environment, wish))]
        self._policies.override(made)
        self.tell(one.id for one in found)
        return len(made)

    def take_back(self, assets: Sequence[AssetId], reason: str, transformation: str = "") -> int:
        """End the overrides of these in the environment in use; whoever may ask for more care."""
        environment = self._means.environment() or ""
        subject = self._gate.subject(transformation)
        found = [
            asset
            for asset in self._assets(assets)
            if any(
                (one.environment, one.transformation) == (environment, subject)
                for one in asset.overrides
            )
        ]
        wish = OverrideWish(reason=reason, transformation=subject)
        self._policies.override([self._entry(asset, environment, wish) for asset in found])
        self.tell(one.id for one in found)
        return len(found)

    def _overriding(self, asset: Asset, environment: str, wish: OverrideWish) -> Override | None:
        subject = self._gate.subject(wish.transformation)
        answer = self._gate.answer(
            asset, environment, subject=subject, readable=asset.error is None
        )
        if answer.allows or not asset.content:
            return None
        lifted = frozenset(answer.against) & LIFTABLE
        if not lifted:
            detail = f"nobody may override that {SENTENCES[answer.against[0]]}"
            raise OverrideRefusedError(name=asset.name, detail=detail)
        allowed = self._gate.demands(asset, environment).may_override
        roles = sorted(roles_of(self._means.who()) & allowed)
        if not roles:
            raise OverrideRefusedError(name=asset.name, detail=_who_may(allowed, environment))
        entry = self._entry(asset, environment, wish)
        return replace(entry, lifts=lifted, role=roles[0], transformation=subject)

    def _entry(self, asset: Asset, environment: str, wish: OverrideWish) -> Override:
        return Override(
            asset=asset.id,
            name=asset.name,
            content=asset.content or "",
            transformation=wish.transformation,
            environment=environment,
            who=self._means.who(),
            role="",
            reason=wish.reason.strip(),
            lifts=frozenset(),
            until=wish.until,
            at=self._means.now().isoformat(),
        )

    def _state(self, asset: Asset, subject: str, use: Use) -> ReviewState:
        environment = self._means.environment() or ""
        demanded = self._gate.demands(asset, environment, use)
        rendition = self._gate.rendition(asset, subject)
        about = asset if rendition is None else rendition
        wanted = demanded.stages if rendition is None or demanded.renditions else ()
        content = asset.content or ""
        said = {one.stage: one for one in self._decisions.in_stages(content, subject)}
        names = dict.fromkeys((*wanted, *(name for name, _ in about.stages)))
        decided = dict(about.stages)
        return ReviewState(
            asset=asset.id,
            content=asset.content or "",
            transformation=subject,
            approval=overall(about.approval, about.stages, wanted),
            lapsed=about.lapsed,
            stages=tuple(
                self._opened(_stage(name, decided, said), asset, environment) for name in names
            ),
            demands=demanded,
            verdict=self._gate.answer(
                asset, environment, use=use, subject=subject, readable=asset.error is None
            ),
        )

    def _opened(self, stage: StageState, asset: Asset, environment: str) -> StageState:
        """With who may decide in it."""
        roles = deciders(self._gate.policies(environment), asset, stage.stage)
        if roles is None:
            return stage
        is_open = bool(roles_of(self._means.who()) & roles)
        return replace(stage, roles=tuple(sorted(roles)), is_open=is_open)

    def _assets(self, assets: Sequence[AssetId]) -> list[Asset]:
        with self._readers.lent() as reader:
            return reader.assets(assets)


def _stage(name: str, decided: dict[str, Approval], said: dict[str, Decision]) -> StageState:
    known = said.get(name)
    return StageState(
        stage=name,
        approval=decided.get(name, Approval.DRAFT),
        who=known.who if known else "",
        at=known.at if known else "",
    )


def _who_may(roles: frozenset[str], environment: str) -> str:
    if not roles:
        return f"no policy of {environment} lets anybody override its review"
    return f"only {', '.join(sorted(roles))} may override its review"
