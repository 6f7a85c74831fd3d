"""Makes those who hand files to other programs, and take back what these made of them."""

import os
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bridge_app.app.cloud_parts import folder_mode, version_gate
from bridge_app.app.workbench import STOP_S, Workbench
from bridge_app.delivery.drawn_coordinates import Size, drawn_coordinates
from bridge_app.delivery.operations import Operations
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.jobs import JobState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.facts import Facts
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.work.crew import Stock
from bridge_app.work.crew_port import Crew
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments
from bridge_app.work.exchange.edited_files import EditedFiles
from bridge_app.work.exchange.hot_folders import HotFolders
from bridge_app.work.exchange.leaving import LeavingDesk, LeavingMeans
from bridge_app.work.exchange.opening import OpeningDesk
from bridge_app.work.exchange.out_tray import OutTray
from bridge_app.work.exchange.programs import Programs
from bridge_app.work.handlers.new_cloud_version import NewCloudVersion
from bridge_app.work.handlers.new_version import NewVersionHandler
from bridge_app.work.jobs import TAKE_IN, TakeIn
from bridge_app.work.kinds import NEW_VERSION
from bridge_app.work.originals import Originals
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.version_jobs import VersionJob


def leaving_desk(shop: Workbench, crew: Crew, *, online: Callable[[], bool]) -> LeavingDesk:
    """Who has files made for drags and for the clipboard."""
    means = LeavingMeans(
        originals=Originals(crew.shelters, crew.pictures.pull),
        opened=crew.shelters.opened,
        pictures=crew.pictures,
        studio=crew.studio,
        places=crew.outside.places,
        files=crew.outside.files,
        decoder=shop.decoder,
        file_path=shop.file_path,
        online=online,
        needed=lambda: _waiting_sources(shop),
        now=shop.now,
    )
    return LeavingDesk(OutTray(shop.stock.places.folder / "out"), means)


def opening_desk(
    shop: Workbench, crew: Crew, *, queue: Callable[[Sequence[NewJob]], list[int]]
) -> OpeningDesk:
    """Who opens assets in other programs."""
    return OpeningDesk(
        Programs(os.environ),
        edited_files(shop.stock),
        crew.outside.leaving,
        version_gate(shop.stock),
        needed=lambda: _waiting_sources(shop),
        under_way=lambda: _versions_under_way(shop.stock.jobs),
        queue=queue,
        now=shop.now,
    )


def edited_files(stock: Stock) -> EditedFiles:
    """The copies that other programs work on."""
    return EditedFiles(stock.places.folder / "edited")


def version_handlers(
    stock: Stock,
    shelters: ShelterDesk,
    environments: Environments,
    *,
    decoder: DecoderPool,
    refresh: Callable[[str, Sequence[str]], None],
) -> dict[str, Handler]:
    """Who makes new versions of masters at services."""
    edited = edited_files(stock)
    at_cloudinary = NewCloudVersion(
        readers=stock.readers,
        versions=version_gate(stock),
        edited=edited,
        deliveries=stock.deliveries,
        log=stock.uploads,
        opened=environments.opened,
        operations=lambda environment: Operations(environments.credentials(environment)),
        mode=partial(folder_mode, environments),
        drawn=lambda name, asset_id: drawn_coordinates(environments.credentials(name), asset_id),
        sizes=lambda file: _sizes(decoder.probe(file)),
        channels=stock.kits.settings,
        refresh=refresh,
    )
    made = NewVersionHandler(shelters=shelters, edited=edited, at_cloudinary=at_cloudinary)
    return {NEW_VERSION: made}


def _sizes(facts: Facts) -> list[Size]:
    told = ((facts.width, facts.height), (facts.display_width, facts.display_height))
    return [(width, height) for width, height in told if width and height]


def _versions_under_way(jobs: Jobs) -> dict[tuple[str, str], str]:
    """The path and the digest of each copy that becomes a new version, and the batch it is in."""
    found = filter(None, map(jobs.one, jobs.unfinished(NEW_VERSION)))
    wishes = ((VersionJob.from_params(one.params), one.batch) for one in found)
    return {(wish.path, wish.sha256): batch for wish, batch in wishes}


def _waiting_sources(shop: Workbench) -> frozenset[Path]:
    """What is still to be taken into libraries, or can be tried once more."""
    jobs = shop.stock.jobs
    numbers = [*jobs.unfinished(TAKE_IN), *jobs.in_state(TAKE_IN, JobState.FAILED)]
    found = filter(None, map(jobs.one, numbers))
    return frozenset(
        Path(source) for one in found for source in TakeIn.from_params(one.params).sources
    )


def hot_folders(shop: Workbench, *, queue: Callable[[Sequence[NewJob]], list[int]]) -> HotFolders:
    """Who takes in what is put into hot folders."""

    def take_in(sources: Sequence[Path], library: LibraryId, folder: str) -> None:
        wish = TakeIn(sources=tuple(map(str, sources)), library=library, folder=folder)
        queue([wish.new_job(uuid.uuid4().hex)])

    folders = HotFolders(
        shop.stock.places.folder,
        libraries=shop.stock.places.libraries,
        take_in=take_in,
        now_s=time.monotonic,
    )
    shop.at_desks.callback(folders.close, STOP_S)
    return folders
