"""What all panels of the window share: threads, memory, looks and actions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QMainWindow

from bridge_app.delivery.permissions import Capability
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.actions import Actions
from bridge_app.ui.activity.activities import Activities
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.permitting import Permitting
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Beside, Remembering
from bridge_app.ui.theme import Theme
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
    activities: Activities


def make_core(
    window: QMainWindow,
    worker: Worker,
    settings: SettingsFile | Beside,
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
            {
                actions.push: Capability.UPLOAD,
                actions.publish: Capability.EDIT,
                actions.upload_from: Capability.UPLOAD,
                actions.hear_changes: Capability.TRIGGERS,
            },
        ),
        activities=Activities(
            time.monotonic,
            window,
            beside=settings.activities if isinstance(settings, Beside) else None,
        ),
    )
