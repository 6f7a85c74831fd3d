"""Writes the feed of images that goes out: addresses by channel, of what the gate lets be known."""

import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from bridge_app.delivery.accounts import Account, Credentials
from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.product_feed import Feed
from bridge_app.domain.product_feed_out import OutForm, header, is_feed, json_line, table_line
from bridge_app.domain.product_feed_use import held_back, uses_of
from bridge_app.libraries.errors import disk_trouble, shown
from bridge_app.storage.feed_matches import DueImage, FeedMatches
from bridge_app.storage.search import Readers
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.rendition_files import FileTakenError, NotWrittenError

AT_ONCE = 1_000
BEGINNING = 1 << 16
"""Bytes by which an earlier feed is known."""
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutWish:
    """What is written where. No `presets` means all of the feed's channel.

    `for_spreadsheets` has cells that begin like formulas neutralised in tables. An earlier feed of
    that name is replaced; anything else only where `replaces` says so.
    """

    path: Path
    form: OutForm = OutForm.CSV
    presets: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    for_spreadsheets: bool = True
    replaces: bool = False


@dataclass(slots=True)
class OutResult:
    """Lines that were written, and images that were left out: held back, or not delivered."""

    written: int = 0
    held_back: int = 0
    not_delivered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutMeans:
    """What writing is lent."""

    readers: Readers
    gate: Gatekeeper
    presets: Callable[[], Sequence[RenditionPreset]]
    accounts: Callable[[], Sequence[Account]]
    current: Callable[[], Account | None]
    credentials: Callable[[str], Credentials]
    is_withheld: Callable[[CloudCopy], bool]
    now: Callable[[], datetime]
    latest: Callable[[], datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where images are shown: the environment, what it demands, and how they are shown."""

    account: Account
    presets: tuple[RenditionPreset, ...]
    policies: tuple[Policy, ...] = ()


class FeedOut:
    """Everything blocks; any thread."""

    def __init__(self, means: OutMeans) -> None:
        self._means = means

    def write(self, feed: Feed, matches: FeedMatches, wish: OutWish) -> OutResult:
        """Put the feed into the file's place when it is whole.

        Raises NotFoundError for an unknown preset or environment, FileTakenError, NotWrittenError,
        DiskFullError.
        """
        with disk_trouble(wish.path, kind=NotWrittenError):
            if not wish.replaces and not _is_free(wish.path):
                raise FileTakenError(
                    path=shown(wish.path),
                    detail=QT_TRANSLATE_NOOP("facts", "another file has this name"),
                )
        place = _Place(account=self._account(feed), presets=tuple(self._presets(feed, wish)))
        result = OutResult()
        part = wish.path.with_name(f".{uuid.uuid4().hex}.part")
        with disk_trouble(wish.path, kind=NotWrittenError):
            try:
                with part.open("w", encoding="utf-8", newline="") as file:
                    if wish.form is OutForm.CSV:
                        # Spreadsheets take a table without a mark for one of the system's encoding.
                        file.write(("\ufeff" if wish.for_spreadsheets else "") + header())
                    for row in self._rows(place, matches, result):
                        file.write(
                            table_line(row, for_spreadsheets=wish.for_spreadsheets)
                            if wish.form is OutForm.CSV
                            else json_line(row)
                        )
                        result.written += 1
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(wish.path)
            finally:
                part.unlink(missing_ok=True)
        return result

    def _account(self, feed: Feed) -> Account:
        named = (one for one in self._means.accounts() if one.environment == feed.environment)
        found = next(named, None) if feed.environment else self._means.current()
        if found is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A Cloudinary account"))
        return found

    def _presets(self, feed: Feed, wish: OutWish) -> list[RenditionPreset]:
        known = {one.name: one for one in self._means.presets()}
        for name in wish.presets:
            if name not in known:
                raise NotFoundError(what=f"The preset {name}")
        if wish.presets:
            return [known[name] for name in wish.presets]
        channels = wish.channels or (feed.channel,)
        found = [one for one in known.values() if one.channel in channels]
        if not found:
            raise NotFoundError(what=f"A preset for {', '.join(channels)}")
        return found

    def _rows(self, place: _Place, matches: FeedMatches, result: OutResult) -> Iterator[Row]:
        images, environment = matches.images(), place.account.environment
        while some := list(islice(images, AT_ONCE)):
            ids = list(dict.fromkeys(one.asset for one in some))
            with self._means.readers.lent() as reader:
                assets = reader.assets(ids, environment=environment)
            known = {one.id: one for one in assets}
            now = replace(place, policies=self._means.gate.policies(environment))
            for image in some:
                asset = known.get(image.asset)
                copy = asset.cloud if asset is not None else None
                if asset is None or copy is None or self._means.is_withheld(copy):
                    result.not_delivered += 1
                    continue
                for preset in place.presets:
                    if not preset.serves(_market(image), image.product.language):
                        continue
                    if self._may(image, asset, preset, now):
                        yield self._row(image, asset, copy, place.account, preset)
                    else:
                        result.held_back += 1

    def _may(self, image: DueImage, asset: Asset, preset: RenditionPreset, place: _Place) -> bool:
        at, recorded = self._means.now(), self._means.latest()
        if held_back(image.told, channel=preset.channel, at=at, recorded=recorded):
            return False
        gate, environment = self._means.gate, place.account.environment
        subject = gate.subject(preset.transformation, preset.format)
        return all(
            gate.answer(
                asset, environment, use=use, subject=subject, policies=place.policies
            ).allows
            for use in uses_of(image.product.market, preset.channel)
        )

    def _row(
        self,
        image: DueImage,
        asset: Asset,
        copy: CloudCopy,
        account: Account,
        preset: RenditionPreset,
    ) -> Row:
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.delivery.addresses import rendition_url  # noqa: PLC0415

        url = rendition_url(
            copy, preset, account, lambda: self._means.credentials(account.environment)
        )
        contract = preset.contract
        exact = contract is not None and contract.exact
        return {
            **{name: value for name, value in image.told.items() if not name.startswith("x_")},
            "sku": image.product.sku,
            "market": image.product.market,
            "language": image.product.language,
            "slot": image.slot,
            "position": image.position,
            "alt_text": image.alt_text,
            "channel": preset.channel,
            "preset": preset.name,
            "url": url,
            "format": preset.format or copy.format,
            "width": contract.width or None if contract is not None and exact else None,
            "height": contract.height or None if contract is not None and exact else None,
            "asset": asset.id,
            "file_name": asset.name,
            "public_id": copy.public_id,
            "version": copy.version,
            "sha256": copy.sha256,
        }


def _is_free(path: Path) -> bool:
    """Is there nothing of that name, or what an earlier run wrote?"""
    if not path.is_symlink() and not path.exists():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return path.stat().st_size == 0 or is_feed(file.read(BEGINNING))


def _market(image: DueImage) -> str:
    """As presets name it: none where it is everywhere."""
    return "" if image.product.market in ("WW", "EU") else image.product.market
