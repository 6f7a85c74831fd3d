"""The service as a test or a demo holds it: what is put into it, and what came of it.

Usable before the sandbox starts, while it runs, and after it has stopped; from any thread.
"""

import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bridge_app.sandbox.photoshelter.clock import ShelterClock
from bridge_app.sandbox.photoshelter.contents import Contents
from bridge_app.sandbox.photoshelter.errors import UnknownRecordError
from bridge_app.sandbox.photoshelter.ids import (
    ACCESS,
    COLLECTION,
    CUSTOM_FIELD,
    CUSTOM_OPTION,
    GALLERY,
    MEDIA_PREFIXES,
    ORGANIZATION,
    USER,
    make_id,
)
from bridge_app.sandbox.photoshelter.kinds import kind_of
from bridge_app.sandbox.photoshelter.records import (
    Container,
    CustomField,
    Holds,
    LoggedCall,
    Media,
    Mode,
    Organization,
    Person,
    Role,
    chosen_options,
)
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.store import ShelterStore


class ShelterState:
    """All that the service holds, its clock and its log.

    Args:
        directory: Where stored bytes go; with `keeps` all the rest as well.
        keeps: Whether what it holds outlives this object.
        settings: How the service is set up.
        now: The clock that the service's own one goes with.
    """

    def __init__(
        self,
        directory: Path,
        *,
        keeps: bool,
        settings: ShelterSettings,
        now: Callable[[], datetime],
    ) -> None:
        self.settings = settings
        self.clock = ShelterClock(now)
        self.store = ShelterStore(directory if keeps else None)
        self.contents = Contents(directory / "content")
        self.incoming = directory / "incoming"
        """Where requests put files that are not yet anything."""
        self._lock = threading.Lock()
        self._log: list[LoggedCall] = []
        self._fill: Callable[[ShelterState], object] | None = None

    def open(self) -> None:
        """Read what was kept, and remove what nobody names. Raises as `ShelterStore.open` does."""
        if self.store.open():
            self.contents.sweep(self.store.content_names())
        shutil.rmtree(self.incoming, ignore_errors=True)
        self.incoming.mkdir(parents=True)

    def close(self) -> None:
        """Stop writing."""
        self.store.close()

    # Putting something in

    def add_organization(self, name: str) -> str:
        """Make an organization; its identifier."""
        serial = self._serial()
        made = Organization(
            id=self._id(ORGANIZATION, serial),
            name=name,
            created_at=self.clock.now(),
            serial=serial,
        )
        self.store.put(made)
        return made.id

    def add_user(
        self,
        email: str,
        password: str,
        *,
        role: str = "editor",
        organizations: Sequence[str] = (),
        two_factor_code: str = "",
    ) -> str:
        """Make somebody who may sign in; their identifier. `role` is one of `Role`."""
        serial = self._serial()
        made = Person(
            id=self._id(USER, serial),
            email=email,
            password=password,
            role=Role(role),
            organizations=tuple(organizations),
            two_factor_code=two_factor_code,
            serial=serial,
        )
        self.store.put(made)
        return made.id

    def add_collection(
        self,
        name: str,
        *,
        organization: str,
        parents: Sequence[str] = (),
        mode: str = "private",
        **facts: Any,
    ) -> str:
        """Make a collection; its identifier. `facts` are further fields of `Container`."""
        given = {"name": name, "organization": organization, "parents": parents, "mode": mode}
        return self._add_container(Holds.COLLECTION, {**given, **facts})

    def add_gallery(
        self,
        name: str,
        *,
        organization: str,
        parents: Sequence[str] = (),
        mode: str = "private",
        **facts: Any,
    ) -> str:
        """Make a gallery; its identifier. `facts` are further fields of `Container`."""
        given = {"name": name, "organization": organization, "parents": parents, "mode": mode}
        return self._add_container(Holds.GALLERY, {**given, **facts})

    def add_media(
        self,
        file_name: str,
        *,
        galleries: Sequence[str],
        data: bytes | None = None,
        size: int | None = None,
        **facts: Any,
    ) -> str:
        """Make a media item; its identifier.

        Args:
            file_name: Its name; the kind follows from the ending unless `kind` is given.
            galleries: Where it lies; without any, `organization` has to be given.
            data: Its bytes. Without them they are made up on demand, `size` of them.
            size: How large a made-up file is; 1 MiB unless it is given.
            facts: `width`, `height`, `duration_s`, `kind`, and further fields of `Media`; in
                `custom` fields and options may be given by name. A picture's own size in pixels
                is read from `data`.
        """
        serial = self._serial()
        kind = facts.pop("kind", None) or kind_of(file_name)
        facts.setdefault("created_at", self.clock.now())
        facts.setdefault("modified_at", facts["created_at"])
        if "organization" not in facts:
            facts["organization"] = self.container(galleries[0]).organization
        facts["custom"] = self._chosen(facts["organization"], facts.get("custom"))
        facts["iptc"] = dict(facts.get("iptc") or {})
        measures = {name: facts.pop(name, None) for name in ("width", "height", "duration_s")}
        made = Media(
            **{"id": self._id(MEDIA_PREFIXES[kind], serial), "serial": serial, **facts},
            kind=kind,
            file_name=file_name,
            galleries=tuple(galleries),
            versions=(
                self.contents.version(
                    number=1, data=data, size=size, measures=measures, at=facts["created_at"]
                ),
            ),
        )
        self.store.put(made)
        return made.id

    def add_custom_field(self, organization: str, name: str, options: Sequence[str]) -> str:
        """Make a custom field with these options; its identifier."""
        serial = self._serial()
        numbered = ((f"{serial}.{number}", text) for number, text in enumerate(options))
        made = CustomField(
            id=self._id(CUSTOM_FIELD, serial),
            name=name,
            organization=organization,
            options={self._option_id(number): text for number, text in numbered},
            serial=serial,
        )
        self.store.put(made)
        return made.id

    # Looking at it

    def media(self, media_id: str) -> Media:
        """A media item.

        Raises:
            UnknownRecordError: There is none, also not in the trash.
        """
        found = self.store.media(media_id)
        if found is None:
            raise UnknownRecordError(media_id)
        return found

    def container(self, container_id: str) -> Container:
        """A collection or gallery.

        Raises:
            UnknownRecordError: There is none.
        """
        found = self.store.container(container_id)
        if found is None:
            raise UnknownRecordError(container_id)
        return found

    def log(self) -> list[LoggedCall]:
        """Every request that was answered, oldest first."""
        with self._lock:
            return list(self._log)

    def clear_log(self) -> None:
        """Forget the requests so far."""
        with self._lock:
            self._log.clear()

    def note_call(self, call: LoggedCall) -> None:
        """Told by the server of every request."""
        with self._lock:
            self._log.append(call)

    # Changing it, as somebody else would at the service

    def update_media(self, media_id: str, **changes: Any) -> Media:
        """Change fields of `Media`; `modified_at` becomes now unless it is among them."""
        media = self.media(media_id)
        if "custom" in changes:
            changes["custom"] = self._chosen(media.organization, changes["custom"])
        changed = replace(media, **{"modified_at": self.clock.now(), **changes})
        self.store.put(changed)
        return changed

    def update_container(self, container_id: str, **changes: Any) -> Container:
        """Change fields of `Container`; `modified_at` becomes now unless it is among them."""
        container = self.container(container_id)
        if "mode" in changes:
            changes["mode"] = Mode(changes["mode"])
        changed = replace(container, **{"modified_at": self.clock.now(), **changes})
        self.store.put(changed)
        return changed

    def replace_file(
        self, media_id: str, data: bytes | None = None, *, size: int | None = None, **facts: Any
    ) -> int:
        """Give a media item a new file, which counts from now on; the number of the version.

        `facts` are `width`, `height`, `duration_s`, `label` and `note`.
        """
        media = self.media(media_id)
        measures = {name: facts.pop(name, None) for name in ("width", "height", "duration_s")}
        number = max(one.number for one in media.versions) + 1
        version = self.contents.version(
            number=number, data=data, size=size, measures=measures, at=self.clock.now()
        )
        versions = (*media.versions, replace(version, **facts))
        self.update_media(media_id, versions=versions, active=number)
        return number

    def move(self, record_id: str, *, to: Sequence[str]) -> None:
        """Lay a media item into these galleries, or a container into these collections."""
        if self.store.container(record_id) is not None:
            self.update_container(record_id, parents=tuple(to))
            return
        media, now = self.media(record_id), self.clock.now()
        added = {place: media.added.get(place, now) for place in to if place not in media.galleries}
        kept = {place: at for place, at in media.added.items() if place in to}
        self.update_media(record_id, galleries=tuple(to), added={**kept, **added})
        self.touch(*{*media.galleries} ^ {*to})

    def touch(self, *galleries: str) -> None:
        """What lies in these galleries has changed: so have they."""
        for gallery in galleries:
            if self.store.container(gallery) is not None:
                self.update_container(gallery)

    def trash(self, media_id: str) -> None:
        """Put a media item into the trash, out of all its galleries."""
        media = self.update_media(media_id, trashed_at=self.clock.now())
        self.touch(*media.galleries)

    def restore(self, media_id: str) -> None:
        """Take a media item out of the trash, back into its galleries."""
        media = self.media(media_id)
        there = tuple(one for one in media.galleries if self.store.container(one))
        self.update_media(media_id, trashed_at=None, galleries=there)
        self.touch(*there)

    def purge(self, media_id: str) -> None:
        """Delete a media item for good."""
        media = self.media(media_id)
        self.store.delete(media)
        self.touch(*media.galleries)

    def reset(self) -> None:
        """Remove all it holds, its log included, and set the clock right; then fill it again."""
        self.store.clear()
        self.clear_log()
        self.clock.reset()
        if self._fill is not None:
            self._fill(self)

    def seed(self, fill: Callable[["ShelterState"], object]) -> None:
        """Fill it unless it holds something already; and again after each `reset`."""
        self._fill = fill
        self.open()
        if not self.store.organizations():
            fill(self)

    # The parts of it

    def new_id(self, prefix: str) -> str:
        """An identifier nothing has yet."""
        return self._id(prefix, self._serial())

    def _serial(self) -> int:
        return self.store.next_serial()

    def _id(self, prefix: str, number: int) -> str:
        return make_id(prefix, seed=self.settings.seed, number=number)

    def _option_id(self, number: str) -> str:
        return make_id(CUSTOM_OPTION, seed=self.settings.seed + number, number=0)

    def _add_container(self, kind: Holds, facts: Mapping[str, Any]) -> str:
        serial, now = self._serial(), self.clock.now()
        prefix = COLLECTION if kind is Holds.COLLECTION else GALLERY
        usual = {
            "id": self._id(prefix, serial),
            "access_id": self._id(ACCESS, serial),
            "created_at": now,
            "modified_at": facts.get("created_at", now),
            "serial": serial,
        }
        given = {**facts, "parents": tuple(facts["parents"]), "mode": Mode(facts["mode"])}
        place = (given["parents"] or (facts["organization"],))[0]
        usual["display_order"] = len(self.store.children(place)) + 1
        made = Container(**{**usual, **given, "kind": kind})
        self.store.put(made)
        return made.id

    def _chosen(self, organization: str, chosen: Mapping[str, str] | None) -> dict[str, str]:
        return chosen_options(self.store.fields(organization), chosen) if chosen else {}
