"""Entries of the audit trail as rows of a list."""

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditEntry, AuditKind, AuditRecord
from bridge_app.ui.audit_wording import act_text, detail_words, kind_text, subject_text, who_text
from bridge_app.ui.messages import moment_text
from bridge_app.ui.models.lines import Line

ICONS = {
    AuditKind.DECISION: "clipboard-check",
    AuditKind.OVERRIDE: "shield-x",
    AuditKind.REFUSAL: "ban",
    AuditKind.PUSH: "cloud-upload",
    AuditKind.PUBLICATION: "send",
    AuditKind.RETRACTION: "cloud-off",
    AuditKind.RESTORATION: "undo-2",
    AuditKind.RIGHTS_CLAIM: "copyright",
    AuditKind.POLICY_CHANGE: "settings-2",
    AuditKind.COMMENT: "message-square",
    AuditKind.REVIEW_REQUEST: "users",
    AuditKind.PACK_IMPORTED: "package",
    AuditKind.DEPARTURE: "app-window",
    AuditKind.ACCEPTANCE: "shield-alert",
    AuditKind.OTHER: "circle-question-mark",
}
TONES = {
    AuditKind.OVERRIDE: "warning",
    AuditKind.REFUSAL: "negative",
    AuditKind.PUSH: "info",
    AuditKind.PUBLICATION: "info",
    AuditKind.RETRACTION: "negative",
    AuditKind.RESTORATION: "positive",
    AuditKind.ACCEPTANCE: "warning",
}
DECIDED = {
    Approval.APPROVED: "positive",
    Approval.REJECTED: "negative",
    Approval.CHANGES_REQUESTED: "warning",
}


def audit_line(record: AuditRecord) -> Line:
    """An entry: what it is about over who, when and why, with what was done as its mark."""
    entry = record.entry
    told = (who_text(entry), moment_text(entry.at), detail_words(entry.detail))
    return Line(
        key=str(record.seq),
        icon=ICONS[entry.kind],
        title=subject_text(entry) or kind_text(entry.kind),
        text="  ·  ".join(part for part in told if part),
        mark=act_text(entry),
        tone=_tone(entry),
    )


def _tone(entry: AuditEntry) -> str:
    approval = entry.detail.get("approval")
    if entry.kind is AuditKind.DECISION and approval in list(Approval):
        return DECIDED.get(Approval(str(approval)), "neutral")
    return TONES.get(entry.kind, "neutral")
