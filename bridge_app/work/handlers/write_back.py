"""Records at a master's service what is published of it: once, and as it is now.

Runs one at a time, so that two states of one master never overtake each other. Every run compares
what has to be written with what was written last, so that running it again changes nothing.
Source: reference/photoshelter.md, 11.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    NoKeyringError,
    NotFoundError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.domain.shelter_approval import approval_keywords, keywords_of
from bridge_app.domain.write_back import (
    MARK,
    RENDITION_OF,
    WITHDRAWN,
    Entry,
    entry_json,
    manifest,
    manifest_name,
    rendition_file_name,
)
from bridge_app.libraries.photoshelter.errors import (
    EditConflictError,
    NotForThisKindError,
    NotOfferedError,
    NotThereError,
)
from bridge_app.libraries.photoshelter.values import RenditionLink
from bridge_app.libraries.remote import OnlyReadError
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.storage.write_backs import WriteBacks, Written, WrittenEntry
from bridge_app.work.context import Context
from bridge_app.work.handlers.unseen_master import until_seen
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.rendition_gallery import NoPlaceError, Siblings, is_there, place_for
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.write_back_jobs import asset_of
from bridge_app.work.write_back_record import Recorded, Records

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary


class InNoGalleryError(BridgeError):
    """A master that lies nowhere has no place beside it."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "What is published of {name} was not recorded at the service: it lies in no gallery there.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBackHandler:
    """Runs `write_back` jobs, one at a time.

    Args:
        fetch: Writes what an address gives to a file, and returns its size; raises BridgeError.
        written_by: How the record names this program.
    """

    records: Records
    kept: WriteBacks
    shelters: ShelterDesk
    fetch: Callable[[str, Path], int]
    written_by: str
    siblings: Siblings = field(default_factory=Siblings)

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Read how things are now, and write what the service does not say yet."""
        found = self.records.of(asset_of(job.params), context.now())
        if found is None:
            gone = Failed(error=NotFoundError(what=job.name))
            return until_seen(self.shelters, context) or gone
        if not found.is_due:
            return Done(result={"state": "there"})
        try:
            service = self.shelters.service(found.shelter.account)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        context.report(0, job.total)
        try:
            written = self._told(service, found, context)
        except OnlyReadError:
            # There is nowhere to record anything, so nothing is due from now on.
            self.shelters.set_write_back(found.shelter.account, WriteBackMode.OFF)
            return Done(result={"state": "not offered"})
        self.kept.record(written)
        return Done(result={"state": "written", "renditions": len(found.record.published)})

    def _told(self, service: "RemoteLibrary", found: Recorded, context: Context) -> Written:
        at = context.now().isoformat()
        if found.mode is WriteBackMode.LINK:
            _put_links(service, found)
            written = self._written(found, at=at)
        else:
            written = self._in_gallery(service, found, context)
        _mark(service, found)
        return written

    def _in_gallery(self, service: "RemoteLibrary", found: Recorded, context: Context) -> Written:
        """The document, and in file mode the files before it, beside the master."""
        known = found.written.gallery if found.written else ""
        gallery = known or self._beside(service, found)
        try:
            return self._document(service, found, gallery, context)
        except (NotThereError, NotOfferedError):
            if is_there(service, gallery):
                raise
            # Somebody has deleted that gallery: there is a new one, with everything in it.
            self.siblings.forget(gallery)
            return self._document(service, found, self._beside(service, found), context)

    def _beside(self, service: "RemoteLibrary", found: Recorded) -> str:
        if found.gallery is None:
            raise InNoGalleryError(name=found.asset.name)
        return self.siblings.beside(service, found.shelter.account, found.gallery)

    def _document(
        self, service: "RemoteLibrary", found: Recorded, gallery: str, context: Context
    ) -> Written:
        shelter, at = found.shelter, context.now().isoformat()
        place = place_for(
            service,
            gallery,
            _names(found),
            media_id=shelter.media_id,
            is_taken=lambda name: self.kept.is_taken(
                shelter.account, gallery, name, shelter.media_id
            ),
        )
        if place is None:
            raise NoPlaceError(name=found.asset.name)
        files = self._files(service, found, gallery, place.name, context)
        ours = [one.entry.key for one in files]
        data = manifest(
            found.record,
            found=place.found,
            ours=ours,
            written_at=at,
            written_by=self.written_by,
        )
        key = upload_key(shelter.media_id, found.record.digest, _last(found))
        document = service.upload(gallery, place.name, data, replace=True, key=key)
        written = self._written(found, at=at)
        return replace(
            written, gallery=gallery, document=document, document_name=place.name, entries=files
        )

    def _written(self, found: Recorded, *, at: str) -> Written:
        known = {one.entry.key: one for one in _entries(found)}
        return Written(
            account=found.shelter.account,
            media_id=found.shelter.media_id,
            asset=found.asset.id,
            mode=found.mode,
            digest=found.record.digest,
            written_at=at,
            entries=tuple(
                replace(known.get(one.key, WrittenEntry(entry=one)), entry=one)
                for one in found.record.entries
            ),
        )

    # The files of renditions

    def _files(
        self,
        service: "RemoteLibrary",
        found: Recorded,
        gallery: str,
        document: str,
        context: Context,
    ) -> tuple[WrittenEntry, ...]:
        """Each rendition with its file, where files are wanted; those that are there stay."""
        account, media_id = found.shelter.account, found.shelter.media_id
        known = {one.entry.key: one for one in self.kept.entries(account, media_id)}
        files = []
        for entry in found.record.entries:
            context.report(0, 1)
            before = known.get(entry.key, WrittenEntry(entry=entry))
            after = replace(before, entry=entry)
            if entry.withdrawn_at:
                if before.file and not before.entry.withdrawn_at:
                    service.add_keywords(before.file, (WITHDRAWN,))
            elif found.mode is WriteBackMode.FILE and not _is_same_file(before, entry):
                name = rendition_file_name(document, entry)
                file = self._file(service, found.shelter, (gallery, name), before, entry)
                after = WrittenEntry(entry=entry, file=file, file_name=name)
                self.kept.note_file(account, media_id, after)
                context.advance()
            files.append(after)
        return tuple(files)

    def _file(
        self,
        service: "RemoteLibrary",
        master: ShelterAsset,
        place: tuple[str, str],
        before: WrittenEntry,
        entry: Entry,
    ) -> str:
        """Fetch a rendition from where the public gets it, and put it beside its record."""
        gallery, name = place
        with tempfile.TemporaryDirectory(prefix="write-back-") as folder:
            path = Path(folder) / "rendition"
            self.fetch(entry.url, path)
            key = upload_key(master.media_id, entry.key, entry.url, entry.made_at, before.file)
            file = service.upload(gallery, name, path, replace=True, key=key)
        describe_file(service, file, master)
        return file


def upload_key(*parts: str) -> str:
    """Names one upload: the same parts are the same upload, whatever became of the first try."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"


