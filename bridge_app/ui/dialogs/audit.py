"""The audit trail in the window: who did what, whether the record is whole, and reports of it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.audit import AuditRecord, head_text
from bridge_app.domain.audit_check import TrailCheck
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.audit_lines import audit_line
from bridge_app.ui.audit_wording import check_text, finding_text
from bridge_app.ui.delegates.two_line import show_lines
from bridge_app.ui.dialogs.audit_filters import Asked, AuditFilters, Scope
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, number_text, one_line
from bridge_app.ui.models.lines import LineList
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.errand import Errand, Told
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.audit import AuditDesk, Page
from bridge_app.work.audit_report import AuditReport, ReportFormat, csv_bytes, json_bytes
from bridge_app.work.rendition_files import write_whole

WIDTH_PX, HEIGHT_PX = 1_020, 660
PAGE = 200
NAMED = 4
"""So many kinds of damage are told in words; a report has all of them."""


class AuditDialog(QDialog):
    """Filters, the entries with the newest first, and what the check found above them.

    `writing` tells the errand that writes a report.
    """

    exported = Signal(Path)
    writing = Signal(object)

    def __init__(
        self,
        desk: AuditDesk,
        asker: Asker,
        looks: Looks,
        scope: Scope,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asker = asker
        self._latest, self._checking = Latest(asker, self), Latest(asker, self)
        self._records: list[AuditRecord] = []
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "shield-check",
            title=self.tr("Audit trail"),
            text=self.tr("Looking through the record…"),
        )
        self.said = Banner(looks.theme, looks.icons)
        self.filters = AuditFilters(looks.icons, scope, now=looks.now)
        self.lines = LineList(self)
        self.view = QListView()
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.more = QPushButton(self.tr("Show more"), autoDefault=False)
        self.again = QPushButton(self.tr("Check again"), autoDefault=False)
        self.export = QPushButton(self.tr("Export…"), autoDefault=False)
        self.reason = QLineEdit()
        self.accept_damage = QPushButton(self.tr("Take note"), autoDefault=False)
        self._note = QWidget()
        self._build(looks)
        self._wire()
        self.filters.words.setFocus()
        self._ask()
        self._check()
        self._asker.ask(desk.people, self.filters.offer_people, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still to come is of no interest any more."""
        for latest in (self._latest, self._checking):
            latest.forget()
        super().done(result)

    def save(self, form: ReportFormat, path: Path) -> None:
        """Write a report of what is asked for to a file; one that is there is replaced."""
        asked = self.filters.asked()
        self.export.setEnabled(False)
        title, desk = one_line(path.name), self._desk
        errand = Errand(self._asker, icon="shield-check", title=title, owner=self)
        self.writing.emit(errand)
        errand.carry_out(
            lambda told: _written(desk, asked, form, path, told), self._is_written, self._fail
        )

    def _build(self, looks: Looks) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        show_lines(
            self.view, self.lines, looks.theme, looks.icons, self.tr("Entries, the newest first")
        )
        self.count.setProperty("tone", "caption")
        self.reason.setPlaceholderText(self.tr("Why it goes on, for instance: restored a backup"))
        self.reason.setAccessibleName(self.tr("Why it goes on in spite of the damage"))
        self.accept_damage.setToolTip(
            self.tr("The damage stays listed; the record goes on from here, with your reason.")
        )
        note = QHBoxLayout(self._note)
        note.setContentsMargins(0, 0, 0, 0)
        note.addWidget(self.reason, 1)
        note.addWidget(self.accept_damage)
        self._note.setVisible(False)
        self.export.setMenu(self._formats())
        close = QPushButton(self.tr("Close"), default=True)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.count)
        buttons.addWidget(self.more)
        buttons.addStretch(1)
        for button in (self.again, self.export, close):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        for part in (self._head, self.said, self._note, self.filters):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)

    def _wire(self) -> None:
        self.filters.changed.connect(self._ask)
        self.more.clicked.connect(self._ask_more)
        self.again.clicked.connect(self._check)
        self.accept_damage.clicked.connect(self._accept)
        self.reason.returnPressed.connect(self._accept)
        self.reason.textChanged.connect(self._allow)
        self._allow()

    def _formats(self) -> QMenu:
        menu = QMenu(self)
        names = {
            ReportFormat.CSV: self.tr("Table (CSV)…"),
            ReportFormat.JSON: self.tr("JSON…"),
            ReportFormat.PDF: self.tr("Pages (PDF)…"),
        }
        for form, name in names.items():
            menu.addAction(name).triggered.connect(partial(self._ask_where, form))
        return menu

    # What is listed

    def _ask(self) -> None:
        asked = self.filters.asked()
        self._latest.ask(lambda: _page(self._desk, asked, None), self._show, self._fail)

    def _ask_more(self) -> None:
        asked, before = self.filters.asked(), self._records[-1].seq
        self._latest.ask(lambda: _page(self._desk, asked, before), self._append, self._fail)

    def _show(self, page: Page) -> None:
        self._records = []
        self._append(page)

    def _append(self, page: Page) -> None:
        self._records += page.records
        self.lines.take([audit_line(record) for record in self._records])
        shown = number_text(len(self._records))
        text = self.tr("{shown} of %Ln entries", "", page.total)
        self.count.setText(text.format(shown=shown))
        self.more.setVisible(len(self._records) < page.total)

    # Whether it is whole

    def _check(self) -> None:
        self.again.setEnabled(False)
        self._checking.ask(self._desk.check, self._tell, self._fail)

    def _accept(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.accept_damage.setEnabled(False)
            self._checking.ask(lambda: self._desk.accept(reason), self._accepted, self._fail)

    def _accepted(self, check: TrailCheck) -> None:
        self.reason.clear()
        self._tell(check)
        self._ask()

    def _tell(self, check: TrailCheck) -> None:
        self.again.setEnabled(True)
        self._head.set_text(check_text(check))
        icon, badge = _sign(check)
        self._head.set_icon(icon, badge=badge)
        self._head.setToolTip(
            self.tr("Head of the trail: {head}").format(head=head_text(check.head))
        )
        self._note.setVisible(not check.is_sound or check.ahead is not None)
        if check.findings:
            told = [finding_text(one) for one in check.findings[:NAMED]]
            rest = len(check.findings) - len(told)
            told += [self.tr("And %Ln more.", "", rest)] if rest else []
            self.said.say(Tone.NEGATIVE, "\n".join(told))
        else:
            self.said.hush()

    def _allow(self) -> None:
        self.accept_damage.setEnabled(bool(self.reason.text().strip()))

    # Reports

    def _ask_where(self, form: ReportFormat) -> None:
        dialog = QFileDialog(self, self.tr("Export the audit trail"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(f"audit.{form.value}")
        dialog.fileSelected.connect(lambda path: self.save(form, Path(path)))
        open_dialog(dialog)

    def _is_written(self, path: Path) -> None:
        self.export.setEnabled(True)
        self.said.say(Tone.POSITIVE, self.tr("{name} is written.").format(name=path.name))
        self.exported.emit(path)

    def _fail(self, error: BridgeError) -> None:
        self.again.setEnabled(True)
        self.export.setEnabled(True)
        self._allow()
        self.said.say(Tone.NEGATIVE, error_text(error))


def _sign(check: TrailCheck) -> tuple[str, str]:
    return ("shield-check", "positive") if check.is_sound else ("shield-alert", "negative")


def _page(desk: AuditDesk, asked: Asked, before: int | None) -> Page:
    return desk.page(desk.narrowed(asked.filter, asked.listed), limit=PAGE, before=before)


def _written(desk: AuditDesk, asked: Asked, form: ReportFormat, path: Path, told: Told) -> Path:
    """In a thread."""
    # Printing is loaded when somebody prints.
    from bridge_app.ui.audit_pdf import pdf_bytes  # noqa: PLC0415

    write = {
        ReportFormat.CSV: csv_bytes,
        ReportFormat.JSON: json_bytes,
        ReportFormat.PDF: pdf_bytes,
    }
    report = desk.report(desk.narrowed(asked.filter, asked.listed), asked.about)
    report = replace(report, records=_counted(report, told))
    write_whole(path, write[form](report), replaces=True, with_folders=False)
    return path


def _counted(report: AuditReport, told: Told) -> Iterator[AuditRecord]:
    for number, record in enumerate(report.records):
        told(number, report.total)
        yield record
