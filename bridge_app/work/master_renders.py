"""Files made of masters that are here, with everything that counts beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, LibraryId
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.beside import Beside
from bridge_app.work.pictures import check_unchanged

if TYPE_CHECKING:
    from bridge_app.transform import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterRenders:
    """Blocking; any thread. `file_path` raises BridgeError."""

    decoder: DecoderPool
    file_path: Callable[[LibraryId, str], Path]
    beside: Beside

    def __call__(self, asset: Asset, transformation: str) -> "Rendered":
        """The file of a master as it is catalogued.

        Raises FileChangedError, FileTroubleError, MediaError, TransformationError.
        """
        path = self.file_path(asset.library, asset.path)
        check_unchanged(asset, path)
        return self.decoder.render(
            path,
            transformation,
            layers=self.beside.layers,
            named=self.beside.named_in(transformation),
            record=self.beside.boxes.wanted(asset, transformation),
        )
