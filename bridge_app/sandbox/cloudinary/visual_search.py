"""Visual search: the call is there, the add-on behind it is not.

Source: reference/cloudinary.md 4.2.
"""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.addons import no_subscription
from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json

SOURCES = ("image_url", "image_asset_id", "image_file", "text")


def _searched(_cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Refuse, as the service refuses those who have not subscribed."""
    if sum(name in params for name in SOURCES[:2] + SOURCES[3:]) > 1:
        raise bad_request(f"Exactly one of {', '.join(SOURCES)} must be given")
    raise no_subscription("visual_search")


VISUAL_SEARCH_CALLS = (AdminCall("POST", "/resources/visual_search", _searched),)
