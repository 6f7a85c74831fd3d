"""What was delivered by day, as rows and as tables of Arrow (`usage-extract/1`)."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Self

from bridge_app.domain.delivery_extract import VIOLATIONS, RightsStatus, rights_status
from bridge_app.domain.report_columns import DELIVERY
from bridge_app.domain.reports import Row
from bridge_app.storage import delivery_extract as stored
from bridge_app.storage.access_logs import EPOCH, day_of
from bridge_app.storage.delivery_extract import UNMEASURED, DeliveryPacks, Thing
from bridge_app.storage.search import CatalogReader

# Few ask for tables, and Arrow takes a while to load.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

DIRECT, UNKNOWN, CONTENTSTACK = "direct", "unknown", "contentstack"
BY_LOG = "cdn_log"
MEASURES = 4
"""The columns of a day's measures; see `storage.delivery_extract.measures`."""
OF_THINGS = (
    *("cloud_name", "public_id", "asset_id", "resource_type", "format", "source_media_id"),
    *("rendition", "transformation", "campaign", "market", "language"),
)
"""The columns that say something of the address; the names of `Thing`."""
STATUSES = tuple(RightsStatus)


class DeliveryExtract:
    """For one thread, as long as the reader is lent."""

    def __init__(
        self, reader: CatalogReader, packs: DeliveryPacks, values: Mapping[str, object]
    ) -> None:
        self._reader = reader
        self._packs = packs
        self._things = reader.ask(lambda connection: stored.things(connection, values))
        self._hosts = reader.ask(stored.hosts)
        self._numbers = {one.number: place for place, one in enumerate(self._things)}
        self._limited = [
            place
            for place, one in enumerate(self._things)
            if _status(one, EPOCH) is not RightsStatus.UNKNOWN
            and (one.rights_from is not None or one.rights_until is not None)
        ]
        self._always = [_status(one, EPOCH) for one in self._things]
        self.days = reader.ask(lambda connection: stored.days(connection, values))

    def rows(self, day: int) -> Iterator[tuple[Row, str | None]]:
        """The rows of a day, each with its asset."""
        when = day_of(day)
        statuses = self._statuses(when)
        numbers = array("q", self._measures(day))
        count = len(numbers) // MEASURES
        columns = (numbers[at * count : (at + 1) * count] for at in range(MEASURES))
        for thing, host, requests, size in zip(*columns, strict=True):
            place = self._numbers.get(thing)
            if place is None:
                continue
            measure = (self._hosts[host], requests, None if size == UNMEASURED else size)
            one = self._things[place]
            for sku in one.skus or (None,):
                yield _row(when, one, statuses[place], measure, sku), one.asset

    def tables(self) -> Iterator[tuple[int, "pa.Table"]]:
        """Day by day, its rows as a table."""
        make = _table_maker(self._things, self._hosts)
        for day in self.days:
            when = day_of(day)
            if columns := self._measures(day):
                yield day, make(when, columns, self._statuses(when))

    def pack(self, days: Iterable[int]) -> None:
        """Add these days up now, so that whoever exports them does not wait for it."""
        for day in days:
            self._measures(day)

    def _measures(self, day: int) -> bytes:
        columns, stamp = self._reader.ask(lambda connection: stored.measures(connection, day))
        if stamp is not None:
            self._packs.keep(day, stamp, columns)
        return columns

    def _statuses(self, day: date) -> list[RightsStatus]:
        found = list(self._always)
        for place in self._limited:
            found[place] = _status(self._things[place], day)
        return found


def _status(one: Thing, day: date) -> RightsStatus:
    if one.asset is None or one.rights_unreadable:
        return RightsStatus.UNKNOWN
    if one.rights_from is None and one.rights_until is None:
        return RightsStatus.OK
    return rights_status(day, one.rights_from, one.rights_until)


def _row(
    day: date,
    one: Thing,
    status: RightsStatus,
    measure: tuple[str | None, int, int | None],
    sku: str | None,
) -> Row:
    host, requests, size = measure
    told = {
        "usage_date": day,
        **{name: getattr(one, name) for name in OF_THINGS},
        "destination_kind": DIRECT if host is None else _kind(one),
        "destination_ref": None if host is None else one.entry,
        "sku": sku,
        "url_host": host,
        "sku_count": max(1, len(one.skus)),
        "requests": requests,
        "bytes": size,
        "rights_status": status.value,
        "rights_expires": _expires(one),
        "violation": requests > 0 and status in VIOLATIONS,
        "measured_by": BY_LOG,
    }
    return tuple(told.get(column.name) for column in DELIVERY)


def _kind(one: Thing) -> str:
    """Where it stands: a log tells the page that asked, and the ledger the only entry it is in."""
    return CONTENTSTACK if one.entry is not None and not one.is_elsewhere else UNKNOWN


def _expires(one: Thing) -> date | None:
    return one.rights_until.astimezone(UTC).date() if one.rights_until is not None else None


