"""The fields of a rights claim, of one asset or of many: only what a person touches is changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rights_changes import ClaimChange
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.domain.rights_times import Edge, typed
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.rights_documents import RightsDocumentsList
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.metadata_editors import DateEditor
from bridge_app.ui.parts.codes_field import CodesField
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.rights_wording import channel_groups, release_text, territory_groups
from bridge_app.work.rights import RightsDesk, zone_named

TERMS_PX = 72
SAID = ("unsaid", "yes", "no")
WORDS = {None: "unsaid", True: "yes", False: "no"}
LISTS = ("territories", "excluded_territories", "channels", "excluded_channels")
RELEASES = ("model_released", "property_released")


class RightsForm(SeeingScroll):
    """Texts that differ between the assets are shown as such, and stay until they are touched."""

    edited = Signal()

    def __init__(self, desk: RightsDesk, asker: Asker, looks: Looks) -> None:
        super().__init__()
        theme, icons = looks.theme, looks.icons
        self.starts, self.ends = DateEditor(theme, icons), DateEditor(theme, icons)
        self.zone = EditableBox()
        self.zone.setInsertPolicy(EditableBox.InsertPolicy.NoInsert)
        names = (
            self.tr("Territories"),
            self.tr("Not in"),
            self.tr("Channels"),
            self.tr("Not for"),
        )
        self.lists = {
            field: CodesField(
                theme, icons, territory_groups() if "territ" in field else channel_groups(), name
            )
            for field, name in zip(LISTS, names, strict=True)
        }
        self.licence, self.credit_line, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.usage_terms = QPlainTextEdit()
        self.releases = {field: StillBox() for field in RELEASES}
        self.documents = RightsDocumentsList(desk, asker, looks)
        self._before: dict[str, str | None] = {}
        self.setAccessibleName(self.tr("Rights"))
        self._build()

    def show_zones(self, names: Sequence[str]) -> None:
        """Offer these time zones; what stands there stays."""
        kept = self.zone.currentText()
        self.zone.clear()
        self.zone.addItems(list(names))
        self.zone.setCurrentText(kept)
        completer = QCompleter(list(names), self.zone)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setProperty("surface", "card")
        completer.setPopup(popup)
        self.zone.setCompleter(completer)

    def show_claims(self, claims: Sequence[RightsClaim]) -> None:
        """What is claimed now; of several, what they have in common."""
        told = [_texts(claim) for claim in claims]
        self._before = {
            field: told[0][field] if len({one[field] for one in told}) == 1 else None
            for field in told[0]
        }
        self._fill(self._before)
        shared = [one for one in claims[0].documents if all(one in c.documents for c in claims)]
        self.documents.show_documents(tuple(shared))

    def apply_template(self, claim: RightsClaim) -> None:
        """Put a template's fields over these; only what it says."""
        said = {field: text for field, text in _texts(claim).items() if text not in ("", "unsaid")}
        if not (claim.window.starts or claim.window.ends):
            said.pop("zone")
        self._fill({**self._now(), **said})
        self.documents.put(claim.documents)
        self.edited.emit()

    def change(self) -> ClaimChange:
        """What was touched."""
        now, before = self._now(), self._before
        touched = {
            field: text
            for field, text in now.items()
            if (text != before.get(field) if before.get(field) is not None else text != "")
        }
        if "zone" in touched:
            # The dates are meant as they are read now, at another place.
            for field in ("starts", "ends"):
                if before.get(field) is not None:
                    touched[field] = now[field]
        elif touched.keys() & {"starts", "ends"}:
            touched["zone"] = now["zone"]
        return ClaimChange(**touched, added=self.documents.added, removed=self.documents.removed)

    def _now(self) -> dict[str, str]:
        return {
            "starts": self.starts.text(),
            "ends": self.ends.text(),
            "zone": self.zone.currentText(),
            **{field: widget.line.text() for field, widget in self.lists.items()},
            "licence": self.licence.text(),
            "usage_terms": self.usage_terms.toPlainText(),
            "credit_line": self.credit_line.text(),
            **{field: str(box.currentData() or "") for field, box in self.releases.items()},
            "source": self.source.text(),
        }

    def _fill(self, texts: dict[str, str | None]) -> None:
        differs = self.tr("Different values")
        for field, date in (("starts", self.starts), ("ends", self.ends)):
            date.show_value(texts[field], mixed=texts[field] is None)
            if texts[field] is None:
                date.setPlaceholderText(differs)
        self.zone.setCurrentText(texts["zone"] or "")
        lines = {
            **{field: widget.line for field, widget in self.lists.items()},
            "licence": self.licence,
            "credit_line": self.credit_line,
            "source": self.source,
        }
        for field, line in lines.items():
            line.setText(texts[field] or "")
            line.setPlaceholderText(differs if texts[field] is None else self._hint(field))
        self.usage_terms.setPlainText(texts["usage_terms"] or "")
        self.usage_terms.setPlaceholderText(differs if texts["usage_terms"] is None else "")
        for field, box in self.releases.items():
            box.setCurrentIndex(box.findData(texts[field]) if texts[field] else -1)
            box.setPlaceholderText(differs)

    def _hint(self, field: str) -> str:
        return {
            "territories": self.tr("Everywhere"),
            "excluded_territories": self.tr("Nothing is left out"),
            "channels": self.tr("For everything"),
            "excluded_channels": self.tr("Nothing is left out"),
            "source": self.tr("A contract, an e-mail, a person"),
        }.get(field, "")

    def _build(self) -> None:
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.usage_terms.setAccessibleName(self.tr("Usage terms"))
        self.usage_terms.setTabChangesFocus(True)
        for box in self.releases.values():
            for word in SAID:
                box.addItem(release_text(word), word)
        self.zone.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        inside = QWidget()
        form = Form(inside)
        form.setContentsMargins(0, 0, 10, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(Form.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, rows in self._sections():
            _add_section(form, title, rows)
        self.setWidget(inside)
        self._hear()

    def _sections(self) -> list[tuple[str, list[tuple[str, QWidget]]]]:
        lists, releases = self.lists, self.releases
        return [
            (
                self.tr("When"),
                [
                    (self.tr("&From"), self.starts),
                    (self.tr("&Until"), self.ends),
                    (self.tr("Time &zone"), self.zone),
                ],
            ),
            (
                self.tr("Where and for what"),
                [
                    (self.tr("&Territories"), lists["territories"]),
                    (self.tr("&Not in"), lists["excluded_territories"]),
                    (self.tr("&Channels"), lists["channels"]),
                    (self.tr("Not f&or"), lists["excluded_channels"]),
                ],
            ),
            (
                self.tr("Terms"),
                [
                    (self.tr("&Licence"), self.licence),
                    (self.tr("Usa&ge terms"), _held_open(self.usage_terms)),
                    (self.tr("Cre&dit line"), self.credit_line),
                    (self.tr("Sou&rce"), self.source),
                ],
            ),
            (
                self.tr("Releases and documents"),
                [
                    (self.tr("&Model release"), releases["model_released"]),
                    (self.tr("&Property release"), releases["property_released"]),
                    (self.tr("Documents"), self.documents),
                ],
            ),
        ]

    def _hear(self) -> None:
        for line in (self.starts, self.ends, self.licence, self.credit_line, self.source):
            line.textChanged.connect(lambda _: self.edited.emit())
        self.zone.currentTextChanged.connect(lambda _: self.edited.emit())
        self.usage_terms.textChanged.connect(self.edited)
        for widget in self.lists.values():
            widget.edited.connect(self.edited)
        for box in self.releases.values():
            box.activated.connect(lambda _: self.edited.emit())
        self.documents.edited.connect(self.edited)


def _held_open(text: QPlainTextEdit) -> QWidget:
    """The style sheet gives it a least height of its own, to which a form would squeeze it."""
    around = QWidget()
    around.setFixedHeight(TERMS_PX)
    around.setFocusProxy(text)
    layout = QVBoxLayout(around)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(text)
    return around


def _add_section(form: Form, title: str, rows: list[tuple[str, QWidget]]) -> None:
    head = QLabel(title)
    head.setProperty("tone", "strong")
    head.setContentsMargins(0, 8 if form.rowCount() else 0, 0, 0)
    form.addRow(head)
    for text, widget in rows:
        form.addRow(text, widget)
        if not widget.accessibleName():
            widget.setAccessibleName(unmarked(text))


def _texts(claim: RightsClaim) -> dict[str, str]:
    """A claim as its fields show it; a claim without dates gets this computer's zone."""
    window = claim.window
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    name = claim.zone if window.starts or window.ends or claim.zone != "UTC" else here
    try:
        zone = zone_named(name)
    except BridgeError:
        name, zone = "UTC", zone_named("UTC")
    return {
        "starts": typed(window.starts, zone, Edge.BEGINS),
        "ends": typed(window.ends, zone, Edge.ENDS),
        "zone": name,
        **{field: ", ".join(sorted(getattr(claim, field))) for field in LISTS},
        "licence": claim.licence,
        "usage_terms": claim.usage_terms,
        "credit_line": claim.credit_line,
        **{field: WORDS[getattr(claim, field)] for field in RELEASES},
        "source": claim.source,
    }
