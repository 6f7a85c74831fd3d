"""The report of the audit trail as pages: a table with what the check found before it.

Drawn row by row, so that a trail of any length needs the memory of a page. Runs in any thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QLineF, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextOption,
)

from bridge_app.domain.audit import AuditRecord, head_text
from bridge_app.ui.audit_wording import (
    act_text,
    check_text,
    detail_words,
    finding_text,
    subject_text,
    who_text,
)
from bridge_app.ui.messages import number_text, one_line
from bridge_app.work.audit_report import AuditReport

DPI = 144
MARGIN_MM = 12
PAD = 6.0
SMALL, PLAIN, TITLE = 7.5, 8.0, 15.0
"""Sizes of text in points."""
SHARES = (0.06, 0.16, 0.12, 0.12, 0.25, 0.29)
"""The widths of the columns."""
MOST = 600
"""Characters of one cell; the other reports have all of them."""
translate = QCoreApplication.translate  # a name that lupdate knows


def pdf_bytes(report: AuditReport) -> bytes:
    """The report as a PDF document, A4 across. Needs an application for its fonts."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(_title())
    writer.setCreator("Asset Bridge")
    painter = QPainter(writer)
    try:
        pages = _Pages(writer, painter, foot=_foot(report))
        pages.write_head(report)
        pages.write_row(_columns(), SMALL, bold=True)
        for record in report.records:
            pages.write_row(_cells(record), PLAIN)
        pages.end_page()
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _wrapping() -> QTextOption:
    """Long words (digests, addresses) are broken where nothing else helps."""
    option = QTextOption(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(QGuiApplication.layoutDirection())
    return option


@dataclass(slots=True)
class _Pages:
    """Where the pen is. Lengths are in the units of the page."""

    writer: QPdfWriter
    painter: QPainter
    foot: str
    top: float = 0.0
    page: int = 1
    wrap: QTextOption = field(default_factory=_wrapping)

    def write_head(self, report: AuditReport) -> None:
        """What was asked, who made this, and how the trail was found."""
        self._write(_title(), TITLE, bold=True)
        about = report.about or translate("Audit", "Everything")
        made = translate("Audit", "{about}. Entries here: {count}. Made {at} by {who}.")
        count = number_text(report.total)
        who = one_line(report.made_by)
        text = made.format(about=one_line(about), count=count, at=report.made_at, who=who)
        self._write(text, PLAIN)
        self._write(check_text(report.check), PLAIN, bold=not report.check.is_sound)
        for one in (*report.check.findings, *report.check.known):
            self._write(finding_text(one), PLAIN)
        self.top += 2 * PAD

    def write_row(self, cells: Sequence[str], points: float, *, bold: bool = False) -> None:
        """A row of the table; on a new page if it does not fit on this one."""
        self._use(points, bold=bold)
        boxes = self._boxes(cells)
        height = max(
            self.painter.boundingRect(box, text, self.wrap).height()
            for box, text in zip(boxes, cells, strict=True)
        )
        if self.top + height + PAD > self._bottom and not bold:
            self.end_page()
            self._next_page()
            self._use(points, bold=bold)
        for box, text in zip(self._boxes(cells), cells, strict=True):
            self.painter.drawText(box, text, self.wrap)
        self.top += height + PAD
        line = self.top - PAD / 2
        self.painter.setPen(Qt.GlobalColor.lightGray)
        self.painter.drawLine(QLineF(0, line, self.writer.width(), line))
        self.painter.setPen(Qt.GlobalColor.black)

    def end_page(self) -> None:
        """Write the foot: the page's number, and the head of the trail."""
        self._use(SMALL)
        text = f"{number_text(self.page)}   {self.foot}"
        height = QFontMetricsF(self.painter.font(), self.writer).height()
        box = QRectF(0, self.writer.height() - height, self.writer.width(), height)
        self.painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)

    @property
    def _bottom(self) -> float:
        return self.writer.height() - 4 * PAD - SMALL * DPI / 72

    def _next_page(self) -> None:
        self.writer.newPage()
        self.page += 1
        self.top = 0.0
        self.write_row(_columns(), SMALL, bold=True)

    def _write(self, text: str, points: float, *, bold: bool = False) -> None:
        self._use(points, bold=bold)
        box = QRectF(0, self.top, self.writer.width(), self.writer.height())
        height = self.painter.boundingRect(box, text, self.wrap).height()
        if self.top + height > self._bottom:
            self.end_page()
            self.writer.newPage()
            self.page += 1
            self.top = 0.0
            self._use(points, bold=bold)
            box.moveTop(0)
        self.painter.drawText(box, text, self.wrap)
        self.top += height + PAD / 2

    def _boxes(self, cells: Sequence[str]) -> list[QRectF]:
        """The places of the cells; where one reads from the right, the first is there."""
        whole, boxes, left = float(self.writer.width()), [], 0.0
        mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for share, _ in zip(SHARES, cells, strict=True):
            width = share * whole
            start = whole - left - width if mirrored else left
            boxes.append(QRectF(start + PAD / 2, self.top, width - PAD, self.writer.height()))
            left += width
        return boxes

    def _use(self, points: float, *, bold: bool = False) -> None:
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(points)
        font.setBold(bold)
        # Alternates that follow their neighbours could not be searched for in the document.
        font.setFeature(QFont.Tag("calt"), 0)
        self.painter.setFont(font)


def _cells(record: AuditRecord) -> tuple[str, ...]:
    entry = record.entry
    told = (who_text(entry), subject_text(entry), detail_words(entry.detail))
    who, subject, detail = (text if len(text) <= MOST else f"{text[:MOST]}…" for text in told)
    at = entry.at[:19].replace("T", " ")
    return (number_text(record.seq), at, act_text(entry), who, subject, detail)


def _columns() -> tuple[str, ...]:
    return (
        translate("Audit", "No."),
        translate("Audit", "When (UTC)"),
        translate("Audit", "What"),
        translate("Audit", "Who"),
        translate("Audit", "Of what"),
        translate("Audit", "Details"),
    )


def _title() -> str:
    return translate("Audit", "Audit report")


def _foot(report: AuditReport) -> str:
    return translate("Audit", "Head of the trail: {head}").format(head=head_text(report.check.head))
