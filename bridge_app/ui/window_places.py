"""Who works with libraries that lie elsewhere: at Cloudinary, and of PhotoShelter's kind."""

from functools import partial

from PySide6.QtWidgets import QMainWindow

from bridge_app.ui.archive_errands import ArchiveErrands
from bridge_app.ui.cloud_actions import CloudActions
from bridge_app.ui.cloud_errands import CloudErrands
from bridge_app.ui.hearing_switch import HearingSwitch
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.key_menu import KeyMenu
from bridge_app.ui.permitting import Permitting
from bridge_app.ui.retraction_errands import RetractionErrands
from bridge_app.ui.shelter_actions import ShelterActions
from bridge_app.ui.shelter_errands import ShelterErrands
from bridge_app.ui.window_core import Core


def make_shelter_parts(window: QMainWindow, core: Core, messages: MessageBar) -> ShelterErrands:
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
            menu=KeyMenu(window),
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
