"""Review packs in words: the language of their page, the name of their file, what came back."""

from PySide6.QtCore import QCoreApplication, QLocale, Qt

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.review_pack import HINDRANCES, PackItem, ReturnedLine
from bridge_app.ui.messages import error_text, fact_text, one_line
from bridge_app.work.review_pack_words import WORDS, Wording

STEM_LENGTH = 60
VERDICT_WORDS = {
    Approval.APPROVED: QT_TRANSLATE_NOOP("review_page", "Approved"),
    Approval.CHANGES_REQUESTED: QT_TRANSLATE_NOOP("review_page", "Changes requested"),
    Approval.REJECTED: QT_TRANSLATE_NOOP("review_page", "Rejected"),
}
TONES = {
    Approval.APPROVED: "positive",
    Approval.CHANGES_REQUESTED: "warning",
    Approval.REJECTED: "negative",
}


def page_wording(locale: QLocale, direction: Qt.LayoutDirection) -> Wording:
    """The page in the window's language."""
    words = {key: QCoreApplication.translate("review_page", text) for key, text in WORDS.items()}
    return Wording(
        language=locale.bcp47Name(),
        right_to_left=direction is Qt.LayoutDirection.RightToLeft,
        words=words,
        why=_why,
    )


def _why(error: BridgeError) -> str:
    detail = str(error.facts.get("detail") or "")
    return fact_text(detail) if detail else error_text(error)


def file_stem(title: str) -> str:
    """A title as the name of a file that every system takes."""
    kept = (one if one.isalnum() or one in " -_" else " " for one in one_line(title))
    return " ".join("".join(kept).split())[:STEM_LENGTH].strip() or "review"


def verdict_text(approval: Approval) -> str:
    """A verdict in a word or two."""
    return QCoreApplication.translate("review_page", VERDICT_WORDS[approval])


def item_text(item: PackItem | None, key: str) -> str:
    """What a line of a file is about."""
    if item is None:
        return key
    return "  ·  ".join(one_line(part) for part in (item.name, item.preset_title) if part)


def hindrance_text(line: ReturnedLine) -> str:
    """Why a line is held back; "" where it is not."""
    if line.hindrance is None:
        return ""
    return QCoreApplication.translate("review_pack", HINDRANCES[line.hindrance])
