"""The parts of the window, made and put in their places; `main_window` lets them work together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QVBoxLayout, QWidget

from bridge_app.delivery.permissions import Capability
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.actions import Actions, asset_menu, scheme_menu
from bridge_app.ui.archive_errands import ArchiveErrands
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.cloud_actions import CloudActions
from bridge_app.ui.cloud_errands import CloudErrands
from bridge_app.ui.dropping import look_at
from bridge_app.ui.errands import Errands
from bridge_app.ui.fetched_files import FetchedFiles
from bridge_app.ui.hearing_switch import HearingSwitch
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.mapping_errands import MappingErrands
from bridge_app.ui.metadata_errands import MetadataErrands
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.original_errands import OriginalErrands, original_url
from bridge_app.ui.panels.account_chip import AccountChip
from bridge_app.ui.panels.account_menu import AccountMenu
from bridge_app.ui.panels.activity import ActivityPanel
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.drop_overlay import DropOverlay
from bridge_app.ui.panels.folders import FoldersPanel
from bridge_app.ui.panels.inspector import InspectorPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.quick_look import QuickLook
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.panels.sidebar import Sidebar
from bridge_app.ui.panels.transfers import TransfersPanel
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.permitting import Permitting
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.preset_errands import PresetErrands
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.retraction_errands import RetractionErrands
from bridge_app.ui.shelter_actions import ShelterActions
from bridge_app.ui.shelter_errands import ShelterErrands
from bridge_app.ui.studio_errands import StudioErrands
from bridge_app.ui.theme import Theme
from bridge_app.ui.wiring import (
    wire_cloud_places,
    wire_edits,
    wire_mirror,
    wire_originals,
    wire_presets,
    wire_shelters,
    wire_studio,
)
from bridge_app.work.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What all panels share."""

    worker: Worker
    bridge: WorkerBridge
    asker: Asker
    remembering: Remembering
    looks: Looks
    actions: Actions
    permitting: Permitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """What is asked for and found."""

    model: AssetList
    selection: AssetSelection
    browser: BrowserPanel
    errands: Errands
    asset_menu: QMenu
    studio: StudioErrands
    cloud: CloudErrands
    shelters: ShelterErrands


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What stands around it."""

    folders: FoldersPanel
    activity: ActivityPanel
    account: AccountChip
    account_menu: AccountMenu
    library_menu: QMenu
    sidebar: Sidebar
    renditions: RenditionsPanel
    inspector: InspectorPanel
    transfers: TransfersPanel


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What holds and covers them."""

    splitter: QSplitter
    look: QuickLook
    overlay: DropOverlay


def make_core(
    window: QMainWindow,
    worker: Worker,
    settings: SettingsFile,
    theme: Theme,
    icons: Icons,
    now: Callable[[], datetime],
) -> Core:
    """The threads, the memory and the looks of a window."""
    asker = Asker(worker, window)
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=window)
    bridge, actions = WorkerBridge(window), Actions(theme, icons, window)
    return Core(
        worker=worker,
        bridge=bridge,
        asker=asker,
        remembering=Remembering(settings, asker, window),
        looks=Looks(theme, icons, pixels, now),
        actions=actions,
        permitting=Permitting(
            worker,
            bridge,
            {actions.push: Capability.UPLOAD, actions.hear_changes: Capability.TRIGGERS},
        ),
    )


def make_middle(window: QMainWindow, core: Core) -> Middle:
    """The browser with its model, and who runs its errands."""
    looks, actions = core.looks, core.actions
    files = FetchedFiles(core.worker.shelters.opened, core.asker, window)
    model = AssetList(
        core.asker,
        now=looks.now,
        url_of=partial(original_url, core.worker, files),
        parent=window,
    )
    selection = AssetSelection(model, core.asker)
    files.follow(selection)
    browser = BrowserPanel(
        model,
        selection,
        looks,
        push=actions.push,
        views=(actions.grid, actions.list),
        welcome=Welcome(
            looks.icons, looks.theme, actions.add_folder, actions.add_shelter, actions.accounts
        ),
    )
    errands = Errands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    originals = OriginalErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        files=files,
    )
    wire_originals(actions, selection, browser, errands, originals)
    cloud = make_cloud_parts(window, core, selection, browser.messages)
    wire_mirror(actions, browser, errands.mirror)
    studio = StudioErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    wire_studio(actions, selection, studio)
    presets = PresetErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    wire_presets(actions, selection, presets, studio)
    core.bridge.changed.connect(presets.take_changes)
    return Middle(
        model=model,
        selection=selection,
        browser=browser,
        errands=errands,
        asset_menu=asset_menu(actions, QMenu(window)),
        studio=studio,
        cloud=cloud,
        shelters=make_shelter_parts(window, core, selection, browser.messages),
    )


def make_shelter_parts(
    window: QMainWindow, core: Core, selection: AssetSelection, messages: MessageBar
) -> ShelterErrands:
    """What is done with libraries of PhotoShelter's kind."""
    looks, actions = core.looks, core.actions
    there = ShelterActions(
        looks.theme,
        looks.icons,
        connect=actions.add_shelter,
        opens=actions.at_shelter,
        shared=(actions.rescan, actions.skipped, actions.remove_library),
        parent=window,
    )
    errands = ShelterErrands(
        window, core.worker, core.asker, looks, messages=messages, actions=there
    )
    core.bridge.changed.connect(errands.take_changes)
    retractions = RetractionErrands(window, core.worker, core.asker, looks, messages=messages)
    archives = ArchiveErrands(window, core.worker, core.asker, looks, messages=messages)
    errands.archiveWanted.connect(archives.archive)
    there.archives.triggered.connect(archives.show_all)
    there.retractions.triggered.connect(retractions.show)
    mapping = MappingErrands(window, core.worker, core.asker, looks, chosen=lambda: selection.ids)
    there.mapping.triggered.connect(mapping.show_mapping)
    core.bridge.changed.connect(retractions.take_changes)
    return errands


