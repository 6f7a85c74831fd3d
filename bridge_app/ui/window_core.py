"""What all panels of the window share: threads, memory, looks and actions."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QMainWindow

from bridge_app.delivery.permissions import Capability
from bridge_app.ui.actions import Actions
from bridge_app.ui.activity.activities import Activities
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.looks import Looks
from bridge_app.ui.permitting import Permitting
from bridge_app.ui.remembering import Beside, Remembering
from bridge_app.ui.window_front import Front
from bridge_app.work.worker import Worker

T = TypeVar("T")
Making = Generator[None, None, T]
"""Makes something in steps; between two of them the window may be used."""


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


def make_core(window: QMainWindow, worker: Worker, front: Front) -> Core:
    """The same for what is there first and for all the rest."""
    bridge, actions, settings = WorkerBridge(window), front.actions, front.settings
    return Core(
        worker=worker,
        bridge=bridge,
        asker=front.asker,
        remembering=front.remembering,
        looks=front.looks,
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
