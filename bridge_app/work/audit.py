"""What people ask the audit trail: what happened, whether it is whole, and to take note if not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import (
    AuditEntry,
    AuditFilter,
    AuditKind,
    AuditRecord,
    Head,
    Refused,
    entry_of_refusal,
    head_text,
)
from bridge_app.domain.audit_check import Finding, TrailCheck
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.gate import Verdict
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.domain.query import Query
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.search import Readers
from bridge_app.work.audit_report import AuditReport

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of the trail, the newest first, and how many entries there are of its kind."""

    records: tuple[AuditRecord, ...]
    total: int


class AuditDesk:
    """Every method may be called from any thread; all of them are blocking.

    Args:
        who: The person at this desk.
    """

    def __init__(
        self,
        trail: AuditTrail,
        readers: Readers,
        *,
        who: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        self._trail = trail
        self._readers = readers
        self._who = who
        self._now = now

    def page(self, wanted: AuditFilter, *, limit: int, before: int | None = None) -> Page:
        """The newest entries that are meant; of those before number `before`."""
        records = self._trail.newest(wanted, limit=limit, before=before)
        return Page(records=tuple(records), total=self._trail.count(wanted))

    def report(self, wanted: AuditFilter, about: str) -> AuditReport:
        """A report of what is meant, with a check of the whole trail; `about` says it in words."""
        return AuditReport(
            made_at=self._now().isoformat(timespec="seconds"),
            made_by=self._who(),
            about=about,
            total=self._trail.count(wanted),
            check=self.check(),
            records=self._trail.oldest_first(wanted),
        )

    def people(self) -> tuple[str, ...]:
        """Everybody who is named in the trail."""
        return self._trail.people()

    def campaign(self, query: Query) -> frozenset[str]:
        """The assets that a search finds now: of a folder, with a tag, or whatever it asks."""
        with self._readers.lent() as reader:
            return frozenset(reader.ids(query, now=self._now()))

    def narrowed(self, wanted: AuditFilter, listed: Query | None) -> AuditFilter:
        """The same of the assets that a search finds now; None: of all it asked for."""
        return wanted if listed is None else replace(wanted, assets=self.campaign(listed))

    def check(self, elsewhere: Head | None = None) -> TrailCheck:
        """Is the trail whole? `elsewhere` is a head that a person kept. Raises BridgeError."""
        return self._trail.check(elsewhere).at(self._now(), self._trail.latest())

    def accept(self, reason: str) -> TrailCheck:
        """Take note of the damage there is now: it stays told, but is no news any more.

        The head beside the trail is kept as it is from now on. Where the clock stands before the
        newest moment on record, that one was wrong, and the clock counts from here. Returns how it
        looks afterwards.
        """
        found = self.check()
        clock = {"clock": found.ahead.isoformat()} if found.ahead is not None else {}
        if found.findings or clock:
            self._trail.accept(
                AuditEntry(
                    at=self._now().isoformat(),
                    kind=AuditKind.ACCEPTANCE,
                    who=self._who(),
                    detail={
                        "reason": reason,
                        "findings": _keys(found.findings),
                        "head": head_text(found.head),
                        **clock,
                    },
                )
            )
        return self.check()

    def refused(self, refusals: Iterable[Refused]) -> None:
        """The gate said no to what a person asked for; the same said again is told once."""
        who, at = self._who(), self._now().isoformat()
        told = [entry_of_refusal(one, who=who, at=at) for one in refusals]
        if told:
            self._trail.add_once(told)

    def left(self, entries: Iterable[AuditEntry]) -> None:
        """Files left with the person at this desk, just now."""
        who, at = self._who(), self._now().isoformat()
        self._trail.add_all(replace(one, who=who, at=at) for one in entries)

    def told(self, plan: PushPlan) -> PushPlan:
        """A push is asked for: what of its plan the gate refuses is told. Returns the plan."""
        self.refused(
            Refused(
                act="push",
                asset=step.asset,
                name=step.name,
                content=step.content or step.sha256,
                environment=plan.environment,
                reasons=Verdict(step.reasons).sentence(),
            )
            for step in plan.steps
            if step.action is PushAction.REFUSED
        )
        return plan

    def asked(self, act: str, asset: AssetId, call: Callable[[AssetId], T]) -> T:
        """Have `call` made; a refusal of the gate is told, and goes on to the caller."""
        try:
            return call(asset)
        except GateRefusalError as error:
            with self._readers.lent() as reader:
                found = reader.assets([asset])
            content = (found[0].content or "") if found else ""
            facts = {name: str(error.facts.get(name, "")) for name in ("name", "reasons")}
            self.refused([Refused(act=act, asset=asset, content=content, **facts)])
            raise


def _keys(findings: tuple[Finding, ...]) -> list[str]:
    return [one.key for one in findings]
