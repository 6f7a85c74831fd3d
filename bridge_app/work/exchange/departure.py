"""What leaves for another program by drag or clipboard, made into files while it is dragged.

The files are the person's own and go where they take them. An address goes along only where the
gate lets it be known at this moment.
"""

import os
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.intake import numbered
from bridge_app.work.exchange.out_tray import OutTray

LONGEST_PART = 110
"""Bytes of what an asset is called, and of a title: together less than any disk allows."""
UNSAFE = frozenset('<>:"/\\|?*')
"""What some file system, or program, does not take in a name."""


class NothingToTakeError(BridgeError):
    """A rendition cannot be made on this machine."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} cannot be handed over as a file: its master is not on this machine, or it is a "
        "film. Export it, or publish it and take it from its renditions.",
    )


class DepartureStoppedError(BridgeError):
    """The drag was cancelled while its files were made."""

    text = QT_TRANSLATE_NOOP("errors", "Nothing was handed over. What was begun is gone again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalWish:
    """An asset's own file, from wherever it is."""

    asset: Asset


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredWish:
    """A preset's rendition as delivery serves it, with its address."""

    asset: Asset
    preset: RenditionPreset


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedWish:
    """A rendition made here, of a master that is here; `title` becomes part of its name."""

    asset: Asset
    transformation: str
    title: str


Wish = OriginalWish | DeliveredWish | RenderedWish


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One file that can be taken; `link` is the address that may be known, if there is one."""

    wish: Wish
    path: Path
    link: DeliveryLink | None = None


class Sources(Protocol):
    """Where files come from. Everything blocks and raises BridgeError."""

    def original(
        self, asset: Asset, *, on_bytes: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> Path:
        """The asset's own file, on this machine now."""

    def delivered(self, asset: Asset, preset: RenditionPreset, into: Path) -> DeliveryLink:
        """Write what delivery serves; the address. Raises GateRefusalError."""

    def rendered(self, asset: Asset, transformation: str) -> tuple[bytes, str]:
        """The file made here, and its extension."""

    def extension(self, asset: Asset, transformation: str, form: str) -> str:
        """What a rendition will most likely be."""

    def format_of(self, path: Path) -> str:
        """What a file is, by its content; "" where nobody knows."""

    def check(self, wishes: Sequence[Wish]) -> None:
        """Raises GateRefusalError where a policy keeps one of these here."""

    def taken(self, ready: Sequence[Ready]) -> Mapping[AssetId, str]:
        """Put on record that another program has these; what the gate has against them."""


@dataclass(slots=True)
class _Plan:
    """The names that files will have, none twice in one departure."""

    tray: Path
    taken: set[str] = field(default_factory=set)

    def free(self, name: str) -> str:
        number = 1
        while numbered(name, number).casefold() in self.taken:
            number += 1
        chosen = numbered(name, number)
        self.taken.add(chosen.casefold())
        return chosen


