"""What is claimed of the rights in assets: seen beside what holds, changed, and recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rights_claims import RecordedClaim, RightsClaim, RightsTemplate
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.dialogs.rights_form import RightsForm
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, moment_text, one_line, rights_text
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.elided_box import ElidedBox
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.rights_wording import (
    claim_text,
    nothing_left,
    places_text,
    said_by_file,
    window_text,
)
from bridge_app.work.rights import Held, RightsDesk, zone_named, zone_names

WIDTH_PX, HEIGHT_PX = 640, 720
NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the dialog begins with; `claims` are all of the one asset it is about."""

    held: list[Held]
    templates: list[RightsTemplate]
    zones: list[str]
    claims: list[RecordedClaim]


class RightsEditor(QDialog):
    """`claimed` carries of how many assets something was claimed."""

    claimed = Signal(int)

    def __init__(
        self,
        desk: RightsDesk,
        asker: Asker,
        looks: Looks,
        assets: Sequence[AssetId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looks = looks
        self._assets = tuple(assets)
        self._latest = Latest(asker, self)
        self._keeping, self._foreseeing = Latest(asker, self), Latest(asker, self)
        self._templates: list[RightsTemplate] = []
        self._held: list[Held] = []
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "copyright",
            title=self.tr("Rights in %Ln asset(s)", "", len(self._assets)),
            text=self.tr("A claim never widens what a file says: of both, the stricter holds."),
        )
        self._holds = QLabel(wordWrap=True)
        self._said = Banner(looks.theme, looks.icons)
        self.tabs = QTabBar()
        self._pages = QStackedWidget()
        self.form = RightsForm(desk, asker, looks)
        self.history = LineList(self)
        self.template = ElidedBox()
        self.keep = QPushButton(self.tr("Save as Template…"), autoDefault=False)
        self.act = QPushButton(self.tr("Claim"), default=True)
        self._build()
        self._latest.ask(self._read, self._show, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        for latest in (self._latest, self._keeping, self._foreseeing):
            latest.forget()
        super().done(result)

    def save_template(self, name: str) -> None:
        """Keep what stands in the form under a name."""
        change, desk = self.form.change(), self._desk
        begin = self._common()

        def keep() -> list[RightsTemplate]:
            desk.save_template(name, change.applied(begin, zone_named))
            return desk.templates()

        self._keeping.ask(keep, self._show_templates, self._fail)

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._holds.setProperty("tone", "muted")
        self.template.setAccessibleName(self.tr("Template"))
        self.template.setToolTip(self.tr("Fill the form with what a template says"))
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.template.activated.connect(self._apply_template)
        self.keep.clicked.connect(self._ask_for_name)
        view = QListView()
        show_lines(
            view, self.history, self._looks.theme, self._looks.icons, self.tr("What was claimed")
        )
        for title, page in ((self.tr("Claim"), self.form), (self.tr("History"), view)):
            self.tabs.addTab(title)
            self._pages.addWidget(page)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(self._head.title)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.tabs.setTabVisible(1, len(self._assets) == 1)
        self.form.edited.connect(self._follow)
        self.form.documents.failed.connect(self._fail)
        self.act.setProperty("kind", "primary")
        self.act.clicked.connect(self._claim)
        leave = QPushButton(self.tr("Cancel"), autoDefault=False)
        leave.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self._holds, self._said):
            layout.addWidget(part)
        layout.addLayout(_row(self.tabs, None, self.template, self.keep))
        layout.addWidget(self._pages, 1)
        layout.addLayout(_row(None, leave, self.act))
        self._enable(on=False)

    def _read(self) -> Read:
        desk, assets = self._desk, self._assets
        return Read(
            held=desk.held(assets),
            templates=desk.templates(),
            zones=zone_names(),
            claims=desk.claims(assets[0]) if len(assets) == 1 else [],
        )

    def _show(self, found: Read) -> None:
        if not found.held:
            self._said.say(Tone.WARNING, self.tr("These assets are not there any more."))
            return
        self.form.show_zones(found.zones)
        self.form.show_claims([one.said for one in found.held])
        self._held = found.held
        self._tell_holding(found.held)
        self._show_templates(found.templates)
        self.history.take([_line(one) for one in found.claims])
        self.tabs.setTabText(1, self.tr("History (%Ln)", "", len(found.claims)))
        self._enable(on=True)
        self._follow()
        self.form.starts.setFocus()

    def _tell_holding(self, held: list[Held]) -> None:
        if len(held) > 1:
            text = self.tr("Fields that you do not touch stay as they are in each.")
        else:
            asset = held[0].asset
            self._head.set_title(
                self.tr("Rights in “{name}”").format(name=isolated(one_line(asset.name)))
            )
            parts = (
                rights_text(asset.rights.state(self._looks.now())),
                one_line(asset.rights.unreadable or "") or window_text(asset.rights),
                *places_text(asset.restrictions),
            )
            text = self.tr("What holds now: {rights}").format(
                rights="  ·  ".join(filter(None, parts))
            )
        self._holds.setText(text)

    def _show_templates(self, templates: list[RightsTemplate]) -> None:
        self._templates = templates
        self.template.clear()
        self.template.addItem(self.tr("Template…"))
        self.template.addItems([one_line(one.name) for one in templates])
        self.template.setEnabled(bool(templates))
        self.keep.setEnabled(True)

    def _apply_template(self, row: int) -> None:
        if row > 0:
            self.form.apply_template(self._templates[row - 1].claim)
        self.template.setCurrentIndex(0)

    def _ask_for_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save as Template"))
        dialog.setLabelText(self.tr("Name of the template"))
        dialog.textValueSelected.connect(self.save_template)
        open_dialog(dialog)

    def _common(self) -> RightsClaim:
        """What a template begins with: the one claim there is, or nothing."""
        return self._held[0].said if len(self._held) == 1 else RightsClaim()

    def _follow(self) -> None:
        self._said.hush()
        change, held = self.form.change(), self._held
        self.act.setEnabled(not change.is_nothing)

        def missed() -> list[Held]:
            return [
                one for one in held if one.has_nothing_left(change.applied(one.said, zone_named))
            ]

        # What is half typed cannot be meant yet; who claims it is told so.
        self._foreseeing.ask(missed, self._forewarn, lambda _: None)

    def _forewarn(self, missed: list[Held]) -> None:
        """A claim that leaves no use is a person's to make, who should mean it."""
        if not missed:
            return
        if len(self._held) == 1:
            more = f". {said_by_file(missed[0].window, missed[0].limits)}"
        else:
            names = ", ".join(isolated(one_line(one.asset.name)) for one in missed[:NAMED])
            more = f": {names} …" if len(missed) > NAMED else f": {names}"
        self._said.say(Tone.WARNING, nothing_left() + more)

    def _enable(self, *, on: bool) -> None:
        for part in (self.form, self.template, self.keep, self.act):
            part.setEnabled(on)

    def _claim(self) -> None:
        change, desk, assets = self.form.change(), self._desk, self._assets
        self._foreseeing.forget()
        self._enable(on=False)
        self._latest.ask(
            lambda: desk.change(assets, lambda claim: change.applied(claim, zone_named)),
            self._is_claimed,
            self._fail,
        )

    def _is_claimed(self, count: int) -> None:
        self.accept()
        self.claimed.emit(count)

    def _fail(self, error: BridgeError) -> None:
        self._enable(on=True)
        self._said.say(Tone.NEGATIVE, error_text(error))


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets beside one another; None is a stretch."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row


def _line(one: RecordedClaim) -> Line:
    source = isolated(one_line(one.claim.source))
    parts = (moment_text(one.at), isolated(one_line(one.who)), source)
    return Line(
        key=str(one.seq),
        icon="copyright",
        title=claim_text(one.claim),
        text="  ·  ".join(filter(None, parts)),
    )
