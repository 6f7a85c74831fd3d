"""Where the rows of one file wait until all rows of their product are there.

A private database on disk, gone when it is closed: a file of any size takes little memory.
"""

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from bridge_app.domain.product_feed import Fault, Finding, MediaLink, ProductKey
from bridge_app.domain.product_feed_rows import MOST_MEDIA, Row

SCHEMA = """
    CREATE TABLE row (
        sku TEXT, market TEXT, language TEXT, line INTEGER, updated_at TEXT, told BLOB
    )
"""
ADD = "INSERT INTO row (sku, market, language, line, updated_at, told) VALUES (?, ?, ?, ?, ?, ?)"
SORTED = "SELECT * FROM row ORDER BY sku, market, language, line"
CACHE_KIB = 32_768
AT_ONCE = 2_000
Group = tuple[ProductKey, list[Row], bool]


class FeedStage:
    """For one thread; a context manager."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._waiting: list[tuple[object, ...]] = []

    def __enter__(self) -> Self:
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute(SCHEMA)
        self._connection.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def add(self, row: Row) -> None:
        """A row that was understood."""
        told = (
            row.is_deletion,
            dict(row.told),
            _plain(row.links),
            [_packed(one) for one in row.warnings],
        )
        self._put((*row.key, row.line, row.updated_at, marshal.dumps(told)))

    def spoil(self, key: ProductKey, line: int) -> None:
        """A row about this product was rejected."""
        self._put((*key, line, "", b""))

    def groups(self) -> Iterator[Group]:
        """Each product with its rows in their order, and whether none of it was rejected.

        Of one that has far too many rows the first are taken.
        """
        self._flush()
        group: Group | None = None
        for sku, market, language, line, updated_at, told in self._connection.execute(SORTED):
            key = ProductKey(sku, market, language)
            if group is None or group[0] != key:
                if group is not None:
                    yield group
                group = (key, [], True)
            if not told or len(group[1]) >= MOST_MEDIA:
                group = (key, group[1], False)
            else:
                group[1].append(_row(key, line, updated_at, told))
        if group is not None:
            yield group

    def _put(self, values: tuple[object, ...]) -> None:
        self._waiting.append(values)
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._connection.executemany(ADD, self._waiting)
        self._waiting.clear()


def _plain(links: Iterable[MediaLink] | None) -> list[tuple[object, ...]] | None:
    return None if links is None else [tuple(link) for link in links]


def _packed(one: Finding) -> Sequence[object]:
    return (one.line, one.code.value, one.sku, one.field, one.value)


def _row(key: ProductKey, line: int, updated_at: str, data: bytes) -> Row:
    # Nobody else can write there: it is what `add` put in a moment ago.
    is_deletion, told, links, warnings = marshal.loads(data)  # noqa: S302
    return Row(
        line=line,
        key=key,
        updated_at=updated_at,
        is_deletion=is_deletion,
        told=told,
        links=None if links is None else tuple(MediaLink(*link) for link in links),
        warnings=tuple(map(_finding, warnings)),
    )


def _finding(values: Iterable[object]) -> Finding:
    line, code, sku, name, value = values
    return Finding(
        line=int(str(line)), code=Fault(str(code)), sku=str(sku), field=str(name), value=str(value)
    )
