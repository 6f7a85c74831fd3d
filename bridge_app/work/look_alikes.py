"""Finds pictures that look alike by their stored thumbnails; no original is opened for it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from bridge_app.domain.assets import AssetId
from bridge_app.domain.reports import Behind
from bridge_app.storage.picture_hashes import PictureHashes
from bridge_app.storage.thumbs import THUMB_EDGE, Thumbs
from bridge_app.work.insight_answers import MOST_BEHIND, Found, Named, one_asset

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlikes:
    """Rows of groups that look alike, and how many assets were not compared.

    `without_picture` have no thumbnail; `passed_over` look like too many others (plain ones do).
    """

    rows: Sequence[Found]
    without_picture: int
    passed_over: int


class LookAlikeFinder:
    """Fingerprints are kept by what the picture shows, so only new ones are made."""

    def __init__(self, hashes: PictureHashes, thumbs: Thumbs) -> None:
        self._hashes = hashes
        self._thumbs = thumbs

    def find(self, rows: Sequence[sqlite3.Row], named: Named) -> LookAlikes:
        """Of these assets; each row has its `picture`, the key of its thumbnails."""
        # numpy is loaded for this report, not for the desk.
        from bridge_app.media.alike import alike  # noqa: PLC0415

        known = self._fingerprints({row["picture"] for row in rows if row["picture"]})
        seen = [row for row in rows if row["picture"] in known]
        found = alike([known[row["picture"]] for row in seen])
        told: list[Found] = []
        for number, (group, bits) in enumerate(zip(found.groups, found.distances, strict=True), 1):
            some = sorted(zip(group, bits, strict=True), key=lambda one: -seen[one[0]]["bytes"])
            members = tuple(AssetId(seen[at]["id"]) for at, _ in some)
            behind = Behind(assets=members[:MOST_BEHIND])
            for at, distance in some:
                row = seen[at]
                told.append(
                    (
                        (number, *one_asset(row, named), row["width"], row["height"], distance),
                        behind,
                    )
                )
        return LookAlikes(
            rows=told, without_picture=len(rows) - len(seen), passed_over=found.passed_over
        )

    def _fingerprints(self, wanted: Iterable[str]) -> dict[str, int]:
        known = self._hashes.all()
        pictures = set(wanted)
        missing = iter(sorted(pictures - known.keys()))
        while some := list(islice(missing, AT_ONCE)):
            made = list(self._made(some))
            self._hashes.put(made)
            known.update(made)
        return {key: known[key] for key in pictures if key in known}

    def _made(self, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
        from bridge_app.media.alike import fingerprint  # noqa: PLC0415

        with closing(self._thumbs.reader()) as reader:
            for key in keys:
                picture = reader.get(key, THUMB_EDGE)
                bits = fingerprint(picture) if picture is not None else None
                if bits is not None:
                    yield key, bits