def _table_maker(
    things: Sequence[Thing], hosts: Mapping[int, str | None]
) -> Callable[[date, bytes, Sequence[RightsStatus]], "pa.Table"]:
    """What is the same for all days is made once: each text stands there once, with a number."""
    import numpy as np
    import pyarrow as pa

    by_thing = {name: _coded([getattr(one, name) for one in things]) for name in OF_THINGS}
    expires = pa.array([_expires(one) for one in things], pa.date32())
    place = _places([one.number for one in things])
    host_place = _places(list(hosts))
    host_codes, host_texts = _coded(list(hosts.values()))
    kinds = pa.array([DIRECT, UNKNOWN, CONTENTSTACK])
    kind = np.array([1 + (_kind(one) is CONTENTSTACK) for one in things], np.int32)
    linked = np.array([host is not None for host in hosts.values()], np.int32)
    entry_codes, entry_texts = _coded([one.entry for one in things])
    skus = _Skus.of(things)
    measured_by = pa.array([BY_LOG])
    statuses = pa.array([one.value for one in STATUSES])
    order = {one: number for number, one in enumerate(STATUSES)}
    wrong = np.array([one in VIOLATIONS for one in STATUSES])

    def table(day: date, packed: bytes, stands: Sequence[RightsStatus]) -> "pa.Table":
        found = np.frombuffer(packed, np.int64).reshape(MEASURES, -1)
        at = _looked_up(place, found[0])
        if (at < 0).any():
            found, at = found[:, at >= 0], at[at >= 0]
        found, at, sku = skus.spread(found, at)
        referrers, requests, sizes = found[1:]
        host = host_place[referrers]
        stood = np.array([order[one] for one in stands], np.int32)
        count = len(at)
        columns = {
            "usage_date": pa.repeat(pa.scalar(day, pa.date32()), count),
            **{name: _taken(codes, texts, at) for name, (codes, texts) in by_thing.items()},
            "destination_kind": _taken(kind[at] * linked[host], kinds, np.arange(count)),
            "destination_ref": _taken(
                np.where(linked[host] > 0, entry_codes[at], -1), entry_texts, np.arange(count)
            ),
            "sku": _taken(skus.codes, skus.texts, sku),
            "url_host": _taken(host_codes, host_texts, host),
            "sku_count": pa.array(skus.counts[at]),
            "requests": pa.array(requests),
            "bytes": pa.array(sizes, mask=sizes == UNMEASURED),
            "downloads_ps": pa.nulls(count, pa.int64()),
            "rights_status": _taken(stood, statuses, at),
            "rights_expires": expires.take(pa.array(at)),
            "violation": pa.array(wrong[stood[at]] & (requests > 0)),
            "measured_by": _taken(np.zeros(1, np.int32), measured_by, np.zeros(count, np.int64)),
        }
        empty = pa.nulls(count, pa.string())
        return pa.table({one.name: columns.get(one.name, empty) for one in DELIVERY})

    return table


@dataclass(frozen=True, slots=True)
class _Skus:
    """The products of each thing, one after another: `counts` of them (or none) at `starts`."""

    codes: "NDArray[np.int32]"
    texts: "pa.Array"
    counts: "NDArray[np.int32]"
    starts: "NDArray[np.int64]"

    @classmethod
    def of(cls, things: Sequence[Thing]) -> Self:
        """Those of all things."""
        import numpy as np

        told: list[Sequence[str | None]] = [one.skus or (None,) for one in things]
        counts = np.array([len(some) for some in told], np.int32)
        starts = np.cumsum(counts, dtype=np.int64) - counts
        return cls(*_coded([sku for some in told for sku in some]), counts, starts)

    def spread(
        self, found: "NDArray[np.int64]", at: "NDArray[np.int64]"
    ) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]":
        """A row for each product: the measures, the things, and which product it is."""
        import numpy as np

        counts = self.counts[at]
        if (counts == 1).all():
            return found, at, self.starts[at]
        ends = np.cumsum(counts, dtype=np.int64)
        number = np.arange(ends[-1]) - np.repeat(ends - counts, counts)
        at = np.repeat(at, counts)
        return np.repeat(found, counts, axis=1), at, self.starts[at] + number


def _coded(texts: Sequence[str | None]) -> "tuple[NDArray[np.int32], pa.Array]":
    """Each text once, and for each place the number of its text, -1 for none."""
    import numpy as np
    import pyarrow as pa

    once = dict.fromkeys(text for text in texts if text is not None)
    numbers = {text: number for number, text in enumerate(once)}
    codes = np.array([-1 if text is None else numbers[text] for text in texts], np.int32)
    return codes, pa.array(list(once), pa.string())


def _taken(codes: "NDArray[np.int32]", texts: "pa.Array", at: "NDArray[np.int64]") -> "pa.Array":
    """The text of each place; the numbers are ours, so nobody checks them again."""
    import pyarrow as pa

    if not len(texts):
        return pa.nulls(len(at), pa.string())
    taken = codes[at]
    none = taken < 0
    mask = none if none.any() else None
    return pa.DictionaryArray.from_arrays(pa.array(taken, mask=mask), texts, safe=False)


def _places(numbers: Sequence[int]) -> "NDArray[np.int64]":
    """Where each number stands; -1 for those that do not."""
    import numpy as np

    found = np.full(max(numbers, default=0) + 1, -1, np.int64)
    found[list(numbers)] = np.arange(len(numbers))
    return found


def _looked_up(places: "NDArray[np.int64]", numbers: "NDArray[np.int64]") -> "NDArray[np.int64]":
    import numpy as np

    there = numbers < len(places)
    return np.where(there, places[np.where(there, numbers, 0)], -1)
