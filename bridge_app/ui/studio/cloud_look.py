"""What Cloudinary alone can draw: said over the picture, and shown from there when it is wanted.

Never by itself: each text that is asked for is made there, and counts.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform.fidelity import Fidelity
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.messages import error_text
from bridge_app.ui.studio.badge import WORDS
from bridge_app.ui.studio.canvas import Canvas
from bridge_app.ui.studio.cloud_picture import Fetch, as_delivered, in_the_way
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.facts_bar import FactsBar
from bridge_app.ui.studio.previews import Previews, Proof, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudParts:
    """The parts of a studio that show what comes from Cloudinary."""

    document: Document
    previews: Previews
    canvas: Canvas
    foot: FactsBar


class CloudLook(QObject):
    """Has to hear of frames after whoever shows them."""

    def __init__(self, fetch: Fetch, asker: Asker, asset: Asset, parts: CloudParts) -> None:
        super().__init__(parts.canvas)
        self._fetch = fetch
        self._asker = asker
        self._asset = asset
        self._parts = parts
        self._shown: Proof | None = None
        self._asked = ""
        parts.previews.drawn.connect(self._follow)
        parts.previews.proved.connect(self._follow)
        parts.foot.cloudWanted.connect(self.show)

    def show(self) -> None:
        """Have what is typed made by Cloudinary, and show it."""
        text = str(self._parts.document.chain)
        if self._asset.cloud is None or self._asked == text:
            return
        self._asked = text
        typed = RenditionPreset(name="studio", title="", transformation=text, format="")
        preset = as_delivered(self._asset, typed)
        self._parts.foot.offer_cloud(on=False)
        self._asker.ask(lambda: self._proof(preset), self._take, self._refuse)

    def _proof(self, preset: RenditionPreset) -> Proof:
        """Blocking."""
        made = self._fetch(self._asset.id, preset)
        return Proof(
            text=preset.transformation,
            bytes=made.bytes,
            format="jpg" if made.format == "jpeg" else made.format,
            image=decoded(made.picture),
            size=(made.width, made.height),
            fidelity=Fidelity.EXACT.value,
            reasons=(),
        )

    def _follow(self, frame: Shown | Proof | None) -> None:
        """A frame is on the canvas; say so where it lacks what Cloudinary alone can do."""
        if frame is None:
            return
        if self._shown is not None and self._shown.text == frame.text:
            self._put(self._shown)
            return
        is_alone = frame.fidelity == Fidelity.CLOUD_ONLY.value
        why_not = in_the_way(self._asset)
        self._parts.foot.offer_cloud(on=is_alone and not why_not and self._asked != frame.text)
        if is_alone:
            self._parts.canvas.say(QCoreApplication.translate("studio", WORDS[frame.fidelity]))
            if why_not:
                self._parts.foot.say(why_not)

    def _take(self, proof: Proof) -> None:
        self._asked = ""
        self._shown = proof
        if proof.text == str(self._parts.document.chain):
            self._put(proof)

    def _put(self, proof: Proof) -> None:
        self._parts.foot.offer_cloud(on=False)
        self._parts.foot.show_proof(proof)
        self._parts.canvas.say("")
        if proof.shown is not None:
            self._parts.canvas.show_rendition(proof.shown)

    def _refuse(self, error: BridgeError) -> None:
        self._asked = ""
        self._parts.foot.say(error_text(error))
        self._parts.foot.offer_cloud(on=True)
