"""Makes who brings masters to Cloudinary from their services, out of the parts."""

from collections.abc import Callable

from bridge_app.delivery.operations import Operations
from bridge_app.delivery.reference_uploads import ReferenceUploads
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.field_mapping import CloudWords
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.storage.looks import LOOK
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.eager_record import EagerRecord
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.fresh_masters import Masters
from bridge_app.work.handlers.look_for_push import LookHandler
from bridge_app.work.handlers.plugin_folders import out_of_plugin_folders
from bridge_app.work.handlers.push_reference import PushReferenceHandler
from bridge_app.work.jobs import PUSH_REFERENCE


def reference_handlers(
    stock: Stock,
    environments: Environments,
    masters: Masters,
    *,
    words: Callable[[str, AssetId, ShelterAsset], CloudWords],
    eager: EagerRecord,
) -> dict[str, Handler]:
    """Who pushes by reference, by the kind of job."""
    handler = PushReferenceHandler(
        readers=stock.readers,
        gate=stock.push_gate,
        masters=masters,
        opened=lambda environment: ReferenceUploads(environments.credentials(environment)),
        words=words,
        log=stock.uploads,
        record=stock.retractions,
        deliveries=stock.deliveries,
        eager=eager,
    )
    return {PUSH_REFERENCE: out_of_plugin_folders(handler, stock.kits.settings)}


def look_handlers(
    stock: Stock, environments: Environments, announcer: Announcer
) -> dict[str, Handler]:
    """Who looks for pushes that ended without an answer, by the kind of job."""

    def mode(environment: str) -> FolderMode:
        return environments.account(environment).folder_mode or FolderMode.DYNAMIC

    return {
        LOOK: LookHandler(
            readers=stock.readers,
            found=stock.found_pushes,
            record=stock.retractions,
            opened=environments.opened,
            references=lambda environment: ReferenceUploads(environments.credentials(environment)),
            operations=lambda environment: Operations(environments.credentials(environment)),
            mode=mode,
            tell=announcer.tell,
        )
    }