def _is_same_file(before: WrittenEntry, entry: Entry) -> bool:
    """Is the file that is there this rendition's?"""
    then = before.entry
    same = (then.url, then.version, then.made_at) == (entry.url, entry.version, entry.made_at)
    return bool(before.file) and same and not then.withdrawn_at


def describe_file(service: "RemoteLibrary", file: str, master: ShelterAsset) -> None:
    """The file says whose it is, with its master's IPTC record. Not every kind has one."""
    state = set(approval_keywords(keywords_of(master)))
    words = [one for one in keywords_of(master) if one not in state and one != MARK]
    changes: dict[str, IptcValue | None] = {
        **master.iptc,
        "trans_ref": master.media_id,
        "keywords": (*words, f"{RENDITION_OF}{master.media_id}"),
    }
    for last in (False, True):
        there = service.media(file)
        if there is None or all(there.iptc.get(name) == told for name, told in changes.items()):
            return
        try:
            service.write_iptc(file, changes, base_modified=there.modified_at)
        except NotForThisKindError:
            return
        except EditConflictError:
            # Most likely our own words, whose answer was lost: they are read before trying again.
            if last:
                raise


def _put_links(service: "RemoteLibrary", found: Recorded) -> None:
    """List the renditions at the master itself; what others have listed there stays."""
    entries = found.record.published
    once = [one.name for one in entries]
    own = {one.entry.key for one in _entries(found)} | {one.entry.name for one in _entries(found)}
    names = {one.key: one.name if once.count(one.name) == 1 else one.key for one in entries}
    ours = tuple(_link(one, names[one.key]) for one in entries)
    service.put_links(found.shelter.media_id, ours, instead_of=frozenset(own))


def _link(entry: Entry, name: str) -> RenditionLink:
    told = entry_json(entry)
    facts = {key: value for key, value in told.items() if key not in ("name", "url")}
    return RenditionLink(name=name, url=entry.url, facts=dict(_texts(facts.items())))


def _texts(facts: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    for key, value in facts:
        if isinstance(value, list):
            yield key, ",".join(map(str, value))
        elif value is not None and value is not False:
            yield key, str(value)


def _mark(service: "RemoteLibrary", found: Recorded) -> None:
    """The master says by a keyword whether something of it is published. Not every kind can."""
    marked = MARK in keywords_of(found.shelter)
    try:
        if found.record.is_published and not marked:
            service.add_keywords(found.shelter.media_id, (MARK,))
        elif marked and not found.record.is_published:
            service.remove_keywords(found.shelter.media_id, (MARK,))
    except NotForThisKindError:
        return


def _names(found: Recorded) -> list[str]:
    """The names that the document may have, best first; the one it has already stays."""
    name, media_id = found.shelter.file_name, found.shelter.media_id
    known = found.written.document_name if found.written else ""
    digest = hashlib.sha256(media_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    last = manifest_name(f"{digest}-{name}", whole=True)
    return [
        one for one in (known, manifest_name(name), manifest_name(name, whole=True), last) if one
    ]


def _entries(found: Recorded) -> tuple[WrittenEntry, ...]:
    return found.written.entries if found.written else ()


def _last(found: Recorded) -> str:
    return found.written.written_at if found.written else ""
