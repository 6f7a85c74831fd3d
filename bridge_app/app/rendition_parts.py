"""The parts that keep presets and make renditions, put together for `build`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bridge_app.delivery.derived_renditions import DerivedRenditions
from bridge_app.delivery.named_transformations import NamedTransformations
from bridge_app.domain.assets import LibraryId
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.jobs import NewJob
from bridge_app.work.beside import Beside
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.drawn_boxes import DrawnBoxes
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.fresh_masters import Masters
from bridge_app.work.handlers.renditions import ExportHandler, MakeHandler
from bridge_app.work.kinds import EXPORT, MAKE
from bridge_app.work.layer_pictures import CatalogLayers
from bridge_app.work.places import PlaceDesk
from bridge_app.work.preset_shelf import PresetShelf
from bridge_app.work.renditions import RenditionDesk, RenditionMeans

FilePath = Callable[[LibraryId, str], Path]


def preset_shelf(
    stock: Stock, environments: Environments, announcer: Announcer, now: Callable[[], datetime]
) -> PresetShelf:
    """What is asked about presets and sets."""
    return PresetShelf(
        stock.rendition_presets,
        stock.made,
        opened=lambda environment: NamedTransformations(environments.credentials(environment)),
        tell=announcer.tell,
        now=now,
    )


def beside(
    stock: Stock,
    environments: Environments,
    *,
    file_path: FilePath,
    online: Callable[[], bool],
    now: Callable[[], datetime],
) -> Beside:
    """What counts beside a master's file."""
    return Beside(
        layers=CatalogLayers(
            stock.readers, file_path=file_path, account=environments.current, now=now
        ),
        named=stock.named,
        boxes=DrawnBoxes(environments.credentials, is_online=online),
    )


def export_handlers(
    stock: Stock,
    decoder: DecoderPool,
    *,
    file_path: FilePath,
    beside: Beside,
    places: PlaceDesk,
    environments: Environments,
) -> dict[str, Handler]:
    """Who makes renditions here, by the kind of job."""
    return {
        EXPORT: ExportHandler(
            readers=stock.readers,
            decoder=decoder,
            file_path=file_path,
            places=places,
            beside=beside,
            environment=lambda: _current(environments),
        )
    }


def making_handlers(
    stock: Stock, environments: Environments, masters: Masters, *, who: Callable[[], str]
) -> dict[str, Handler]:
    """Who has renditions made in the cloud, by the kind of job."""
    return {
        MAKE: MakeHandler(
            readers=stock.readers,
            gate=stock.gate,
            masters=masters,
            opened=lambda environment: DerivedRenditions(environments.credentials(environment)),
            made=stock.made,
            who=who,
            arriving=stock.jobs.queued_pushes,
        )
    }


def rendition_desk(  # noqa: PLR0913 - each is a part of its own
    stock: Stock,
    environments: Environments,
    decoder: DecoderPool,
    *,
    file_path: FilePath,
    queue: Callable[[Sequence[NewJob]], list[int]],
    who: Callable[[], str],
    now: Callable[[], datetime],
) -> RenditionDesk:
    """Who plans and queues them."""
    means = RenditionMeans(
        environment=lambda: _current(environments),
        gate=stock.gate,
        named=stock.named,
        opened=lambda environment: DerivedRenditions(environments.credentials(environment)),
        file_path=file_path,
        queue=queue,
        trail=stock.audit,
        who=who,
        now=now,
    )
    return RenditionDesk(stock.readers, stock.made, decoder, means)


def _current(environments: Environments) -> str | None:
    account = environments.current()
    return account.environment if account else None
