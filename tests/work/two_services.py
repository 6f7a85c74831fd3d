"""A PhotoShelter and a Cloudinary at port level, in memory, and the way to them, which fails.

They keep what a word is worth: every word was typed once, and it is known where it was put in.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import TypeVar

from bridge_app.domain.assets import Kind
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.edit_plan import Call, Write
from bridge_app.domain.errors import BridgeError, OfflineError, ServiceTroubleError
from bridge_app.domain.read_plan import Listing
from bridge_app.domain.shelter import IptcValue, ShelterAsset
from bridge_app.libraries.photoshelter.errors import EditConflictError

T = TypeVar("T")
ACCOUNT, MEDIA = "agency", "I0000"
CLOUD, COPY = "studio", "0" * 32


class KilledError(BaseException):
    """The program ends here, whatever it is doing."""


@dataclass(slots=True)
class Line:
    """The way from one desk to the services: it fails as networks and programs fail."""

    rng: Random
    online: bool = True
    calm: bool = False
    fuse: int | None = None
    """How many calls until the program is killed."""

    def carry(self, effect: Callable[[], T]) -> T:
        """Make a call; its effect may be there although the reply is lost, or be there twice."""
        if not self.online:
            raise OfflineError(service="The service")
        if self.calm:
            return effect()
        self.burn()
        luck = self.rng.random()
        if luck < 0.06:
            raise ServiceTroubleError(service="The service", detail="503")
        answer = effect()
        if luck < 0.12:
            with suppress(BridgeError):
                effect()
        self.burn()
        if luck > 0.92:
            raise ServiceTroubleError(service="The service", detail="the reply was lost")
        return answer

    def burn(self) -> None:
        """The program may be killed here."""
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse <= 0:
                self.fuse = None
                raise KilledError


@dataclass(slots=True)
class Shelter:
    """One master with its IPTC record."""

    now: Callable[[], datetime]
    record: dict[str, IptcValue] = field(default_factory=dict)
    version: int = 0
    introduced: Counter[str] = field(default_factory=Counter)

    def asset(self) -> ShelterAsset:
        """As the service tells it."""
        return ShelterAsset(
            account=ACCOUNT,
            media_id=MEDIA,
            kind=Kind.IMAGE,
            file_name="hero.jpg",
            bytes=1_000,
            iptc=dict(self.record),
            hash="md5:" + "0" * 32,
            created_at="2026-01-01T00:00:00Z",
            modified_at=f"2026-02-01T00:00:00.{self.version:06}Z",
        )

    def words(self) -> set[str]:
        """Every word that it says."""
        found: set[str] = set()
        for value in self.record.values():
            found |= set(value) if isinstance(value, tuple) else set(value.split())
        return found

    def put(self, changes: Mapping[str, IptcValue | None]) -> None:
        """Say these from now on."""
        before = self.words()
        for name, value in changes.items():
            if value:
                self.record[name] = value
            else:
                self.record.pop(name, None)
        self.version += 1
        self.introduced.update(self.words() - before)

    def keywords(self) -> tuple[str, ...]:
        """Its keywords."""
        found = self.record.get("keywords", ())
        return found if isinstance(found, tuple) else (found,)


@dataclass(slots=True)
class ShelterLine:
    """The service as one desk reaches it."""

    shelter: Shelter
    line: Line

    def media(self) -> ShelterAsset:
        """The master as it is now."""
        return self.line.carry(self.shelter.asset)

    def write_iptc(
        self, media_id: str, changes: Mapping[str, IptcValue | None], *, base_modified: str
    ) -> str:
        """Refused where somebody was faster."""

        def effect() -> str:
            if self.shelter.asset().modified_at != base_modified:
                raise EditConflictError(service="The service", detail=media_id)
            self.shelter.put(changes)
            return self.shelter.asset().modified_at

        return self.line.carry(effect)

    def add_keywords(self, _: str, words: tuple[str, ...]) -> None:
        """Those that are there stay, once."""
        self.line.carry(
            lambda: self.shelter.put(
                {"keywords": tuple(dict.fromkeys((*self.shelter.keywords(), *words)))}
            )
        )

    def remove_keywords(self, _: str, words: tuple[str, ...]) -> None:
        """Those that are not there are no trouble."""
        self.line.carry(
            lambda: self.shelter.put(
                {"keywords": tuple(one for one in self.shelter.keywords() if one not in words)}
            )
        )

    def write_custom(self, _: str, choices: Mapping[str, str | None]) -> None:
        """Nobody defined any."""
        raise AssertionError(choices)


@dataclass(slots=True)
class Cloud:
    """One copy."""

    now: Callable[[], datetime]
    copy: CloudAsset = field(
        default_factory=lambda: CloudAsset(
            environment=CLOUD,
            asset_id=COPY,
            public_id="hero",
            resource_type="image",
            delivery_type="upload",
            format="jpg",
            display_name="hero",
            created_at="2026-01-01T00:00:00Z",
            updated_at="2026-01-01T00:00:00Z",
        )
    )
    introduced: Counter[str] = field(default_factory=Counter)
    unanswered: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Key and value of the context, or "" and a tag, that a desk set without hearing so -> what
    stood there then."""
    set_again: Counter[str] = field(default_factory=Counter)
    """Those that were set once more, because the very value from before stood there again: then
    nobody can tell that they had arrived (docs/limitations.md)."""

    def words(self) -> set[str]:
        """Every word that it says."""
        said = [one for text in self.copy.context.values() for one in text.split()]
        return {*self.copy.tags, *said}

    def put(
        self, *, context: Mapping[str, str] | None = None, tags: Sequence[str] | None = None
    ) -> None:
        """Say these from now on."""
        before = self.words()
        self.copy = replace(
            self.copy,
            context=self.copy.context if context is None else dict(context),
            tags=self.copy.tags if tags is None else tuple(sorted(set(tags))),
            updated_at=self.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        self.introduced.update(self.words() - before)


@dataclass(slots=True)
class CloudLine:
    """The product environment as one desk reaches it."""

    cloud: Cloud
    line: Line
    environment: str = CLOUD
    calls: int = 0
    _heard: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def read(self, asset_ids: Sequence[str], mode: FolderMode) -> dict[str, CloudAsset]:
        """What these say now."""
        del mode
        try:
            return self.line.carry(lambda: dict.fromkeys(asset_ids, self.cloud.copy))
        except KilledError:
            self.cloud.unanswered |= self._heard
            raise

    def listed(self, listing: Listing, mode: FolderMode) -> dict[str, CloudAsset]:
        """What the only asset there says."""
        del listing
        return self.read([self.cloud.copy.asset_id], mode)

    def write(self, write: Write) -> None:
        """One call."""
        self.calls += 1
        before = self.cloud.copy
        said = {(key, str(value)): before.context.get(key) for key, value in write.values}
        if write.call is Call.ADD_TAGS:
            said = {("", tag): tag if tag in before.tags else None for tag in write.tags}
        fresh = {one: old for one, old in said.items() if old != one[1]}
        unanswered = self.cloud.unanswered
        again = {one: old for one, old in fresh.items() if unanswered.get(one, "") == old}
        try:
            self.line.carry(lambda: self._effect(write))
            self._heard |= fresh
        except KilledError:
            self.cloud.unanswered |= self._heard | self._arrived(fresh)
            raise
        except BridgeError:
            self.cloud.unanswered |= self._arrived(fresh)
            raise
        finally:
            self.cloud.set_again.update(value for _, value in self._arrived(again))

    def _arrived(
        self, said: Mapping[tuple[str, str], str | None]
    ) -> dict[tuple[str, str], str | None]:
        copy = self.cloud.copy
        there = {*copy.context.items(), *(("", tag) for tag in copy.tags)}
        return {one: old for one, old in said.items() if one in there}

    def _effect(self, write: Write) -> None:
        held, tags = dict(self.cloud.copy.context), set(self.cloud.copy.tags)
        values = {key: str(value) for key, value in write.values}
        match write.call:
            case Call.ADD_TAGS:
                self.cloud.put(tags=sorted(tags | set(write.tags)))
            case Call.REMOVE_TAGS:
                self.cloud.put(tags=sorted(tags - set(write.tags)))
            case Call.SET_CONTEXT:
                self.cloud.put(context=held | values)
            case Call.REPLACE_CONTEXT:
                self.cloud.put(context=values)
            case Call.CLEAR_CONTEXT:
                self.cloud.put(context={})
            case _:
                raise AssertionError(write)
