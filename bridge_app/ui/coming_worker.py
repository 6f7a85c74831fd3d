"""Stands for the worker in a window that is shown before there is one."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from bridge_app.domain.assets import AssetId
from bridge_app.domain.query import Query

if TYPE_CHECKING:
    from bridge_app.storage.search import CatalogReader
    from bridge_app.storage.thumbs import ThumbsReader
    from bridge_app.ui.models.listing import Listing
    from bridge_app.work.worker import Worker


class ComingWorker:
    """Reads at once; pictures that have to be made wait, in the threads that ask, until it `came`.

    `query` is what is shown first, and `listing` what that finds, as soon as it is known.
    """

    def __init__(
        self,
        *,
        catalog_reader: "Callable[[], CatalogReader]",
        thumbs_reader: "Callable[[], ThumbsReader]",
        query: Query,
        listing: "Callable[[Query], Listing | None]" = lambda _: None,
    ) -> None:
        self.catalog_reader = catalog_reader
        self.thumbs_reader = thumbs_reader
        self.query = query
        self.listing = listing
        self._worker: Future[Worker] = Future()

    def came(self, worker: "Worker") -> None:
        """Here it is."""
        self._worker.set_result(worker)

    def gone(self) -> None:
        """It will not come any more: nobody waits."""
        self._worker.cancel()

    def thumbnail(self, asset: AssetId) -> bytes:
        """As `Worker.thumbnail`."""
        return self._worker.result().thumbnail(asset)

    def preview(self, asset: AssetId) -> bytes:
        """As `Worker.preview`."""
        return self._worker.result().preview(asset)
