"""Dialogs that no button with “…” opens: each with what it would be opened for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.contentstack import EditorConflict, EntryField, FieldKind, Publication
from bridge_app.domain.edits import TITLE, Conflict
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.places import Place, PlaceKind, Replaced, ReplacedPlace, ReplacementReport
from bridge_app.domain.product_feed import Feed
from bridge_app.domain.reports import ReportKind, ReportScope, SavedReport
from bridge_app.ui.dialogs.access import AccessDialog
from bridge_app.ui.dialogs.archive import ArchiveDialog, ArchivePlace
from bridge_app.ui.dialogs.cloud_change import CloudChangeDialog, CloudChoice, CloudWish
from bridge_app.ui.dialogs.conflict import ConflictDialog
from bridge_app.ui.dialogs.contentstack_conflict import StackConflictDialog
from bridge_app.ui.dialogs.delivery_address import DeliveryAddressDialog
from bridge_app.ui.dialogs.feed_posts import FeedPostsDialog
from bridge_app.ui.dialogs.fetch_originals import FetchOriginalsDialog, FetchWish
from bridge_app.ui.dialogs.field_history import FieldAsked, FieldHistoryDialog
from bridge_app.ui.dialogs.metadata_csv_import import MetadataCsvImportDialog
from bridge_app.ui.dialogs.metadata_fields import MetadataFieldsDialog
from bridge_app.ui.dialogs.metadata_paste import MetadataPasteDialog
from bridge_app.ui.dialogs.relate import RelateDialog
from bridge_app.ui.dialogs.review_pack_import import ReviewPackImportDialog
from bridge_app.ui.dialogs.skipped import SkippedDialog
from bridge_app.ui.dialogs.start_trouble import StartTrouble
from bridge_app.ui.dialogs.take_in import TakeInDialog, TakeInWish
from bridge_app.ui.dialogs.versions import VersionsDialog
from bridge_app.ui.insights.log_import import LogImportDialog
from bridge_app.ui.insights.save_dialog import SaveDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.replacements import ReplacementDialog
from bridge_app.ui.studio.brand_dialog import BrandKitDialog
from bridge_app.ui.studio.brand_kit import BrandKit
from bridge_app.ui.studio.widths_dialog import WidthsDialog, WidthsWish
from bridge_app.work.originals import Originals

NOW = "2026-11-03T12:00:00+00:00"
TABLE = "file name,title\naurora.jpg,Northern lights\n"
LOG = "date,time,x-edge-location,sc-bytes,cs-method,cs-uri-stem,sc-status\n"


def rooms(window: MainWindow, asset: Asset, folder: Path) -> dict[str, Callable[[], QWidget]]:
    """How each is made, by its name."""
    core = window.core
    worker, asker, looks = core.worker, core.asker, core.looks
    theme, icons = looks.theme, looks.icons
    account = worker.current_account()
    environment = account.environment if account else ""
    (library, *_) = worker.libraries()

    def file(name: str, text: str) -> Path:
        place = folder / name
        place.write_text(text, "utf-8")
        return place

    def cloud_change(wish: CloudWish) -> QWidget:
        choice = CloudChoice(wish=wish, assets=(asset.id,), text="name")
        return CloudChangeDialog(worker, asker, theme, icons, choice, window)

    return {
        "access": lambda: AccessDialog(worker, asker, theme, icons, (asset.id,), window),
        "address": lambda: DeliveryAddressDialog(worker.cloud_desk, asker, looks, asset, window),
        "rename": lambda: cloud_change(CloudWish.NAME),
        "delete": lambda: cloud_change(CloudWish.DELETE),
        "brand kit": lambda: BrandKitDialog(theme, icons, BrandKit(), window),
        "archive": lambda: ArchiveDialog(worker.archive, asker, looks, campaign(folder), window),
        "report": lambda: SaveDialog(worker.insights, asker, looks, report(), "Usage", window),
        "conflict": lambda: ConflictDialog(theme, icons, conflict(asset), Schema(), window),
        "stack conflict": lambda: StackConflictDialog(theme, icons, stack_conflict(), window),
        "fetch": lambda: FetchOriginalsDialog(
            Originals(worker.shelters, worker.pull),
            asker,
            theme,
            icons,
            FetchWish(assets=(asset,), folder_for=lambda _: folder),
            window,
        ),
        "field history": lambda: FieldHistoryDialog(
            worker,
            asker,
            looks,
            FieldAsked(asset=asset.id, name=asset.name, path=TITLE, value="Here"),
            window,
        ),
        "import": lambda: MetadataCsvImportDialog(
            worker, asker, looks, (asset.id,), file("table.csv", TABLE), window
        ),
        "log": lambda: LogImportDialog(
            worker.insights, asker, looks, file("access.csv", LOG), window
        ),
        "fields": lambda: MetadataFieldsDialog(worker, asker, theme, icons, environment, window),
        "paste": lambda: MetadataPasteDialog(looks, asset.name, {TITLE: "Here"}, 2, window),
        "posts": lambda: FeedPostsDialog(worker.feeds, posted(folder), asker, looks, window),
        "relate": lambda: RelateDialog(asker, looks, asset, window),
        "replacements": lambda: ReplacementDialog(looks, replaced(asset), window),
        "verdicts": lambda: ReviewPackImportDialog(
            worker, asker, looks, file("verdicts.json", "{}"), window
        ),
        "skipped": lambda: SkippedDialog(worker, asker, theme, icons, library, window),
        "start trouble": lambda: StartTrouble(
            theme, "The catalog is damaged.", more="There is a backup.", act="Restore"
        ),
        "take in": lambda: TakeInDialog(
            worker,
            asker,
            theme,
            icons,
            TakeInWish(sources=(folder / "a.jpg",), library=None),
            window,
        ),
        "versions": lambda: VersionsDialog(worker, asker, theme, icons, asset, window),
        "widths": lambda: WidthsDialog(worker.renditions, asker, looks, widths(asset), window),
    }


def conflict(asset: Asset) -> Conflict:
    """Two people wrote two titles."""
    return Conflict(
        id=1,
        environment="studio",
        asset=asset.id,
        asset_id="1",
        name=asset.name,
        path=TITLE,
        base="Before",
        ours="Ours",
        theirs="Theirs",
        found_at=NOW,
    )


def stack_conflict() -> EditorConflict:
    """An editor put a picture of their own into an entry."""
    place = EntryField(
        content_type="page", entry="e1", field="hero", locale="en", kind=FieldKind.URL
    )
    one = Publication(
        destination="site",
        asset=AssetId("a"),
        name="beach.jpg",
        environment="studio",
        preset="wide",
        market="",
        language="",
        place=place,
        title="Summer",
    )
    theirs, ours = ("https://example.com/own.jpg",), ("https://example.com/wide.jpg",)
    return EditorConflict(publication=one, theirs=theirs, ours=ours, seen="x")


def replaced(asset: Asset) -> ReplacementReport:
    """One place has the new version, one does not."""
    place = Place(
        kind=PlaceKind.PUSH, place="https://example.com", asset=asset.id, name="a", content=""
    )
    states = (Replaced.CHANGED, Replaced.FAILED)
    return ReplacementReport(lines=tuple(ReplacedPlace(place=place, state=one) for one in states))


def campaign(folder: Path) -> ArchivePlace:
    """One that nobody knows at the service."""
    return ArchivePlace(account="account", container="c1", name="Cold water", above=folder)


def posted(folder: Path) -> Feed:
    """One that others hand over."""
    return Feed(id="f1", name="Shop", source=str(folder))


def report() -> SavedReport:
    """One without a name."""
    return SavedReport(name="", kind=ReportKind.USAGE, scope=ReportScope())


def widths(asset: Asset) -> WidthsWish:
    """Of the whole picture."""
    return WidthsWish(
        asset=asset.id,
        transformation="c_scale,w_400",
        format="jpg",
        width=400,
        is_here=True,
        is_pushed=False,
    )
