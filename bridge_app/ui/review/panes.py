"""What lies on the stage of review mode."""

from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from bridge_app.ui.delegates.badges import Sign
from bridge_app.ui.review.subjects import Key
from bridge_app.ui.studio.previews import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One picture on the stage: what it is, how it stands, and as much of it as is here.

    `size` is its own pixels, as far as they are known; `small` is shown until `shown` is there;
    `note` says why there is nothing.
    """

    key: Key
    label: str
    size: QSizeF
    sign: Sign | None = None
    shown: Shown | None = None
    small: QImage | None = None
    note: str = ""

    @property
    def image(self) -> QImage | None:
        """The best there is."""
        return self.shown.image if self.shown is not None else self.small
