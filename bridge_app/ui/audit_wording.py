"""Words for the audit trail: its kinds, its entries, and what a check of it found."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditEntry, AuditKind, Told
from bridge_app.domain.audit_check import Finding, TrailCheck
from bridge_app.ui.messages import approval_text, moment_text, number_text, one_line

translate = QCoreApplication.translate  # a name that lupdate knows

FACTS = ("reasons", "reason", "comment", "text", "preset", "market", "channel", "public_id")
"""The facts that are shown first, where there are any."""
HIDDEN = frozenset(
    {
        "decision",
        "findings",
        "head",
        "clock",
        "content",
        "asset_id",
        "approval",
        "version",
        "type",
        "bytes",
        "state",
    }
)
"""Those that only a report tells."""


def kind_text(kind: AuditKind) -> str:
    """What an entry tells of."""
    return {
        AuditKind.DECISION: translate("Audit", "Decision"),
        AuditKind.OVERRIDE: translate("Audit", "Override"),
        AuditKind.REFUSAL: translate("Audit", "Refusal"),
        AuditKind.PUSH: translate("Audit", "Push"),
        AuditKind.PUBLICATION: translate("Audit", "Publication"),
        AuditKind.RETRACTION: translate("Audit", "Retraction"),
        AuditKind.RESTORATION: translate("Audit", "Restoration"),
        AuditKind.RIGHTS_CLAIM: translate("Audit", "Rights"),
        AuditKind.POLICY_CHANGE: translate("Audit", "Policy change"),
        AuditKind.COMMENT: translate("Audit", "Comment"),
        AuditKind.REVIEW_REQUEST: translate("Audit", "Review request"),
        AuditKind.PACK_IMPORTED: translate("Audit", "Review pack"),
        AuditKind.DEPARTURE: translate("Audit", "File taken out"),
        AuditKind.ACCEPTANCE: translate("Audit", "Note of damage"),
        AuditKind.OTHER: translate("Audit", "Other"),
    }[kind]


def act_text(entry: AuditEntry) -> str:
    """What was done, as a mark: a decision says which one."""
    approval = entry.detail.get("approval")
    if entry.kind is AuditKind.DECISION and approval in list(Approval):
        return approval_text(Approval(str(approval)))
    return kind_text(entry.kind)


def who_text(entry: AuditEntry) -> str:
    """Who did it; what happens without anybody is said so."""
    return one_line(entry.who) or translate("Audit", "by itself")


def subject_text(entry: AuditEntry) -> str:
    """What it is about, in one line."""
    parts = (entry.name, entry.transformation, entry.environment)
    return "  ·  ".join(one_line(part) for part in parts if part)


def detail_words(detail: Mapping[str, Told]) -> str:
    """What a person reads of the facts first, in one line."""
    shown = [name for name in FACTS if detail.get(name)]
    shown += [
        name
        for name, told in detail.items()
        if name not in HIDDEN and name not in FACTS and told not in (None, "", [])
    ]
    return "  ·  ".join(one_line(_words(detail[name])) for name in shown)


def finding_text(finding: Finding) -> str:
    """What is wrong, in a sentence."""
    return finding.sentence(lambda template: translate("errors", template))


def check_text(check: TrailCheck) -> str:
    """How the trail was found, in a sentence or two."""
    entries = number_text(check.head.count)
    if not check.is_sound:
        text = translate("Audit", "The audit trail was tampered with, or a part of it is lost.")
    elif check.known:
        text = translate(
            "Audit", "Entries: {count}. There is damage that was taken note of; nothing new."
        )
    else:
        text = translate("Audit", "Entries: {count}. Nothing was altered, dropped or cut off.")
    if check.set_back:
        text += " " + translate("Audit", "A clock was set back: the numbers say what came first.")
    text = text.format(count=entries)
    return f"{text} {ahead_text(check)}" if check.ahead is not None else text


def ahead_text(check: TrailCheck) -> str:
    """That the clock stands before what is on record; "" where it does not."""
    if check.ahead is None:
        return ""
    text = translate(
        "Audit",
        "This computer's clock stands before what was recorded ({moment}): rights that end until"
        " then have ended.",
    )
    return text.format(moment=moment_text(check.ahead.isoformat()))


def _words(told: Told) -> str:
    return ", ".join(told) if isinstance(told, list) else str(told)
