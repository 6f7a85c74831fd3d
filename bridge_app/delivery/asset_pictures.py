"""Where a picture of a cloud asset is fetched from, as small as it may be."""

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.addresses import GUARDED, host_of
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import NotFoundError
from bridge_app.transform import Transformation, parse
from bridge_app.transform.delivery_address import DeliveryUrl
from bridge_app.transform.delivery_url import DeliveryPath

READABLE = frozenset(("jpg", "jpeg", "png", "webp", "gif"))
"""What decoders here read as it is delivered."""
CLEAR = frozenset(("png", "webp", "gif", "svg", "avif", "psd", "tif", "tiff"))
"""Formats that may have transparent parts, which a JPEG would fill."""
SMALL = {512: 300_000, 1600: 2_000_000}
"""Edge in pixels -> bytes of an original that is fetched itself: a derived file costs a
transformation of the plan."""


def picture_url(asset: CloudAsset, credentials: Credentials, edge_px: int) -> str:
    """The signed address of a picture of at most `edge_px` a side; of a video, of one frame.

    Signed where that can be done, so that strict environments give it too; where nothing can
    be signed here, guarded assets have no picture: NotFoundError.
    """
    shown_as_is = (
        asset.resource_type == "image"
        and asset.format.lower() in READABLE
        and asset.bytes <= SMALL.get(edge_px, 0)
    )
    if asset.delivery_type in GUARDED and not credentials.can_sign:
        raise NotFoundError(what=f"A picture of {asset.name} that needs no signature")
    box = parse(f"c_limit,h_{edge_px},w_{edge_px}/q_auto")
    path = DeliveryPath(
        public_id=asset.public_id,
        resource_type=asset.resource_type,
        delivery_type=asset.delivery_type,
        transformation=Transformation(components=()) if shown_as_is else box,
        version=asset.version,
        extension=asset.format if shown_as_is else _extension(asset),
    )
    url = DeliveryUrl(host=host_of(credentials.account), path=path)
    return str(url.signed(credentials.secret.reveal()) if credentials.can_sign else url)


def _extension(asset: CloudAsset) -> str:
    is_clear = asset.resource_type == "image" and asset.format.lower() in CLEAR
    return "png" if is_clear else "jpg"
