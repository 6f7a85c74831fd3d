"""What an exported kit says of itself: a manifest that programs read, and one for spreadsheets.

The table is `kit-manifest/1`; its formulas are made harmless. The names of the columns are stable.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bridge_app.domain.kits import KitForm
from bridge_app.work.kit_jobs import KitJob

KIND, FEED_KIND = "asset-bridge/kit-manifest", "asset-bridge/kit-feed"
VERSION = 1
MANIFEST, TABLE = "manifest.json", "manifest.csv"
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""How a cell begins that a spreadsheet would reckon with, or that was guarded before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One rendition of a kit as it was made, or listed.

    `file` is relative, "" without one; `bytes` and `sha256` are of that file, or of the delivered
    one where there is none. `over_bytes` is how much too heavy it is. `rights_end` is ISO 8601 in
    UTC, "" for no end; `url` is "" where nothing is delivered that may be known.
    """

    file: str
    preset: str
    market: str
    language: str
    asset: str
    master: str
    master_sha256: str
    width: int
    height: int
    format: str
    bytes: int
    sha256: str
    most_bytes: int
    over_bytes: int
    alt: str
    rights_end: str
    url: str
    public_id: str
    transformation: str
    fidelity: str


COLUMNS = tuple(field.name for field in fields(Entry))


def manifest_json(job: KitJob, entries: Iterable[Entry], *, at: datetime) -> bytes:
    """The manifest of an export, or the feed itself."""
    told = {
        "kind": FEED_KIND if job.form is KitForm.FEED else KIND,
        "version": VERSION,
        "export": job.export,
        "kit": job.kit,
        "title": job.title,
        "channel": job.channel,
        "storage": job.storage.value,
        "environment": job.environment,
        "made_at": at.isoformat(),
        "renditions": [_plain(one) for one in entries],
    }
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def manifest_csv(entries: Iterable[Entry]) -> bytes:
    """The same as a table (RFC 4180, with a mark of its encoding, as spreadsheets want it)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in entries:
        writer.writerow(_guarded(value) for value in _plain(one).values())
    return ("\ufeff" + text.getvalue()).encode("utf-8", "replace")


def export_named(data: bytes) -> str:
    """The export that a manifest is of; "" for what is no manifest of ours."""
    return str(_told(data).get("export", ""))


def is_feed(data: bytes, kit: str) -> bool:
    """Is this a feed of that kit, which a newer one may take the place of?"""
    told = _told(data)
    if told:
        return told.get("kind") == FEED_KIND and told.get("kit") == kit
    return data.startswith(("\ufeff" + ",".join(COLUMNS[:4])).encode())


def _told(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain(one: Entry) -> dict[str, object]:
    return {name: getattr(one, name) for name in COLUMNS}


def _guarded(value: object) -> object:
    """Numbers stay; a text that would be reckoned with gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
