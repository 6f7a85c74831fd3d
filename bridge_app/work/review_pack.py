"""Review packs: handed out as files, and taken back as decisions and comments.

A part of the worker's door of its own: `worker.review_packs`.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bridge_app.domain.approvals import Ruling, subject_text
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.comments import CommentWish
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    FileTroubleError,
    MediaError,
    NotFoundError,
)
from bridge_app.domain.localised import EVERYWHERE, unfilled
from bridge_app.domain.named_matching import canonical
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.domain.review_pack import (
    LONGEST_TITLE,
    MOST_ITEMS,
    Now,
    Pack,
    PackItem,
    ReturnedLine,
    ReviewPackError,
    VerdictFile,
    returned_lines,
)
from bridge_app.domain.review_pack_json import LARGEST_FILE, verdicts_from
from bridge_app.domain.review_requests import ReviewItem
from bridge_app.libraries.errors import disk_trouble, shown
from bridge_app.storage.review_packs import CameBack, ReviewPacks
from bridge_app.storage.search import Readers
from bridge_app.work.approvals import ApprovalDesk
from bridge_app.work.file_gate import FileGate, FileSubject
from bridge_app.work.places import PlaceDesk, in_pack
from bridge_app.work.review_pack_films import Film, with_film
from bridge_app.work.review_pack_pictures import LeftOut, Sampled, picture_of
from bridge_app.work.review_pack_words import ENGLISH, Wording
from bridge_app.work.reviews import ReviewDesk

LEFT_IN = "review pack"
"""How its pictures left, as the audit trail tells it."""


class AlreadyImportedError(BridgeError):
    """Everything that a file says is on record."""

    text = QT_TRANSLATE_NOOP(
        "errors", "All that {name} of {reviewer} says is on record already. Nothing was recorded."
    )


class ExportStoppedError(BridgeError):
    """Somebody does not want the pack any more."""

    text = QT_TRANSLATE_NOOP("errors", "The review pack was not finished. Nothing is left of it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWish:
    """What is to be handed out, and where to: a folder, or a ZIP where `target` ends so.

    Transformations of `items` are as `subject_text` writes them. `stage` is what its verdicts
    decide, "" for the whole.
    """

    title: str
    items: tuple[ReviewItem, ...]
    target: Path
    note: str = ""
    due: datetime | None = None
    stage: str = ""
    wording: Wording = field(default_factory=lambda: ENGLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade:
    """A pack that is on disk. Of the films in `as_pictures` it has one picture each."""

    pack: Pack
    path: Path
    left_out: tuple[LeftOut, ...]
    as_pictures: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReturn:
    """What a file says that came back, and what of it is to be recorded; nothing is yet.

    `before` is when exactly this file was imported already.
    """

    name: str
    pack: Pack
    lines: tuple[ReturnedLine, ...]
    back: CameBack
    before: datetime | None = None

    @property
    def file(self) -> VerdictFile:
        """The file itself."""
        return self.back.file

    @property
    def new(self) -> tuple[ReturnedLine, ...]:
        """The lines that there is something to record of."""
        return tuple(line for line in self.lines if line.is_new)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRecorded:
    """How much was recorded."""

    decisions: int
    comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMeans:
    """What the desk is lent; `new_id` makes names that nobody guesses."""

    presets: Callable[[], PresetLibrary]
    sampled: Sampled
    film: Film
    files: FileGate
    who: Callable[[], str]
    now: Callable[[], datetime]
    new_id: Callable[[], str]


class ReviewPackDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        packs: ReviewPacks,
        readers: Readers,
        means: PackMeans,
        *,
        places: PlaceDesk,
        approvals: ApprovalDesk,
        reviews: ReviewDesk,
    ) -> None:
        self._packs = packs
        self._readers = readers
        self._means = means
        self._places = places
        self._approvals = approvals
        self._reviews = reviews

    # Out

    def export(
        self,
        wish: PackWish,
        *,
        on_progress: Callable[[int, int], None] = lambda _done, _all: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> PackMade:
        """Write a pack; what of it cannot be shown is left out and told.

        Raises ReviewPackError, FileTakenError, NotWrittenError, DiskFullError, ExportStoppedError,
        or FileTroubleError for a film that changed meanwhile; nothing is left of it then.
        """
        # What writes files and archives is needed for packs alone.
        from bridge_app.work import review_pack_files as files  # noqa: PLC0415

        subjects = self._subjects(wish)
        items: list[PackItem] = []
        left_out: list[LeftOut] = []
        as_pictures: list[LeftOut] = []
        with files.pack_at(wish.target) as writer:
            for number, (asset, item, preset) in enumerate(subjects):
                if is_cancelled():
                    raise ExportStoppedError
                on_progress(number, len(subjects))
                try:
                    self._means.files.check_shown(FileSubject(asset.id, item.transformation))
                    made, data = self._item(f"{len(items) + 1}", asset, item, preset)
                except BridgeError as error:
                    left_out.append(LeftOut(name=asset.name, preset=item.preset, why=error))
                    continue
                writer.put(made.picture, data)
                try:
                    film = self._means.film(asset, made.transformation, is_cancelled)
                    items.append(with_film(made, film, writer) if film else made)
                except MediaError as error:
                    if is_cancelled():
                        raise ExportStoppedError from error
                    items.append(replace(made, why_still=wish.wording.why(error)))
                    told = LeftOut(name=asset.name, preset=item.preset, why=error)
                    as_pictures.append(told)
            if not items:
                raise ReviewPackError(detail=_reason(left_out))
            pack = self._pack(wish, items)
            writer.put(files.PAGE, files.page(pack, wish.wording))
            # Before the pack is there: what comes back of it has to be known.
            self._packs.add(pack, at=pack.made_at)
        self._means.files.left(
            [FileSubject(one.asset, one.transformation) for one in items], LEFT_IN
        )
        self._places.record([in_pack(one, pack, wish.target) for one in items])
        on_progress(len(subjects), len(subjects))
        return PackMade(
            pack=pack,
            path=wish.target,
            left_out=tuple(left_out),
            as_pictures=tuple(as_pictures),
        )

    # Back

    def look(self, path: Path) -> PackReturn:
        """What a file says that came back; nothing is recorded.

        Raises FileTroubleError, VerdictFileError, or NotFoundError for a pack of somebody else.
        """
        data = _read(path)
        file = verdicts_from(data)
        pack = self._packs.one(file.pack)
        if pack is None:
            raise NotFoundError(
                what=QT_TRANSLATE_NOOP("facts", "The review pack of these verdicts")
            )
        digest = hashlib.sha256(data).hexdigest()
        document = data.decode("utf-8-sig")
        return PackReturn(
            name=shown(path.name),
            pack=pack,
            lines=self._lines(pack, file, self._assets(item.asset for item in pack.items)),
            back=CameBack(file=file, digest=digest, document=document),
            before=self._packs.came_back_at(digest),
        )

    def record(
        self, returned: PackReturn, *, told: Callable[[int, int], None] = lambda _done, _all: None
    ) -> PackRecorded:
        """Record what is new and holds now: all of it, or nothing. Signed by the reviewer.

        Raises AlreadyImportedError if there is nothing to record, and what `told` raises.
        """
        who, back, means = returned.file.signature, returned.back, self._means
        with self._packs.recording(back, who=means.who(), at=means.now()) as recording:
            # Looked at again inside the transaction: somebody may have been faster.
            assets = self._assets(item.asset for item in returned.pack.items)
            lines = self._lines(returned.pack, back.file, assets)
            new = [line for line in lines if line.is_new]
            if not new:
                raise AlreadyImportedError(name=returned.name, reviewer=back.file.reviewer)
            for number, line in enumerate(new):
                told(number, len(new))
                self._record(line, returned.pack, assets, who=who)
                recording.add(line)
        touched = {line.item.asset for line in new if line.item is not None}
        self._approvals.tell(touched)
        self._reviews.tell(touched)
        return PackRecorded(
            decisions=sum(line.approval is not None for line in new),
            comments=sum(len(line.comments) for line in new),
        )

    def _record(self, line: ReturnedLine, pack: Pack, assets: Sequence[Asset], *, who: str) -> None:
        item = line.item
        if item is None:
            return
        if line.approval is not None:
            ruling = Ruling(
                approval=line.approval,
                comment=line.verdict.note,
                who=who,
                transformation=item.transformation,
                stage=pack.stage,
            )
            # Exactly the contents that were compared, whatever becomes of the files meanwhile.
            self._approvals.record([one for one in assets if one.id == item.asset], ruling)
        wishes = [
            CommentWish(
                asset=item.asset,
                text=one.text,
                transformation=item.transformation,
                place=one.place,
            )
            for one in line.comments
        ]
        if wishes:
            self._reviews.record(wishes, who=who)

    def _lines(
        self, pack: Pack, file: VerdictFile, assets: Sequence[Asset]
    ) -> tuple[ReturnedLine, ...]:
        now = Now(
            contents={asset.id: asset.content for asset in assets},
            transformations={
                name: subject_text(preset.transformation, preset.format)
                for name, preset in self._means.presets().presets.items()
            },
        )
        recorded = self._packs.recorded(file.pack, file.session)
        return returned_lines(pack, file.verdicts, recorded=recorded, now=now)

    def _subjects(self, wish: PackWish) -> list[tuple[Asset, ReviewItem, RenditionPreset | None]]:
        """What is to be shown, each subject once. Raises ReviewPackError."""
        if not wish.title.strip() or len(wish.title) > LONGEST_TITLE:
            detail = f"it needs a title, of {LONGEST_TITLE} characters at most"
            raise ReviewPackError(detail=detail)
        if not 0 < len(wish.items) <= MOST_ITEMS:
            raise ReviewPackError(detail=f"it takes one picture, {MOST_ITEMS} at most")
        assets = {one.id: one for one in self._assets(item.asset for item in wish.items)}
        presets = self._means.presets().presets
        once = {(one.asset, canonical(one.transformation)): one for one in reversed(wish.items)}
        return [
            (assets[one.asset], one, presets.get(one.preset))
            for one in reversed(once.values())
            if one.asset in assets
        ]

    def _item(
        self, key: str, asset: Asset, item: ReviewItem, preset: RenditionPreset | None
    ) -> tuple[PackItem, bytes]:
        if not asset.content:
            raise FileTroubleError(
                path=asset.name, detail=QT_TRANSLATE_NOOP("facts", "its content was not read yet")
            )
        made = picture_of(asset, _to_render(item), self._means.sampled)
        told = PackItem(
            key=key,
            asset=asset.id,
            name=asset.name,
            content=asset.content,
            transformation=canonical(item.transformation),
            picture=f"pictures/{int(key):04}.{made.extension}",
            sha256=hashlib.sha256(made.data).hexdigest(),
            bytes=len(made.data),
            width=made.width,
            height=made.height,
            title=asset.title,
            caption=asset.caption,
            preset=item.preset,
            preset_title=preset.shown if preset else item.preset,
            channel=preset.channel if preset else "",
            kind=asset.kind.value,
            fidelity=made.fidelity,
        )
        return told, made.data

    def _pack(self, wish: PackWish, items: Sequence[PackItem]) -> Pack:
        return Pack(
            id=self._means.new_id(),
            title=wish.title.strip(),
            note=wish.note.strip(),
            made_by=self._means.who(),
            made_at=self._means.now(),
            due=wish.due,
            stage=wish.stage,
            items=tuple(items),
        )

    def _assets(self, ids: Iterable[AssetId]) -> list[Asset]:
        with self._readers.lent() as reader:
            return reader.assets(list(dict.fromkeys(ids)))


def _to_render(item: ReviewItem) -> str:
    """The transformation as the pack shows it. Raises ReviewPackError."""
    lacking = unfilled(item.transformation, EVERYWHERE[0])
    if lacking:
        words = ", ".join(lacking)
        raise ReviewPackError(detail=f"the preset takes texts from a table ({words})")
    return canonical(item.transformation)


def _reason(left_out: Sequence[LeftOut]) -> str:
    return (
        str(left_out[0].why).rstrip(".") if left_out else "none of these assets is there any more"
    )


def _read(path: Path) -> bytes:
    with disk_trouble(path):
        if not path.is_file():
            raise FileTroubleError(
                path=shown(path), detail=QT_TRANSLATE_NOOP("facts", "it is no file")
            )
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
