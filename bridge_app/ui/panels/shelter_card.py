"""The inspector's card of what a PhotoShelter-style service says of a master."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import service_name, shelter_of
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated, moment_text, number_text, one_line
from bridge_app.ui.models.shelter_facts import Publication, ShelterFacts, shelter_facts
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.shelter_wording import (
    limits_text,
    published_text,
    releases_text,
    source_text,
    visibility_text,
    warnings_text,
)
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

ICON_PX = 18
MOST_GALLERIES = 6


class ShelterCard(QFrame):
    """Hidden unless the asset is a master of such a service; its facts are read elsewhere."""

    placeWanted = Signal(object)  # Query of a gallery

    def __init__(self, worker: Worker, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._latest = Latest(asker, self)
        self._asset: Asset | None = None
        self._icon = QLabel()
        self._title = ElidedLabel()
        self._trouble = Banner(theme, icons)
        self._state = Banner(theme, icons)
        self._galleries = QVBoxLayout()
        self._rows: dict[str, tuple[QWidget, QLabel]] = {}
        self._places = QWidget()
        self._build()
        theme.changed.connect(self._dress)
        self._dress()
        self.setVisible(False)

    @property
    def note(self) -> str:
        """What a person should know of it; "" where there is nothing."""
        return self._trouble.text

    @property
    def texts(self) -> dict[str, str]:
        """What it says under each heading that is shown."""
        return {name: label.text() for name, (row, label) in self._rows.items() if row.isVisible()}

    def show_asset(self, asset: Asset | None) -> None:
        """Tell about this one; nothing for an asset of another library."""
        if asset is None or shelter_of(asset.library) is None:
            self._asset = None
            self._latest.forget()
            self.setVisible(False)
            return
        if self._asset is None or self._asset.id != asset.id:
            self.setVisible(False)
        self._asset = asset
        worker = self._worker
        self._latest.ask(lambda: shelter_facts(worker, asset), self.show_facts, self._fail)

    def take_changes(self, changes: ChangeSet) -> None:
        """The service may say something else now."""
        asset = self._asset
        if asset is not None and (changes.listing or asset.id in changes.assets or changes.jobs):
            self.show_asset(asset)

    def show_facts(self, facts: ShelterFacts | None) -> None:
        """Tell these; None hides the card."""
        self.setVisible(facts is not None)
        if facts is None:
            return
        record, reading = facts.asset, facts.reading
        self._title.setText(one_line(facts.library))
        service = isolated(service_name(record.account))
        self.setAccessibleName(self.tr("At {service}").format(service=service))
        self._show_galleries(facts.galleries)
        sources = [source_text(said) for said in reading.approval.all_sources]
        self._say("visibility", visibility_text(record.visibility))
        self._say("approval", "\n".join(sources))
        self._say("limits", limits_text(reading.restrictions))
        self._say("releases", releases_text(reading.restrictions))
        self._say("changed", self._changed(facts))
        self._say("published", published_text(facts.publication))
        warnings = warnings_text(reading.warnings)
        if warnings:
            self._trouble.say(Tone.WARNING, self.tr("Note: {what}.").format(what=warnings))
        else:
            self._trouble.hush()
        self._tell_state(facts.publication)

    def _tell_state(self, published: Publication) -> None:
        """Of what was pushed: withheld now, or of an older version."""
        if published.withdrawn:
            text = self.tr("What was pushed of it is held back: nobody sees it any more.")
            self._state.say(Tone.NEGATIVE, text, icon="ban")
        elif published.outdated:
            text = self.tr(
                "It has a newer version than was pushed. Push it again to put it in the old "
                "one’s place."
            )
            self._state.say(Tone.WARNING, text, icon="circle-arrow-up")
        else:
            self._state.hush()

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self._title.setProperty("tone", "strong")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(9)
        layout.addLayout(head)
        layout.addWidget(self._state)
        layout.addWidget(self._trouble)
        self._build_galleries(layout)
        for name, title in (
            ("visibility", self.tr("Visible")),
            ("approval", self.tr("Its approval there")),
            ("limits", self.tr("Limits")),
            ("releases", self.tr("Releases")),
            ("published", self.tr("Published")),
            ("changed", self.tr("Changed there")),
        ):
            value = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            value.setAlignment(leading())
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row = _stacked(title, value)
            self._rows[name] = (row, value)
            layout.addWidget(row)

    def _build_galleries(self, layout: QVBoxLayout) -> None:
        inside = QVBoxLayout(self._places)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3)
        heading = QLabel(self.tr("Galleries"))
        heading.setAlignment(leading())
        heading.setProperty("tone", "heading")
        self._galleries.setSpacing(2)
        inside.addWidget(heading)
        inside.addLayout(self._galleries)
        layout.addWidget(self._places)

    def _show_galleries(self, galleries: tuple[tuple[str, Query], ...]) -> None:
        while (item := self._galleries.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        for name, place in galleries[:MOST_GALLERIES]:
            button = QPushButton(isolated(one_line(name)).replace("&", "&&"))
            button.setProperty("kind", "link")
            button.setToolTip(self.tr("Go to {place}").format(place=one_line(place.folder)))
            button.clicked.connect(lambda _=False, place=place: self.placeWanted.emit(place))
            self._galleries.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        more = len(galleries) - MOST_GALLERIES
        if more > 0:
            self._galleries.addWidget(QLabel(self.tr("and %Ln more", "", more)))
        self._places.setVisible(bool(galleries))

    def _changed(self, facts: ShelterFacts) -> str:
        moment = facts.asset.modified_at
        text = moment_text(moment) if moment else ""
        if facts.asset.version > 1:
            version = self.tr("version {number}").format(number=number_text(facts.asset.version))
            text = ", ".join(filter(None, (text, version)))
        return text

    def _say(self, name: str, text: str) -> None:
        row, label = self._rows[name]
        label.setText(text)
        row.setVisible(bool(text))

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self.setVisible(True)

    def _dress(self) -> None:
        colour = self._theme.tokens.text_muted
        self._icon.setPixmap(
            self._icons.pixmap("library", colour, ICON_PX, self.devicePixelRatioF())
        )


def _stacked(title: str, value: QLabel) -> QWidget:
    row = QWidget()
    stack = QVBoxLayout(row)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(3)
    heading = QLabel(title)
    heading.setAlignment(leading())
    heading.setProperty("tone", "heading")
    heading.setBuddy(value)
    stack.addWidget(heading)
    stack.addWidget(value)
    return row
