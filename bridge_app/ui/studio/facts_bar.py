"""The foot of the studio: size, format and bytes of the rendition, how true it is, and the text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from bridge_app.domain.errors import BridgeError
from bridge_app.transform.errors import TransformationError
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, error_text, number_text, pixels_text
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.studio.badge import FidelityBadge
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.previews import Proof, Shown
from bridge_app.ui.studio.raw_text import RawText
from bridge_app.ui.theme import Theme

BYTES_A_PIXEL = {"avif": 0.06, "webp": 0.09, "jpg": 0.14, "png": 1.1, "gif": 0.6}


class FactsBar(QFrame):
    """What is known of the file now: an estimate while one works, the truth a moment later."""

    def __init__(self, document: Document, theme: Theme, icons: Icons, master_bytes: int) -> None:
        super().__init__()
        self._document = document
        self._master_bytes = master_bytes
        self.text = RawText(document, theme)
        self.badge = FidelityBadge(theme, icons)
        self.facts = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.trouble = ElidedLabel()
        self.setProperty("surface", "panel")
        self.trouble.setProperty("tone", "muted")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.facts)
        line.addWidget(self.trouble, 1)
        line.addWidget(self.badge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.text)
        layout.addLayout(line)
        document.changed.connect(self._show_error)

    def show_estimate(self, shown: Shown) -> None:
        """Its size is known; how many bytes it has, about."""
        self.badge.show_truth(shown.fidelity, shown.reasons)
        form = _format(str(self._document.chain))
        about = round(shown.size[0] * shown.size[1] * BYTES_A_PIXEL[form], -3)
        self.facts.setText(
            self.tr("{pixels}  ·  {format}  ·  about {bytes}").format(
                pixels=pixels_text(shown.size), format=form.upper(), bytes=bytes_text(int(about))
            )
        )

    def show_proof(self, proof: Proof) -> None:
        """The real file is made."""
        self.badge.show_truth(proof.fidelity, proof.reasons)
        parts = [pixels_text(proof.size), proof.format.upper(), bytes_text(proof.bytes)]
        if 0 < proof.bytes < self._master_bytes:
            saved = int(100 * (1 - proof.bytes / self._master_bytes))
            parts.append(self.tr("{percent} % smaller").format(percent=number_text(saved)))
        self.facts.setText("  ·  ".join(parts))

    def say(self, text: str) -> None:
        """A sentence about what is wrong; "" for nothing."""
        self.trouble.setText(text)

    def refuse(self, error: BridgeError) -> None:
        """What was read cannot be drawn; where that is about a place in the text, it is marked."""
        if isinstance(error, TransformationError):
            self.text.refuse(error)
            self._show_place(error)
        else:
            self.say(error_text(error))
            self.trouble.setToolTip("")

    def _show_error(self) -> None:
        error = self._document.error
        if error is None:
            self.say("")
        else:
            self._show_place(error)

    def _show_place(self, error: TransformationError) -> None:
        self.say(
            self.tr("Character {place}: “{found}”, expected {expected}").format(
                place=number_text(error.position + 1), found=error.short, expected=error.expected
            )
        )
        self.trouble.setToolTip(error_text(error))


def _format(text: str) -> str:
    """The format that a transformation asks for; JPEG where it does not say."""
    asked = [
        part.removeprefix("f_")
        for component in text.split("/")
        for part in component.split(",")
        if part.startswith("f_")
    ]
    last = asked[-1] if asked else "jpg"
    return {"auto": "avif", "jpeg": "jpg"}.get(last, last if last in BYTES_A_PIXEL else "jpg")
