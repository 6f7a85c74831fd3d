"""The parts of the window, made and put in their places; `main_window` lets them work together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from bridge_app.ui.actions import Actions
from bridge_app.ui.activity.beside import follow
from bridge_app.ui.activity.centre import ActivityCentre
from bridge_app.ui.activity.errands import list_errand
from bridge_app.ui.audit_errands import AuditErrands
from bridge_app.ui.channel_errands import ChannelErrands
from bridge_app.ui.cloud_errands import CloudErrands
from bridge_app.ui.dropping import look_at
from bridge_app.ui.errands import Errands
from bridge_app.ui.fetched_files import FetchedFiles
from bridge_app.ui.grid_errands import GridErrands
from bridge_app.ui.insight_errands import InsightErrands
from bridge_app.ui.mapping_errands import MappingErrands
from bridge_app.ui.menus import asset_menu, scheme_menu
from bridge_app.ui.metadata_errands import MetadataErrands
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.original_errands import OriginalErrands, original_url
from bridge_app.ui.panel_area import PanelArea
from bridge_app.ui.panels.account_chip import AccountChip
from bridge_app.ui.panels.account_menu import AccountMenu
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.drop_overlay import DropOverlay
from bridge_app.ui.panels.folders import FoldersPanel
from bridge_app.ui.panels.inspector import Forms, InspectorPanel
from bridge_app.ui.panels.metadata_panel import MetadataPanel
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.panels.quick_look import QuickLook
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.panels.sidebar import Sidebar
from bridge_app.ui.panels.transfers import TransfersPanel
from bridge_app.ui.parts.key_menu import KeyMenu
from bridge_app.ui.parts.tab_order import chain_from
from bridge_app.ui.policy_errands import PolicyErrands
from bridge_app.ui.preset_errands import PresetErrands
from bridge_app.ui.review_actions import serve_review_queue
from bridge_app.ui.review_errands import ReviewErrands
from bridge_app.ui.review_pack_errands import ReviewPackErrands
from bridge_app.ui.rights_errands import RightsErrands
from bridge_app.ui.shelter_errands import ShelterErrands
from bridge_app.ui.studio_errands import StudioErrands
from bridge_app.ui.window_core import Core, Making
from bridge_app.ui.window_front import Front
from bridge_app.ui.window_places import make_cloud_parts, make_shelter_parts
from bridge_app.ui.wiring import (
    wire_cloud_places,
    wire_edits,
    wire_mirror,
    wire_originals,
    wire_presets,
    wire_shelters,
    wire_studio,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Middle:
    """What is asked for and found."""

    model: AssetList
    selection: AssetSelection
    browser: BrowserPanel
    errands: Errands
    asset_menu: QMenu
    studio: StudioErrands
    presets: PresetErrands
    review: ReviewErrands
    cloud: CloudErrands
    shelters: ShelterErrands
    grid: GridErrands
    insights: InsightErrands

    def close(self) -> None:
        """Close the windows that were opened from here."""
        self.studio.close()
        self.review.close()
        self.grid.close()
        self.insights.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What stands around it."""

    folders: FoldersPanel
    activity: ActivityCentre
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

    area: PanelArea
    look: QuickLook
    overlay: DropOverlay