def make_cloud_parts(
    window: QMainWindow, core: Core, selection: AssetSelection, messages: MessageBar
) -> CloudErrands:
    """What is done at Cloudinary, and how its changes are heard of."""
    looks, actions = core.looks, core.actions
    errands = CloudErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=messages,
        actions=CloudActions(
            looks.theme,
            looks.icons,
            selection,
            menu=QMenu(window),
            opens=actions.at_cloudinary,
            permit=partial(Permitting, core.worker, core.bridge),
        ),
    )
    switch = HearingSwitch(
        core.worker,
        core.asker,
        looks,
        messages=messages,
        actions=(actions.hear_changes, actions.triggers),
        permitting=core.permitting,
    )
    core.bridge.changed.connect(errands.take_changes)
    core.bridge.changed.connect(switch.take_changes)
    return errands


def make_sides(window: QMainWindow, core: Core) -> Sides:
    """Sidebar, inspector and transfers."""
    worker, asker, looks, actions = core.worker, core.asker, core.looks, core.actions
    theme, icons = looks.theme, looks.icons
    folders = FoldersPanel(worker, asker, theme=theme, icons=icons, now=looks.now)
    activity = ActivityPanel(worker, theme, icons)
    account_menu = AccountMenu(
        worker,
        theme,
        actions.usage,
        actions.accounts,
        actions.upload_presets,
        actions.triggers,
        actions.hear_changes,
        actions.work_offline,
        parent=window,
    )
    account = AccountChip(
        theme, icons, account=account_menu, settings=_settings_menu(window, actions)
    )
    library_menu = QMenu(window)
    library_menu.addActions([actions.rescan, actions.skipped, actions.remove_library])
    renditions = make_renditions_panel(core)
    inspector = InspectorPanel(worker, asker, looks, renditions=renditions, actions=actions)
    wire_edits(actions, inspector, core.bridge)
    MetadataErrands(window, worker, asker, theme, icons).serve(inspector)
    return Sides(
        folders=folders,
        activity=activity,
        account=account,
        account_menu=account_menu,
        library_menu=library_menu,
        sidebar=Sidebar(
            theme,
            icons,
            add_folder=actions.add_folder,
            places=folders,
            foot=(activity, account),
        ),
        renditions=renditions,
        inspector=inspector,
        transfers=TransfersPanel(worker, core.bridge, asker, theme, icons, now=looks.now),
    )


def make_renditions_panel(core: Core) -> RenditionsPanel:
    """The inspector's tab, with the set that was shown the last time."""
    remembering, looks = core.remembering, core.looks
    panel = RenditionsPanel(
        core.worker,
        core.bridge,
        core.asker,
        looks.theme,
        looks.icons,
        set_name=remembering.settings.rendition_set,
    )

    def remember(name: str) -> None:
        remembering.keep(replace(remembering.settings, rendition_set=name))

    panel.setChosen.connect(remember)
    return panel


def make_frame(window: QMainWindow, core: Core, middle: Middle, sides: Sides) -> Frame:
    """Put everything into the window."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for number, part in enumerate((sides.sidebar, middle.browser, sides.inspector)):
        splitter.addWidget(part)
        splitter.setStretchFactor(number, 1 if part is middle.browser else 0)
    wire_cloud_places(middle.browser, sides.folders, middle.cloud)
    wire_shelters(core.actions, middle.browser, sides.folders, middle.shelters)
    middle.shelters.added.connect(middle.errands.added)
    sides.inspector.shelter.placeWanted.connect(sides.folders.chosen)
    related = sides.inspector.related
    related.assetWanted.connect(sides.transfers.assetWanted)
    related.othersWanted.connect(partial(middle.cloud.relate, related))
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(splitter, 1)
    column.addWidget(sides.transfers)
    window.setCentralWidget(around)
    order_tabs((sides.sidebar, middle.browser, sides.inspector, sides.transfers))
    return Frame(
        splitter=splitter,
        look=QuickLook(core.looks, around),
        overlay=DropOverlay(
            core.looks.theme,
            core.looks.icons,
            core.asker,
            look=partial(look_at, core.worker),
            parent=window,
        ),
    )


def order_tabs(parts: Sequence[QWidget]) -> None:
    """Let the tab key go from part to part as they stand, whatever was made first."""
    chain: list[QWidget] = []
    widget = parts[0].nextInFocusChain()
    while widget is not None and widget is not parts[0]:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    ordered = [found for part in parts for found in chain if part.isAncestorOf(found)]
    for before, after in pairwise(ordered):
        QWidget.setTabOrder(before, after)


def _settings_menu(window: QMainWindow, actions: Actions) -> QMenu:
    menu = QMenu(window)
    menu.addMenu(scheme_menu(actions, menu))
    menu.addActions([actions.accounts, actions.guide, actions.about])
    return menu
