"""Makes those who keep, weigh and export channel kits out of the other parts."""

from typing import TYPE_CHECKING

from bridge_app.work.handlers.kits import KitHandler
from bridge_app.work.handlers.kits import KitMeans as HandlerMeans
from bridge_app.work.kits import KitDesk, KitMeans
from bridge_app.work.master_renders import MasterRenders

if TYPE_CHECKING:
    from bridge_app.app.workshop import Workshop


def kit_desk(shop: "Workshop") -> KitDesk:
    """Who is asked about kits."""
    means = KitMeans(
        presets=shop.rendition_presets,
        renditions=shop.renditions,
        readers=shop.stock.readers,
        render=_renders(shop),
        queue=shop.queue,
        trail=shop.stock.audit,
        who=shop.who,
        now=shop.now,
        tell=shop.announcer.tell,
    )
    return KitDesk(shop.stock.kits, means)


def kit_handler(shop: "Workshop") -> KitHandler:
    """Who exports them."""
    means = HandlerMeans(
        readers=shop.stock.readers,
        decoder=shop.decoder,
        gate=shop.stock.gate,
        trail=shop.stock.audit,
        places=shop.outside.places,
        render=_renders(shop),
        link=shop.pictures.link,
        fetch=shop.pictures.fetch,
        who=shop.who,
        pieces=shop.stock.kit_pieces,
    )
    return KitHandler(means=means)


def _renders(shop: "Workshop") -> MasterRenders:
    return MasterRenders(decoder=shop.decoder, file_path=shop.file_path, beside=shop.beside)