def make_middle(window: QMainWindow, core: Core, front: Front) -> Making[Middle]:
    """Who runs the errands of the browser."""
    looks, actions = core.looks, core.actions
    model, selection, browser = front.model, front.selection, front.browser
    files = FetchedFiles(core.worker.shelters.opened, core.asker, window)
    model.url_of = partial(original_url, core.worker, files)
    files.follow(selection)
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
    originals.fetching.connect(partial(follow, activities=core.activities, icon="cloud-download"))
    wire_originals(actions, selection, browser, errands, originals)
    yield
    cloud = make_cloud_parts(window, core, selection, browser.messages)
    wire_mirror(actions, browser, errands.mirror)
    audit = AuditErrands(window, core.worker.audit, core.asker, looks, messages=browser.messages)
    audit.writing.connect(partial(list_errand, activities=core.activities))
    audit.serve(actions, selection, browser)
    channels = ChannelErrands(window, core.worker, core.asker, looks, core.bridge)
    channels.reading.connect(partial(list_errand, activities=core.activities))
    channels.serve(actions, selection)
    yield
    policies = PolicyErrands(window, core.worker, core.asker, looks, messages=browser.messages)
    policies.serve(actions, selection)
    rights = RightsErrands(window, core.worker, core.asker, looks, messages=browser.messages)
    rights.serve(actions, selection, browser, core.bridge)
    yield
    studio = StudioErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    wire_studio(actions, selection, studio)
    review = ReviewErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    review.serve(actions, selection, browser, core.bridge)
    yield
    presets = PresetErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    wire_presets(actions, selection, presets, studio)
    yield
    insights = make_insights(window, core, browser)
    grid = GridErrands(
        window,
        core.worker,
        core.asker,
        looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    grid.masters.writing.connect(partial(list_errand, activities=core.activities))
    core.bridge.changed.connect(presets.take_changes)
    yield
    shelters = make_shelter_parts(window, core, browser.messages)
    yield
    return Middle(
        model=model,
        selection=selection,
        browser=browser,
        errands=errands,
        asset_menu=asset_menu(actions, KeyMenu(window)),
        studio=studio,
        presets=presets,
        review=review,
        cloud=cloud,
        shelters=shelters,
        grid=grid,
        insights=insights,
    )


def make_insights(window: QMainWindow, core: Core, browser: BrowserPanel) -> InsightErrands:
    """Who runs the errands of reports."""
    insights = InsightErrands(
        window,
        core.worker,
        core.asker,
        core.looks,
        messages=browser.messages,
        remembering=core.remembering,
    )
    insights.importing.connect(partial(follow, activities=core.activities, icon="file-text"))
    insights.writing.connect(partial(list_errand, activities=core.activities))
    insights.serve(core.actions, browser)
    return insights


def make_sides(window: QMainWindow, core: Core) -> Making[Sides]:
    """Sidebar, inspector and transfers."""
    worker, asker, looks, actions = core.worker, core.asker, core.looks, core.actions
    theme, icons = looks.theme, looks.icons
    folders = FoldersPanel(worker, asker, theme=theme, icons=icons, now=looks.now)
    yield
    activity = ActivityCentre(
        worker,
        core.bridge,
        asker,
        looks,
        activities=core.activities,
        opens=actions.helping.activity,
    )
    yield
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
    library_menu = KeyMenu(window)
    library_menu.addActions([actions.rescan, actions.skipped, actions.remove_library])
    library_menu.addAction(actions.favourite)
    yield
    renditions = make_renditions_panel(core)
    yield
    undo = EditUndo(worker, asker, window)
    of_one = MetadataPanel(worker, asker, theme, icons, undo)
    yield
    forms = Forms(undo, of_one, MetadataPanel(worker, asker, theme, icons, undo))
    yield
    inspector = InspectorPanel(
        worker, asker, looks, renditions=renditions, forms=forms, actions=actions
    )
    wire_edits(actions, inspector, core.bridge)
    yield
    sidebar = Sidebar(
        theme,
        icons,
        add_folder=actions.add_folder,
        places=folders,
        foot=(activity.chip, account),
    )
    yield
    return Sides(
        folders=folders,
        activity=activity,
        account=account,
        account_menu=account_menu,
        library_menu=library_menu,
        sidebar=sidebar,
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


def make_frame(
    window: QMainWindow, core: Core, front: Front, middle: Middle, sides: Sides
) -> Making[Frame]:
    """Put everything into the window, and let its parts know of one another."""
    area = front.area
    area.hold("sidebar", sides.sidebar)
    yield
    area.hold("inspector", sides.inspector)
    yield
    area.hold("transfers", sides.transfers)
    sides.transfers.expandedChanged.connect(lambda on: area.open_below(on=on))
    wire_cloud_places(middle.browser, sides.folders, middle.cloud)
    wire_shelters(core.actions, middle.browser, sides.folders, middle.shelters)
    queue = serve_review_queue(
        window,
        core,
        browser=middle.browser,
        selection=middle.selection,
        sidebar=sides.sidebar,
        review=middle.review,
    )
    yield
    middle.grid.serve(core.actions, middle.selection, core.bridge, sides.inspector.undo)
    messages = middle.browser.messages
    packs = ReviewPackErrands(
        window, core.worker, core.asker, core.looks, messages=messages, remembering=core.remembering
    )
    packs.packing.connect(partial(follow, activities=core.activities, icon="package"))
    packs.recording.connect(partial(list_errand, activities=core.activities))
    packs.serve(core.actions, middle.selection)
    queue.packWanted.connect(packs.pack_items)
    yield
    metadata = MetadataErrands(
        window, core.worker, core.asker, core.looks, messages=messages, remembering=core.remembering
    )
    metadata.serve(core.actions, sides.inspector, core.bridge)
    metadata.stepWanted.connect(middle.browser.grid.go)
    middle.browser.grid.endReached.connect(sides.inspector.metadata.stay)
    metadata.assetWanted.connect(sides.transfers.assetWanted)
    mapping = MappingErrands(
        window, core.worker, core.asker, core.looks, chosen=lambda: middle.selection.ids
    )
    mapping.synced.connect(sides.inspector.undo.note)
    middle.shelters.actions.mapping.triggered.connect(mapping.show_mapping)
    middle.shelters.added.connect(middle.errands.added)
    sides.inspector.shelter.placeWanted.connect(sides.folders.chosen)
    related = sides.inspector.related
    related.assetWanted.connect(sides.transfers.assetWanted)
    related.othersWanted.connect(partial(middle.cloud.relate, related))
    yield
    return Frame(
        area=area,
        look=QuickLook(core.looks, front.around),
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
    chain = chain_from(parts[0])
    # Only those: Qt loses its way where the others stand in different panels.
    stops = [one for one in chain if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    ordered = [found for part in parts for found in stops if part.isAncestorOf(found)]
    for before, after in pairwise(ordered):
        QWidget.setTabOrder(before, after)


def _settings_menu(window: QMainWindow, actions: Actions) -> QMenu:
    menu = QMenu(window)
    menu.addMenu(scheme_menu(actions, menu))
    menu.addActions([actions.accounts, actions.helping.contents, actions.about])
    return menu
