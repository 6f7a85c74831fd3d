"""A file that came with a request, on its way to being one of the service's.

Source: reference/photoshelter.md 8.
"""

from dataclasses import replace

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.photoshelter.calls import ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request, unprocessable
from bridge_app.sandbox.photoshelter.fields import Upload
from bridge_app.sandbox.photoshelter.kinds import kind_of
from bridge_app.sandbox.photoshelter.media_edits import LONGEST_NAME
from bridge_app.sandbox.photoshelter.records import FileVersion

WITHOUT_PIXELS = frozenset({"document"})


def upload_of(call: ShelterCall) -> Upload:
    """The file part of a request.

    Raises:
        ShelterError: 400, there is none.
    """
    if call.fields.upload is None:
        raise bad_request("file is missing")
    return call.fields.upload


def name_of(call: ShelterCall, upload: Upload) -> str:
    """What the file is to be called; what stands before a slash is no part of it.

    Raises:
        ShelterError: 422, it has no name, or one that is too long.
    """
    given = call.fields.text("file_name") or upload.name
    name = given.replace("\\", "/").rpartition("/")[2].strip()
    if not name or len(name) > LONGEST_NAME:
        raise unprocessable(f"file_name has 1 to {LONGEST_NAME} characters")
    return name


async def kept_file(call: ShelterCall, upload: Upload, name: str) -> FileVersion:
    """The stored file, measured; its number is 1 until somebody says otherwise."""
    return await call.service.in_thread(_kept, call, upload, kind_of(name))


def _kept(call: ShelterCall, upload: Upload, kind: str) -> FileVersion:
    content = call.state.contents.keep_file(upload.content.path())
    file = FileVersion(
        number=1,
        size=upload.content.bytes,
        content=content,
        creator=call.caller.user_id or None,
        uploaded_at=call.now,
    )
    if kind in WITHOUT_PIXELS:
        return file
    try:
        facts = call.service.decoder.probe(call.state.contents.path(content))
    except BridgeError:
        # The service takes any bytes; what nobody can read has no size in pixels.
        return file
    return replace(file, width=facts.width, height=facts.height, duration_s=facts.duration_s)
