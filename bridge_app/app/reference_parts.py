"""Makes who brings masters from their services to Cloudinary, out of the application's parts."""

from collections.abc import Callable

from bridge_app.delivery.reference_uploads import ReferenceUploads
from bridge_app.domain.assets import AssetId
from bridge_app.domain.field_mapping import CloudWords
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.work.crew import Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.push_reference import Masters, PushReferenceHandler
from bridge_app.work.jobs import PUSH_REFERENCE


def reference_handlers(
    stock: Stock,
    environments: Environments,
    masters: Masters,
    *,
    words: Callable[[str, AssetId, ShelterAsset], CloudWords],
) -> dict[str, Handler]:
    """Who pushes by reference, by the kind of job."""
    return {
        PUSH_REFERENCE: PushReferenceHandler(
            readers=stock.readers,
            masters=masters,
            opened=lambda environment: ReferenceUploads(environments.credentials(environment)),
            words=words,
            log=stock.uploads,
            record=stock.retractions,
        )
    }
