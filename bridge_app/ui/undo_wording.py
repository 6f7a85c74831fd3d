"""What undo would take back, in the few words that a menu has room for."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.approvals import Approval
from bridge_app.domain.edits import FieldPath
from bridge_app.ui.decision_step import Decided
from bridge_app.ui.messages import one_line
from bridge_app.ui.metadata_wording import field_text

translate = QCoreApplication.translate  # a name that lupdate knows
LONGEST = 40


def decision_words(decided: Decided) -> str:
    """A decision: “Approve 3 Assets”."""
    count = decided.count
    match decided.approval:
        case Approval.APPROVED:
            return translate("undo", "Approve %Ln Asset(s)", "", n=count)
        case Approval.REJECTED:
            return translate("undo", "Reject %Ln Asset(s)", "", n=count)
        case Approval.CHANGES_REQUESTED:
            return translate("undo", "Request Changes of %Ln Asset(s)", "", n=count)
        case Approval.IN_REVIEW:
            return translate("undo", "Put %Ln Asset(s) in Review", "", n=count)
        case Approval.DRAFT:
            return translate("undo", "Take Decision on %Ln Asset(s) Back", "", n=count)


def edit_words(fields: Sequence[FieldPath], assets: int) -> str:
    """Edits that were said together: “Edit of Title”, “Edit of 3 Fields of 12 Assets”."""
    if not fields:
        return ""
    if len(fields) == 1:
        name = one_line(field_text(fields[0]))
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        what = translate("undo", "Edit of {field}").format(field=short)
    else:
        what = translate("undo", "Edit of %Ln Field(s)", "", len(fields))
    if assets == 1:
        return what
    return translate("undo", "{edit} of %Ln Asset(s)", "", n=assets).format(edit=what)
