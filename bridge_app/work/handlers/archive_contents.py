"""What an archive keeps of a campaign: its renditions and originals, and all that is known of them.

Source: reference/photoshelter.md, 16 (campaign archive).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NotFoundError
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.write_back import manifest_name
from bridge_app.libraries.errors import disk_trouble
from bridge_app.storage.archives import ArchiveRecord, StepRecord
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.search import Readers
from bridge_app.storage.write_backs import WriteBacks
from bridge_app.work.archive_bag import (
    Bag,
    digest_of,
    file_part,
    identity_part,
    rendition_part,
    unescaped,
)
from bridge_app.work.handlers.write_back import describe_file, upload_key
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.write_back_record import Records

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary

AUTOMATIC = "_auto"
"""In a transformation: what is delivered depends on who asks."""


class OtherRenditionError(BridgeError):
    """What is delivered is not what was recorded as published."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} is delivered with {there} bytes, and {told} were published. It was not archived: "
        "look at it, then try again.",
    )


class NotKeptError(BridgeError):
    """The service does not have what was put there."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was put into the archive's gallery, and the service does not have it. Nothing was "
        "taken away anywhere; try again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Keeps and describes; methods block and raise BridgeError.

    Args:
        fetch: Writes what an address gives to a file, and returns its size.
        written_by: How the archive names this program.
    """

    readers: Readers
    shelters: ShelterDesk
    records: Records
    kept: WriteBacks
    decisions: Decisions
    fetch: Callable[[str, Path], int]
    written_by: str

    def rendition(
        self,
        bag: Bag,
        service: "RemoteLibrary",
        account: str,
        gallery: str,
        told: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Fetch a rendition from delivery into the folder and into the archive's gallery."""
        one = PublishedRendition(**told["rendition"])
        name = rendition_part(one, master=told["master"], media_id=told["media_id"])
        path = bag.place("renditions", name)
        part = path.with_name(path.name + ".part")
        try:
            size = self.fetch(one.url, part)
            if one.bytes and size != one.bytes and AUTOMATIC not in one.transformation:
                raise OtherRenditionError(name=name, there=size, told=one.bytes)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        digest = digest_of(path)
        known = self.kept.entries(account, told["media_id"])
        file = next((x.file for x in known if x.file and x.entry.url == one.url), "")
        there = file if file and _lies_in(service, file, gallery) else ""
        if not there:
            key = upload_key(account, gallery, path.name, digest)
            there = service.upload(gallery, path.name, path, replace=True, key=key)
            master = self.shelters.shelter_asset(AssetId(one.asset))
            if master is not None:
                describe_file(service, there, master)
        return {"file": bag.inside(path), "sha256": digest, "bytes": size, "media_id": there}

    def original(
        self, bag: Bag, asset: AssetId, media_id: str, report: Callable[[], None]
    ) -> dict[str, Any]:
        """Fetch a master's own file into the folder, in a folder of its own."""
        found = self._asset(asset)
        folder = bag.place("originals", identity_part(media_id), "file").parent
        path = bag.only_file(folder)
        if path is None:
            path = self.shelters.original(found, folder, on_bytes=lambda _: report())
        with disk_trouble(path):
            path = path.replace(path.with_name(unescaped(path.name)))
        return {"file": bag.inside(path), "sha256": digest_of(path), "bytes": found.bytes}

    def describe(
        self,
        bag: Bag,
        record: ArchiveRecord,
        members: Sequence[AssetId],
        steps: Sequence[StepRecord],
        at: datetime,
    ) -> dict[str, Any]:
        """Write what is known of the members, their published renditions, and who decided what."""
        bag.put_lines(self._metadata(members), "metadata.jsonl")
        bag.put_lines(self._audit(members), "audit.jsonl")
        for asset in members:
            found = self.records.of(asset, at)
            if found is None:
                continue
            told = found.record.told(written_at=at.isoformat(), written_by=self.written_by)
            name = manifest_name(file_part(found.shelter.file_name, found.shelter.media_id))
            bag.put(json.dumps(told, ensure_ascii=False, indent=1).encode(), "manifests", name)
        bag.put(self.summary(record, steps, at), "archive.json")
        return {"members": len(members)}

    def summary(self, record: ArchiveRecord, steps: Sequence[StepRecord], at: datetime) -> bytes:
        """What is archived, from where, when, by whom, and what became of what was published."""
        told = {
            "schema": "campaign-archive/1",
            "campaign": {"container": record.container, "name": record.name},
            "account": record.account,
            "year": record.wish.year,
            "copies": record.wish.copies.value,
            "archived_by": record.who,
            "begun_at": record.begun_at,
            "written_at": at.isoformat(),
            "written_by": self.written_by,
            "renditions": [
                {**one.told["rendition"], **one.result, "master": one.told["media_id"]}
                for one in steps
                if "rendition" in one.told
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    def check_kept(self, service: "RemoteLibrary", steps: Sequence[StepRecord]) -> int:
        """Ask for every rendition in the archive's gallery by its ID. Raises NotKeptError."""
        kept = [one for one in steps if one.result.get("media_id")]
        for one in kept:
            there = service.media(one.result["media_id"])
            if there is None or there.bytes != one.result["bytes"]:
                raise NotKeptError(name=one.name)
        return len(kept)

    def approval(self, asset: AssetId) -> Approval:
        """What was decided last on a member's content. Raises NotFoundError."""
        return self._asset(asset).approval

    def _metadata(self, members: Sequence[AssetId]) -> Iterator[dict[str, object]]:
        """A line for each member: the service's facts, and how it stood here."""
        facts = self.shelters.shelter_assets(members)
        with self.readers.lent() as reader:
            assets = {one.id: one for one in reader.assets(members)}
        for asset in members:
            if asset not in facts or asset not in assets:
                continue
            here = assets[asset]
            yield {
                **asdict(facts[asset]),
                "asset": asset,
                "path": here.path,
                "content": here.content,
                "approval": here.approval.value,
                "rights_from": _iso(here.rights.starts),
                "rights_until": _iso(here.rights.ends),
                "usage_terms": here.usage_terms,
                "delivered": [asdict(one) for one in self.kept.copies(asset)],
            }

    def _audit(self, members: Sequence[AssetId]) -> Iterator[dict[str, object]]:
        """Every decision about a member, with its place in the chain of all decisions."""
        with self.readers.lent() as reader:
            assets = reader.assets(members)
        for asset in assets:
            for decision in self.decisions.history(asset.id, asset.content):
                yield asdict(decision)

    def _asset(self, asset: AssetId) -> Asset:
        with self.readers.lent() as reader:
            found = reader.assets([asset])
        if not found:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset"))
        return found[0]


def _lies_in(service: "RemoteLibrary", media_id: str, gallery: str) -> bool:
    found = service.media(media_id)
    return found is not None and gallery in found.galleries


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
