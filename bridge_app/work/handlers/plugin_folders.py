"""Folders that belong to the plug-in of a shop: whatever is pushed stays out of them."""

from collections.abc import Callable, Sequence

from bridge_app.domain.channel_settings import (
    ChannelSettings,
    PluginFolderError,
    plugin_folder_of,
)
from bridge_app.domain.jobs import JobRecord
from bridge_app.work.context import Context
from bridge_app.work.dispatcher import Handler
from bridge_app.work.outcome import Failed, Outcome


def out_of_plugin_folders(
    handler: Handler, settings: Callable[[], Sequence[ChannelSettings]]
) -> Handler:
    """The same handler of pushes, that is not asked for what would go into such a folder.

    Args:
        handler: Its jobs say `public_id` and `folder`.
        settings: Those of all channels at this moment.
    """

    def handle(job: JobRecord, context: Context) -> Outcome:
        owned = owned_by_a_plugin(job, settings())
        return handler(job, context) if owned is None else Failed(error=owned)

    return handle


def owned_by_a_plugin(
    job: JobRecord, settings: Sequence[ChannelSettings]
) -> PluginFolderError | None:
    """What keeps a push out of a folder that is a plug-in's; None where it goes elsewhere."""
    places = (job.params.get("folder"), job.params.get("public_id"))
    return kept_out(job.name, [str(one) for one in places if one], settings)


def kept_out(
    name: str, places: Sequence[str], settings: Sequence[ChannelSettings]
) -> PluginFolderError | None:
    """The same of something that goes to these places: folders, public IDs."""
    for place in filter(None, places):
        owner = plugin_folder_of(place, settings)
        if owner is not None:
            channel, folder = owner
            return PluginFolderError(name=name, folder=folder, channel=channel)
    return None
