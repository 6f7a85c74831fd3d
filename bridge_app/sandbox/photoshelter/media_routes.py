"""The routes of media: what each call of the interface is answered by; the first that fits wins."""

from bridge_app.sandbox.photoshelter.calls import Call
from bridge_app.sandbox.photoshelter.custom_metadata import CUSTOM_CALLS
from bridge_app.sandbox.photoshelter.downloads import DOWNLOAD_CALLS
from bridge_app.sandbox.photoshelter.file_links import FILE_LINK_CALLS
from bridge_app.sandbox.photoshelter.images import IMAGE_CALLS, PICTURE_CALLS
from bridge_app.sandbox.photoshelter.linked_renditions import LINKED_CALLS
from bridge_app.sandbox.photoshelter.media import MEDIA_OWN_CALLS
from bridge_app.sandbox.photoshelter.metadata_iptc import METADATA_CALLS
from bridge_app.sandbox.photoshelter.notes import NOTE_CALLS
from bridge_app.sandbox.photoshelter.trash import TRASH_CALLS
from bridge_app.sandbox.photoshelter.uploads import UPLOAD_CALLS
from bridge_app.sandbox.photoshelter.v3_containers import V3_CONTAINER_CALLS
from bridge_app.sandbox.photoshelter.v3_media import V3_MEDIA_CALLS
from bridge_app.sandbox.photoshelter.v3_sessions import V3_SESSION_CALLS
from bridge_app.sandbox.photoshelter.v3_workspaces import V3_WORKSPACE_CALLS
from bridge_app.sandbox.photoshelter.versions import VERSION_CALLS
from bridge_app.sandbox.photoshelter.workspace_calls import WORKSPACE_CALLS

MEDIA_CALLS: tuple[Call, ...] = (
    *DOWNLOAD_CALLS,
    *MEDIA_OWN_CALLS,
    *METADATA_CALLS,
    *CUSTOM_CALLS,
    *IMAGE_CALLS,
    *UPLOAD_CALLS,
    *VERSION_CALLS,
    *WORKSPACE_CALLS,
    *LINKED_CALLS,
    *NOTE_CALLS,
    *TRASH_CALLS,
)
"""Behind /psapi/v4.0."""
V3_CALLS: tuple[Call, ...] = (
    *V3_SESSION_CALLS,
    *V3_CONTAINER_CALLS,
    *V3_MEDIA_CALLS,
    *V3_WORKSPACE_CALLS,
)
"""Behind /psapi/v3, with the key and the envelope of version 3."""
FILE_CALLS: tuple[Call, ...] = (*PICTURE_CALLS, *FILE_LINK_CALLS)
"""Behind nothing, and without a key: signed addresses, such as /img/…; the whole path."""
