"""The foot of the studio: size, format and bytes of the rendition, how true it is, and the text."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.errors import BridgeError
from bridge_app.transform import parse
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.fidelity import Fidelity
from bridge_app.transform.size_estimate import MasterSize, SizeEstimates
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, error_text, expected_text, number_text, pixels_text
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.studio.badge import FidelityBadge
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.previews import Proof, Shown
from bridge_app.ui.studio.raw_text import RawText
from bridge_app.ui.theme import Theme

DOT = "  ·  "


class FactsBar(QFrame):
    """What is known of the file now: an estimate while one works, the truth a moment later.

    A film's file takes long: it is made when somebody wants to know, and can be stopped.
    """

    cloudWanted = Signal()
    measureWanted = Signal()
    stopWanted = Signal()

    def __init__(self, document: Document, theme: Theme, icons: Icons, master: MasterSize) -> None:
        super().__init__()
        self._document = document
        self._master = master
        self._estimates = SizeEstimates(master=master)
        self._is_measuring = False
        self.text = RawText(document, theme)
        self.measure = QToolButton()
        self.measure.setProperty("chip", "true")
        self.measure.setVisible(False)
        self.measure.clicked.connect(self._measure_or_stop)
        self.cloud = QToolButton()
        self.cloud.setText(self.tr("Show from Cloudinary"))
        self.cloud.setProperty("chip", "true")
        self.cloud.setVisible(False)
        self.cloud.setToolTip(self.tr("Cloudinary makes it now, which may count and cost"))
        self.cloud.clicked.connect(self.cloudWanted)
        self.badge = FidelityBadge(theme, icons)
        self.facts = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.trouble = ElidedLabel()
        self.setProperty("surface", "panel")
        self.trouble.setProperty("tone", "muted")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.facts)
        line.addWidget(self.measure)
        line.addWidget(self.cloud)
        line.addWidget(self.trouble, 1)
        line.addWidget(self.badge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.text)
        layout.addLayout(line)
        document.changed.connect(self._show_error)
        self.show_measuring(on=False)

    def show_estimate(self, shown: Shown) -> None:
        """Its size is known; how many bytes it has, about."""
        if not shown.text:
            self._show_original(shown.size)
            return
        self.badge.show_truth(shown.fidelity, shown.reasons)
        about = self._estimates.about(parse(shown.text), shown.size)
        parts = [pixels_text(shown.size), about.format.upper()]
        if about.seconds is not None:
            parts.append(self._lasting(about.seconds))
        parts.append(self.tr("about {bytes}").format(bytes=bytes_text(about.bytes)))
        self.facts.setText(DOT.join(parts))

    def offer_measuring(self) -> None:
        """What is shown is a film, and its file can be made here."""
        self.measure.setVisible(True)

    def offer_cloud(self, *, on: bool) -> None:
        """What is shown lacks something, and Cloudinary can be asked for it; or not."""
        self.cloud.setVisible(on)

    def show_measuring(self, *, on: bool) -> None:
        """The film's file is being made; or not any more."""
        self._is_measuring = on
        self.measure.setText(self.tr("Stop") if on else self.tr("Measure"))
        about = (
            self.tr("The film is being made. Stop.")
            if on
            else self.tr("Make the film here, and tell how large its file is")
        )
        self.measure.setToolTip(about)
        self.measure.setAccessibleName(about)
        self.say(self.tr("The film is being made, which may take a minute…") if on else "")

    def show_proof(self, proof: Proof) -> None:
        """The real file is made."""
        self.measure.setVisible(False)
        if not proof.text:
            self._show_original(proof.size)
            return
        self.badge.show_truth(proof.fidelity, proof.reasons)
        asked = parse(proof.text)
        self._estimates.learn(asked, proof.size, proof.bytes)
        parts = [pixels_text(proof.size), proof.format.upper()]
        seconds = self._estimates.about(asked, proof.size).seconds
        if seconds is not None:
            parts.append(self._lasting(seconds))
        parts.append(bytes_text(proof.bytes))
        if 0 < proof.bytes < self._master.bytes:
            saved = int(100 * (1 - proof.bytes / self._master.bytes))
            parts.append(self.tr("{percent} % smaller").format(percent=number_text(saved)))
        self.facts.setText(DOT.join(parts))

    def _show_original(self, size: tuple[int, int]) -> None:
        """Without a transformation the master itself is delivered, byte for byte."""
        self.badge.show_truth(Fidelity.EXACT.value, ())
        parts = [pixels_text(size), self._master.ending.upper(), bytes_text(self._master.bytes)]
        if self._master.seconds is not None:
            parts.insert(2, self._lasting(self._master.seconds))
        self.facts.setText(DOT.join(parts))

    def say(self, text: str) -> None:
        """A sentence about what is wrong; "" for nothing."""
        self.trouble.setText(text)

    def _measure_or_stop(self) -> None:
        if self._is_measuring:
            self.stopWanted.emit()
        else:
            self.measureWanted.emit()

    def _lasting(self, seconds: float) -> str:
        return self.tr("{seconds} s").format(seconds=QLocale().toString(seconds, "f", 1))

    def refuse(self, error: BridgeError) -> None:
        """What was read cannot be drawn; where that is about a place in the text, it is marked."""
        self.facts.setText("")
        self.measure.setVisible(False)
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
                place=number_text(error.position + 1),
                found=error.short,
                expected=expected_text(error.expected),
            )
        )
        self.trouble.setToolTip(error_text(error))


def master_size(asset: Asset) -> MasterSize:
    """What estimates go by."""
    return MasterSize(
        bytes=asset.bytes,
        ending="jpg" if asset.format == "jpeg" else asset.format,
        size=asset.display_size,
        seconds=asset.duration_s,
        is_film=asset.kind is Kind.VIDEO,
    )
