"""Which action does what: the connections of the window that need no window to be understood."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.folder_changes import FolderPlace
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.account_errands import AccountErrands
from bridge_app.ui.actions import Actions
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.cloud_errands import CloudErrands
from bridge_app.ui.errands import Errands
from bridge_app.ui.mirror_errands import MirrorErrands
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.original_errands import OriginalErrands
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.folders import FoldersPanel
from bridge_app.ui.panels.inspector import InspectorPanel
from bridge_app.ui.preset_errands import PresetErrands
from bridge_app.ui.shelter_emptiness import empty_words
from bridge_app.ui.shelter_errands import ShelterErrands
from bridge_app.ui.studio_errands import StudioErrands
from bridge_app.ui.theme import Scheme, Theme

WIDTH_STEP_PX = 32


def wire_assets(actions: Actions, selection: AssetSelection, errands: Errands) -> None:
    """What is done with the chosen assets. A refusal asks why first; an approval need not."""

    def on_single(act: Callable[[Asset], None]) -> None:
        asset = selection.single()
        if asset is not None:
            act(asset)

    actions.approve.triggered.connect(lambda: errands.decide(selection.ids, Approval.APPROVED))
    actions.put_in_review.triggered.connect(
        lambda: errands.decide(selection.ids, Approval.IN_REVIEW)
    )
    for action, approval in (
        (actions.approve_with_comment, Approval.APPROVED),
        (actions.request_changes, Approval.CHANGES_REQUESTED),
        (actions.reject, Approval.REJECTED),
    ):
        action.triggered.connect(partial(_ask_for_comment, errands, selection, approval))
    actions.push.triggered.connect(lambda: errands.push(selection.masters()))
    actions.download.triggered.connect(lambda: errands.mirror.download(selection.assets()))
    actions.copy_path.triggered.connect(lambda: errands.copy_paths(selection.assets()))
    actions.reveal.triggered.connect(lambda: on_single(errands.reveal))
    actions.select_all.triggered.connect(selection.choose_all)
    actions.select_none.triggered.connect(lambda: selection.choose(()))


def wire_studio(actions: Actions, selection: AssetSelection, studio: StudioErrands) -> None:
    """The studio opens for the one asset that is chosen, the contact sheet for all of them."""

    def open_studio() -> None:
        asset = selection.single()
        if asset is not None:
            studio.open(asset)

    actions.studio.triggered.connect(open_studio)
    actions.contact_sheet.triggered.connect(lambda: studio.show_sheet(selection.ids))


def wire_presets(
    actions: Actions, selection: AssetSelection, errands: PresetErrands, studio: StudioErrands
) -> None:
    """Presets are shown on the one asset that is chosen, and made of all that are."""
    actions.preset_shelf.triggered.connect(lambda: errands.show(selection.single()))
    actions.make_renditions.triggered.connect(lambda: errands.make(selection.ids))
    actions.kits.triggered.connect(lambda: errands.show_kits(selection.ids))
    actions.publish.triggered.connect(lambda: errands.make(selection.ids, in_cloud=True))
    errands.useWanted.connect(studio.use)
    studio.presetsWanted.connect(errands.show)

    def show_transfers() -> None:
        if not actions.transfers.isChecked():
            actions.transfers.trigger()

    errands.queued.connect(show_transfers)


def wire_browser(actions: Actions, browser: BrowserPanel) -> None:
    """How the assets are shown and searched."""

    def widen(step_px: int) -> None:
        browser.set_picture_width(browser.grid.picture_width + step_px)

    actions.grid.triggered.connect(lambda: browser.set_list(on=False))
    actions.list.triggered.connect(lambda: browser.set_list(on=True))
    actions.larger.triggered.connect(lambda: widen(WIDTH_STEP_PX))
    actions.smaller.triggered.connect(lambda: widen(-WIDTH_STEP_PX))
    actions.search.triggered.connect(browser.search_bar.focus_search)
    actions.clear_filters.triggered.connect(browser.clear_all)
    actions.look.triggered.connect(browser.grid.lookWanted)
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), browser.grid)
    escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    escape.activated.connect(browser.escape)


def wire_mirror(actions: Actions, browser: BrowserPanel, errands: MirrorErrands) -> None:
    """Searches that Cloudinary carries out."""

    def show(found: Sequence[AssetId]) -> None:
        query = browser.query
        browser.ask(
            Query(
                library=cloud_library(query.environment or ""),
                environment=query.environment,
                sort=query.sort,
                descending=query.descending,
            )
        )
        browser.grid.reveal(found)

    actions.search_cloud.triggered.connect(lambda: errands.search(""))
    actions.upload_presets.triggered.connect(errands.upload_presets)
    actions.upload_from.triggered.connect(errands.upload_from)
    browser.search_bar.cloudWanted.connect(errands.search)
    errands.showWanted.connect(show)


def wire_originals(
    actions: Actions,
    selection: AssetSelection,
    browser: BrowserPanel,
    errands: Errands,
    originals: OriginalErrands,
) -> None:
    """Originals are opened and dragged wherever they are; some are fetched first."""

    def open_chosen() -> None:
        asset = selection.single()
        if asset is None:
            return
        if shelter_of(asset.library) is None:
            errands.open_original(asset)
        else:
            originals.open(asset)

    actions.open_original.triggered.connect(open_chosen)
    browser.grid.originalsWanted.connect(originals.fetch_to_drag)
    browser.grid.dragged.connect(originals.note_dragged)
    errands.mirror.originalsWanted.connect(originals.download_to)


def wire_shelters(
    actions: Actions, browser: BrowserPanel, folders: FoldersPanel, errands: ShelterErrands
) -> None:
    """What is done with libraries of PhotoShelter's kind, at the place that is shown."""

    def show(library: LibraryId, found: Sequence[AssetId]) -> None:
        query = browser.query
        browser.ask(
            Query(
                library=library,
                environment=query.environment,
                sort=query.sort,
                descending=query.descending,
            )
        )
        browser.grid.reveal(found)

    def show_menu(place: Query, where: QPoint) -> None:
        browser.go_to(place, filters_too=False)
        errands.actions.place_menu.popup(where)

    browser.explain_with(partial(empty_words, folders.tree))
    folders.loaded.connect(browser.look_again)
    actions.add_shelter.triggered.connect(errands.connect_service)
    actions.add_other.triggered.connect(errands.connect_other)
    browser.search_bar.shelterWanted.connect(errands.search)
    browser.queried.connect(errands.show_query)
    folders.shelterMenuWanted.connect(show_menu)
    errands.showWanted.connect(show)


