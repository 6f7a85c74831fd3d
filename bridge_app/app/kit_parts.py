"""Makes those who keep, weigh and export channel kits out of the other parts."""

from collections.abc import Callable, Sequence

from bridge_app.app.workbench import Workbench
from bridge_app.storage.jobs import NewJob
from bridge_app.work.crew_port import Crew
from bridge_app.work.handlers.kits import KitHandler
from bridge_app.work.handlers.kits import KitMeans as HandlerMeans
from bridge_app.work.kits import KitDesk, KitMeans
from bridge_app.work.master_renders import MasterRenders


def kit_desk(
    shop: Workbench, crew: Crew, *, queue: Callable[[Sequence[NewJob]], list[int]]
) -> KitDesk:
    """Who is asked about kits."""
    means = KitMeans(
        presets=crew.rendition_presets,
        renditions=crew.renditions,
        readers=shop.stock.readers,
        render=_renders(shop, crew),
        queue=queue,
        trail=shop.stock.audit,
        who=shop.who,
        now=shop.now,
        tell=shop.announcer.tell,
    )
    return KitDesk(shop.stock.kits, means)


def kit_handler(shop: Workbench, crew: Crew) -> KitHandler:
    """Who exports them."""
    means = HandlerMeans(
        readers=shop.stock.readers,
        decoder=shop.decoder,
        gate=shop.stock.gate,
        trail=shop.stock.audit,
        places=crew.outside.places,
        render=_renders(shop, crew),
        link=crew.pictures.link,
        fetch=crew.pictures.fetch,
        who=shop.who,
        pieces=shop.stock.kit_pieces,
        is_wanted=shop.stock.jobs.may_go_on,
    )
    return KitHandler(means=means)


def _renders(shop: Workbench, crew: Crew) -> MasterRenders:
    return MasterRenders(decoder=shop.decoder, file_path=shop.file_path, beside=crew.studio.beside)
