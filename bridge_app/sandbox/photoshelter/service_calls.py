"""What the service says of itself: its version, and what it is able to do.

Source: reference/photoshelter.md 16.
"""

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import not_found
from bridge_app.sandbox.photoshelter.settings import CAPABILITIES


def _version(call: ShelterCall) -> Reply:
    """The version and the capabilities; the real service has no such call."""
    settings = call.state.settings
    if not settings.tells_version:
        raise not_found()
    able = {name: name in settings.capabilities for name in CAPABILITIES}
    return Reply(data={"version": "4.0", "emulator": True, "capabilities": able})


SERVICE_CALLS = (Call(method="GET", path="/version", answer=_version),)
