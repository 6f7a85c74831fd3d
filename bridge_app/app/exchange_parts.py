"""Makes those who hand files to other programs, and take back what these made of them."""

import os
from collections.abc import Callable

from bridge_app.app.workbench import Workbench
from bridge_app.work.crew_port import Crew
from bridge_app.work.exchange.edited_files import EditedFiles
from bridge_app.work.exchange.leaving import LeavingDesk, LeavingMeans
from bridge_app.work.exchange.opening import OpeningDesk
from bridge_app.work.exchange.out_tray import OutTray
from bridge_app.work.exchange.programs import Programs
from bridge_app.work.originals import Originals


def leaving_desk(shop: Workbench, crew: Crew, *, online: Callable[[], bool]) -> LeavingDesk:
    """Who has files made for drags and for the clipboard."""
    means = LeavingMeans(
        originals=Originals(crew.shelters, crew.pictures.pull),
        opened=crew.shelters.opened,
        pictures=crew.pictures,
        studio=crew.studio,
        places=crew.outside.places,
        decoder=shop.decoder,
        file_path=shop.file_path,
        online=online,
        now=shop.now,
    )
    return LeavingDesk(OutTray(shop.stock.places.folder / "out"), means)


def opening_desk(shop: Workbench, crew: Crew) -> OpeningDesk:
    """Who opens assets in other programs."""
    edited = EditedFiles(shop.stock.places.folder / "edited")
    return OpeningDesk(Programs(os.environ), edited, crew.outside.leaving, now=shop.now)