class Departure:
    """The files of one drag or one copy. `carry_out` blocks in a thread; the rest is for any.

    `expected` tells the names before the files are there: some programs ask while the pointer is
    still over them, and read the files only when they are dropped.
    """

    def __init__(self, sources: Sources, tray: OutTray, wishes: Sequence[Wish]) -> None:
        self.wishes = tuple(wishes)
        self.ready: tuple[Ready, ...] = ()
        self.trouble: BridgeError | None = None
        self.against: Mapping[AssetId, str] = {}
        self._sources = sources
        self._tray = tray
        self._folder: Path | None = None
        self._expected: tuple[Path, ...] = ()
        self._named, self._ended = threading.Event(), threading.Event()
        self._stopped = threading.Event()
        self._recorded, self._recording = threading.Event(), threading.Lock()
        self._before = self._now = 0

    @property
    def has_ended(self) -> bool:
        """Are all files there, or is it known that they will not be?"""
        return self._ended.is_set()

    @property
    def done_bytes(self) -> int:
        """How much of the originals is here."""
        return self._before + self._now

    @property
    def total_bytes(self) -> int:
        """What the originals take; renditions count for nothing, as nobody knows their size."""
        return sum(one.asset.bytes for one in self.wishes if isinstance(one, OriginalWish))

    @property
    def links(self) -> tuple[DeliveryLink, ...]:
        """The addresses that may go along."""
        return tuple(one.link for one in self.ready if one.link is not None)

    def wait(self, timeout_s: float) -> bool:
        """Wait a moment for the end; is it there?"""
        return self._ended.wait(timeout_s)

    def wait_for_end(self) -> None:
        """Wait until all is there, or it is known that it will not be."""
        self._ended.wait()

    def expected(self, timeout_s: float) -> tuple[Path, ...]:
        """Where the files will lie; none if that is not known in time."""
        return self._expected if self._named.wait(timeout_s) else ()

    def stop(self) -> None:
        """Nobody wants them any more: no further one is begun. Does not block."""
        self._stopped.set()

    def record(self) -> None:
        """Put on record that another program has them, once. Blocking; raises BridgeError."""
        with self._recording:
            if self.ready and not self._recorded.is_set():
                self.against = self._sources.taken(self.ready)
                self._recorded.set()

    def wait_for_record(self, timeout_s: float) -> bool:
        """Wait a moment for that; is it on record?"""
        return self._recorded.wait(timeout_s)

    def discard(self) -> None:
        """Delete what was made. Blocking."""
        self._clear()

    def carry_out(self) -> "Departure":
        """Make all of them, or none. Trouble is kept in `trouble`, for whoever asks first."""
        try:
            self.ready = self._made()
        except BridgeError as error:
            self.trouble = error
        finally:
            # Whatever happened: somebody waits for this.
            self._ended.set()
            self._named.set()
        if self._stopped.is_set() or self.trouble is not None:
            self._clear()
        return self

    def _made(self) -> tuple[Ready, ...]:
        self._sources.check(self.wishes)
        self._folder = self._tray.new()
        plan = _Plan(self._folder)
        names = [plan.free(self._name(wish)) for wish in self.wishes]
        self._expected = tuple(self._folder / name for name in names)
        self._named.set()
        return tuple(
            self._file(wish, place) for wish, place in zip(self.wishes, self._expected, strict=True)
        )

    def _name(self, wish: Wish) -> str:
        match wish:
            case OriginalWish(asset=asset):
                return _safe(asset.name)
            case DeliveredWish(asset=asset, preset=preset):
                ending = self._sources.extension(asset, preset.transformation, preset.format)
                return _titled(asset, preset.name, ending)
            case RenderedWish(asset=asset, transformation=text, title=title):
                return _titled(asset, title, self._sources.extension(asset, text, ""))

    def _file(self, wish: Wish, place: Path) -> Ready:
        self._check_wanted()
        match wish:
            case OriginalWish(asset=asset):
                return self._original(wish, asset, place)
            case DeliveredWish(asset=asset, preset=preset):
                link = self._sources.delivered(asset, preset, place)
                place = _as_it_is(place, self._sources.format_of(place))
                return Ready(wish=wish, path=place, link=link)
            case RenderedWish(asset=asset, transformation=text):
                data, ending = self._sources.rendered(asset, text)
                place = place.with_suffix(f".{ending}")
                with disk_trouble(place):
                    place.write_bytes(data)
                return Ready(wish=wish, path=place)

    def _original(self, wish: OriginalWish, asset: Asset, place: Path) -> Ready:
        found = self._sources.original(asset, on_bytes=self._note, cancelled=self._stopped.is_set)
        self._before, self._now = self._before + asset.bytes, 0
        # A name of its own for each, and what a program does to it is not done to ours.
        with disk_trouble(place):
            shutil.copy2(found, place)
        return Ready(wish=wish, path=place)

    def _note(self, done: int) -> None:
        self._now = done

    def _check_wanted(self) -> None:
        if self._stopped.is_set():
            raise DepartureStoppedError

    def _clear(self) -> None:
        self.ready = ()
        if self._folder is not None:
            self._tray.discard(self._folder)


ENDINGS: Mapping[str, str] = {"jpeg": "jpg", "tiff": "tif", "mpeg4": "mp4"}


def _as_it_is(place: Path, form: str) -> Path:
    """Name a file by what it is: delivery chooses a format by who asks."""
    ending = ENDINGS.get(form, form)
    if not ending or place.suffix == f".{ending}":
        return place
    return place.rename(place.with_suffix(f".{ending}"))


def _titled(asset: Asset, title: str, ending: str) -> str:
    stem = _safe(asset.name.rpartition(".")[0] or asset.name)
    return f"{_cut(stem, LONGEST_PART)}-{_cut(_safe(title), LONGEST_PART)}.{ending}"


def _cut(text: str, most: int) -> str:
    """The beginning of a text, of so many bytes."""
    return text.encode()[:most].decode(errors="ignore")


def _safe(name: str) -> str:
    """A name that every program takes: no folder, nothing hidden, nothing undecodable."""
    text = os.fsencode(name).decode("utf-8", "replace")
    shown = "".join("_" if one in UNSAFE or not one.isprintable() else one for one in text)
    return shown.strip(" .") or "file"
