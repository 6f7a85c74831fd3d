"""Answers reports from what is known here: no service is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from bridge_app.domain.assets import AssetId
from bridge_app.domain.environments import Usage
from bridge_app.domain.report_columns import COLUMNS
from bridge_app.domain.reports import (
    Behind,
    Cell,
    Fact,
    Gap,
    Lack,
    Report,
    ReportKind,
    ReportScope,
    Row,
    Unit,
)
from bridge_app.storage import insights as stored
from bridge_app.storage.access_logs import AccessLogs
from bridge_app.storage.delivery_extract import DeliveryPacks
from bridge_app.storage.environment_facts import EnvironmentFacts
from bridge_app.storage.savings import unoptimised
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.work import insight_answers as answers
from bridge_app.work.delivery_extract import DeliveryExtract
from bridge_app.work.insight_answers import ABOUT_ASSETS, GROUPS, Found, names_of
from bridge_app.work.look_alikes import LookAlikeFinder

MEASURED = frozenset(
    (
        *(ReportKind.MOST_USED, ReportKind.LEAST_USED, ReportKind.BY_CAMPAIGN),
        *(ReportKind.BY_OWNER, ReportKind.BY_LIBRARY, ReportKind.BY_FORMAT, ReportKind.BY_PRESET),
        *(ReportKind.UNUSED, ReportKind.RIGHTS_ENDING, ReportKind.SAVINGS, ReportKind.DELIVERY),
    )
)
"""Reports that say more where access logs were imported."""
SUMMED = {"requests": Unit.COUNT, "bytes_delivered": Unit.BYTES, "spare_bytes": Unit.BYTES}
SUMMED |= {"saved_bytes": Unit.BYTES}
"""Columns whose sum is a fact of the report."""
NEARLY = 0.9
"""The share of a limit that is told as nearly reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightStores:
    """What reports are read from."""

    readers: Readers
    logs: AccessLogs
    facts: EnvironmentFacts
    alikes: LookAlikeFinder
    packs: DeliveryPacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a report says, row by row; `gaps` are known once the last row was taken."""

    rows: Iterator[Found]
    gaps: list[Gap]
    facts: list[Fact]


class InsightReports:
    """Thread-safe; everything blocks. `names` tells what libraries are called, by identity."""

    def __init__(
        self,
        stores: InsightStores,
        *,
        environment: Callable[[], str | None],
        names: Callable[[], Mapping[str, str]],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._environment = environment
        self._names = names
        self._now = now

    def report(self, kind: ReportKind, scope: ReportScope) -> Report:
        """The report, of at most `scope.most` rows."""
        with self.answer(kind, scope) as answer:
            found = list(islice(answer.rows, scope.most))
            left = sum(1 for _ in answer.rows)
        rows = [row for row, _ in found]
        gaps = [*answer.gaps, *([Gap(lack=Lack.CUT, count=left)] if left else [])]
        return Report(
            kind=kind,
            scope=scope,
            columns=COLUMNS[kind],
            rows=rows,
            behind=[behind for _, behind in found],
            asked_at=self._now(),
            facts=(*answer.facts, *_sums(kind, rows, is_whole=not left)),
            gaps=tuple(gaps),
        )

    @contextmanager
    def answer(self, kind: ReportKind, scope: ReportScope) -> Iterator[Answer]:
        """All rows, as long as the context lasts."""
        with self._stores.readers.lent() as reader:
            yield self._answer(reader, kind, scope)

    @contextmanager
    def extract(self, scope: ReportScope) -> Iterator[DeliveryExtract]:
        """What was delivered, as long as the context lasts; all environments if none is named."""
        with self._stores.readers.lent() as reader:
            yield self._extract(reader, scope)

    def _answer(self, reader: CatalogReader, kind: ReportKind, scope: ReportScope) -> Answer:
        environment = scope.environment or self._environment()
        if kind in (ReportKind.USAGE, ReportKind.TREND):
            return self._usage(kind, scope, environment)
        if kind is ReportKind.LOGS:
            logs = self._stores.logs.all()
            return Answer(rows=answers.imported(logs), gaps=[], facts=_of_logs(logs))
        values = stored.values_of(scope, environment, self._now())
        gaps = [*_unmeasured(reader, kind, values)]
        if kind is ReportKind.DELIVERY:
            extract = self._extract(reader, scope)
            days = Fact(name="days", value=len(extract.days))
            return Answer(rows=_delivered(extract), gaps=gaps, facts=[days])
        return Answer(rows=self._rows(reader, kind, values, gaps), gaps=gaps, facts=[])

    def _rows(
        self,
        reader: CatalogReader,
        kind: ReportKind,
        values: Mapping[str, object],
        gaps: list[Gap],
    ) -> Iterator[Found]:
        named = names_of(self._names())
        if kind in ABOUT_ASSETS:
            rows = reader.ask(lambda one: list(stored.asked(one, ABOUT_ASSETS[kind], values)))
            return answers.about_assets(kind, rows, named, self._now())
        if kind in GROUPS:
            rows = reader.ask(lambda one: stored.grouped(one, GROUPS[kind], values))
            return answers.in_groups(kind, rows, named)
        if kind is ReportKind.BY_PRESET:
            rows = reader.ask(lambda one: list(stored.asked(one, stored.BY_PRESET, values)))
            return answers.by_preset(rows)
        if kind is ReportKind.SAVINGS:
            return answers.savings(reader.ask(lambda one: unoptimised(one, values)), named)
        rows = reader.ask(lambda one: list(stored.asked(one, stored.SEEN, values)))
        found = self._stores.alikes.find(rows, named)
        counts = ((Lack.NO_PICTURE, found.without_picture), (Lack.MANY_ALIKE, found.passed_over))
        gaps += [Gap(lack=lack, count=count) for lack, count in counts if count]
        return iter(found.rows)

    def _usage(self, kind: ReportKind, scope: ReportScope, environment: str | None) -> Answer:
        if environment is None:
            return Answer(rows=iter(()), gaps=[Gap(lack=Lack.NO_ENVIRONMENT)], facts=[])
        facts = self._stores.facts
        usage = facts.usage(environment)
        if usage is None:
            return Answer(rows=iter(()), gaps=[Gap(lack=Lack.NEVER_ASKED)], facts=[])
        if kind is ReportKind.USAGE:
            rows = answers.meters(environment, usage, by_day=False)
            return Answer(rows=rows, gaps=[], facts=_of_usage(usage))
        since, until = scope.since or stored.FIRST, scope.until or stored.LAST
        days = facts.usage_days(environment, since, until)
        rows = chain.from_iterable(answers.meters(environment, one, by_day=True) for one in days)
        return Answer(rows=rows, gaps=[], facts=[Fact(name="days", value=len(days))])

    def _extract(self, reader: CatalogReader, scope: ReportScope) -> DeliveryExtract:
        values = stored.values_of(scope, scope.environment, self._now())
        return DeliveryExtract(reader, self._stores.packs, values)


def _unmeasured(
    reader: CatalogReader, kind: ReportKind, values: Mapping[str, object]
) -> Iterator[Gap]:
    if kind not in MEASURED:
        return
    known = reader.ask(lambda one: stored.logged(one, values))
    if not known.logs:
        yield Gap(lack=Lack.NO_LOGS)
    if known.unknown_lines:
        yield Gap(lack=Lack.UNKNOWN_LINES, count=known.unknown_lines)


def _delivered(extract: DeliveryExtract) -> Iterator[Found]:
    for day in extract.days:
        for row, asset in extract.rows(day):
            yield row, Behind(assets=(AssetId(asset),) if asset is not None else ())


def _of_usage(usage: Usage) -> list[Fact]:
    near = [name for name, one in usage.meters.items() if (one.share or 0) >= NEARLY]
    found = [Fact(name="plan", value=usage.plan or None, unit=Unit.NONE)]
    if near:
        found.append(Fact(name="limit_reached", value=", ".join(near), unit=Unit.NONE))
    return found


def _of_logs(logs: Sequence[object]) -> list[Fact]:
    return [Fact(name="files", value=len(logs))]


def _sums(kind: ReportKind, rows: Iterable[Row], *, is_whole: bool) -> Iterator[Fact]:
    """The sums of what was measured; None of what was not. Of a part of the rows, none."""
    if not is_whole:
        return
    some = list(rows)
    places = {column.name: place for place, column in enumerate(COLUMNS[kind])}
    for name in places:
        if name in SUMMED and kind is not ReportKind.DELIVERY:
            value = _sum(row[places[name]] for row in some)
            if name == "bytes_delivered" and _is_partly_measured(some, places):
                value = None
            yield Fact(name=name, value=value, unit=SUMMED[name])


def _is_partly_measured(rows: Iterable[Row], places: Mapping[str, int]) -> bool:
    """Were there requests whose bytes nobody told?"""
    return any(
        row[places["requests"]] is not None and row[places["bytes_delivered"]] is None
        for row in rows
    )


def _sum(cells: Iterable[Cell]) -> Cell:
    known = [one for one in cells if isinstance(one, int)]
    return sum(known) if known else None