def wire_cloud_places(browser: BrowserPanel, folders: FoldersPanel, errands: CloudErrands) -> None:
    """What is done with the folder of an environment that is shown; the browser goes with it."""

    def show_menu(place: Query, where: QPoint) -> None:
        browser.go_to(place, filters_too=False)
        errands.actions.place_menu.popup(where)

    def follow(place: FolderPlace, to: str) -> None:
        query = browser.query
        if query.library == cloud_library(place.environment) and place.holds(query.folder):
            browser.go_to(
                replace(query, folder=to + query.folder[len(place.path) :]), filters_too=False
            )

    browser.queried.connect(errands.show_query)
    folders.cloudMenuWanted.connect(show_menu)
    errands.folderMoved.connect(follow)


def wire_schemes(actions: Actions, theme: Theme) -> None:
    """Light, dark, or like the system."""
    for scheme, action in actions.schemes.items():
        action.triggered.connect(partial(_set_scheme, theme, scheme))


def wire_accounts(actions: Actions, errands: AccountErrands) -> None:
    """Which product environments there are, and what they use."""
    actions.accounts.triggered.connect(errands.show_accounts)
    actions.usage.triggered.connect(errands.show_usage)


def wire_edits(actions: Actions, inspector: InspectorPanel, bridge: WorkerBridge) -> None:
    """What assets say: shown anew when it changes, and taken back."""
    undo = inspector.undo

    def tell() -> None:
        actions.name_undo(undo.next_undo, undo.next_redo)
        actions.undo.setEnabled(undo.can_undo)
        actions.redo.setEnabled(undo.can_redo)

    bridge.changed.connect(inspector.take_changes)
    actions.undo.triggered.connect(lambda: undo.undo())  # noqa: PLW0108 - it takes no flag
    actions.redo.triggered.connect(lambda: undo.redo())  # noqa: PLW0108 - it takes no flag
    undo.changed.connect(tell)
    tell()


def _ask_for_comment(
    errands: Errands, selection: AssetSelection, approval: Approval, *_: bool
) -> None:
    errands.ask_for_comment(selection.ids, approval)


def _set_scheme(theme: Theme, scheme: Scheme, *_: bool) -> None:
    theme.set_scheme(scheme)
