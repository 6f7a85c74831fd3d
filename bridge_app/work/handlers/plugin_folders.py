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
        shops = settings()
        places = (job.params.get("folder"), job.params.get("public_id"))
        for place in filter(None, places):
            owner = plugin_folder_of(str(place), shops)
            if owner is not None:
                channel, folder = owner
                error = PluginFolderError(name=job.name, folder=folder, channel=channel)
                return Failed(error=error)
        return handler(job, context)

    return handle
