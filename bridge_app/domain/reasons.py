"""Why the gate stays shut, in words, and what would open it."""

from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP


class Reason(StrEnum):
    """Why the gate stays shut."""

    NOT_APPROVED = "not_approved"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    STAGE_MISSING = "stage_missing"
    RENDITION_NOT_APPROVED = "rendition_not_approved"
    RENDITION_IN_REVIEW = "rendition_in_review"
    RENDITION_CHANGES_REQUESTED = "rendition_changes_requested"
    RENDITION_REJECTED = "rendition_rejected"
    RENDITION_LAPSED = "rendition_lapsed"
    RENDITION_STAGE_MISSING = "rendition_stage_missing"
    RIGHTS_ENDED = "rights_ended"
    RIGHTS_NOT_YET = "rights_not_yet"
    RIGHTS_UNREADABLE = "rights_unreadable"
    UNREADABLE_FILE = "unreadable_file"
    REGION = "region_denied"
    CHANNEL = "channel_denied"
    MODEL_RELEASE = "model_release_missing"
    PROPERTY_RELEASE = "property_release_missing"
    ARCHIVED = "archived"
    FIELDS_MISSING = "fields_missing"
    PRODUCTS = "product_denied"
    LAYER = "layer_denied"


SENTENCES = {
    Reason.NOT_APPROVED: QT_TRANSLATE_NOOP("gate", "nobody has approved it yet"),
    Reason.IN_REVIEW: QT_TRANSLATE_NOOP("gate", "its review is not finished"),
    Reason.CHANGES_REQUESTED: QT_TRANSLATE_NOOP("gate", "changes were requested"),
    Reason.REJECTED: QT_TRANSLATE_NOOP("gate", "it was rejected"),
    Reason.LAPSED: QT_TRANSLATE_NOOP("gate", "it has changed since it was approved"),
    Reason.STAGE_MISSING: QT_TRANSLATE_NOOP("gate", "a stage of its review is missing"),
    Reason.RENDITION_NOT_APPROVED: QT_TRANSLATE_NOOP(
        "gate", "nobody has approved this rendition yet"
    ),
    Reason.RENDITION_IN_REVIEW: QT_TRANSLATE_NOOP(
        "gate", "the review of this rendition is not finished"
    ),
    Reason.RENDITION_CHANGES_REQUESTED: QT_TRANSLATE_NOOP(
        "gate", "changes were requested of this rendition"
    ),
    Reason.RENDITION_REJECTED: QT_TRANSLATE_NOOP("gate", "this rendition was rejected"),
    Reason.RENDITION_LAPSED: QT_TRANSLATE_NOOP(
        "gate", "this rendition has changed since it was approved"
    ),
    Reason.RENDITION_STAGE_MISSING: QT_TRANSLATE_NOOP(
        "gate", "a stage of the review of this rendition is missing"
    ),
    Reason.RIGHTS_ENDED: QT_TRANSLATE_NOOP("gate", "its rights have ended"),
    Reason.RIGHTS_NOT_YET: QT_TRANSLATE_NOOP("gate", "its rights have not begun"),
    Reason.RIGHTS_UNREADABLE: QT_TRANSLATE_NOOP("gate", "its rights dates cannot be read"),
    Reason.UNREADABLE_FILE: QT_TRANSLATE_NOOP("gate", "the file cannot be read"),
    Reason.REGION: QT_TRANSLATE_NOOP("gate", "its rights do not cover this market"),
    Reason.CHANNEL: QT_TRANSLATE_NOOP("gate", "its rights do not cover this channel"),
    Reason.MODEL_RELEASE: QT_TRANSLATE_NOOP("gate", "a model release is missing"),
    Reason.PROPERTY_RELEASE: QT_TRANSLATE_NOOP("gate", "a property release is missing"),
    Reason.ARCHIVED: QT_TRANSLATE_NOOP("gate", "it is archived"),
    Reason.FIELDS_MISSING: QT_TRANSLATE_NOOP("gate", "required fields are empty"),
    Reason.PRODUCTS: QT_TRANSLATE_NOOP("gate", "its products do not allow it now"),
    Reason.LAYER: QT_TRANSLATE_NOOP("gate", "what is laid on it may not be shown"),
}
"""Each as a clause, to be translated."""

LIFTS = {
    Reason.NOT_APPROVED: QT_TRANSLATE_NOOP("gate lifts", "Somebody approves it."),
    Reason.IN_REVIEW: QT_TRANSLATE_NOOP("gate lifts", "Its review ends with an approval."),
    Reason.CHANGES_REQUESTED: QT_TRANSLATE_NOOP(
        "gate lifts", "A changed version is approved, or whoever asked for changes approves it."
    ),
    Reason.REJECTED: QT_TRANSLATE_NOOP(
        "gate lifts", "It is approved after all; nothing else overrides a rejection."
    ),
    Reason.LAPSED: QT_TRANSLATE_NOOP("gate lifts", "The new version is approved."),
    Reason.STAGE_MISSING: QT_TRANSLATE_NOOP(
        "gate lifts", "Every stage that the policy asks for approves it."
    ),
    Reason.RENDITION_NOT_APPROVED: QT_TRANSLATE_NOOP(
        "gate lifts", "Somebody approves this rendition itself."
    ),
    Reason.RENDITION_IN_REVIEW: QT_TRANSLATE_NOOP(
        "gate lifts", "The review of this rendition ends with an approval."
    ),
    Reason.RENDITION_CHANGES_REQUESTED: QT_TRANSLATE_NOOP(
        "gate lifts", "The preset or the master is changed and approved, or this is approved."
    ),
    Reason.RENDITION_REJECTED: QT_TRANSLATE_NOOP(
        "gate lifts", "This rendition is approved after all; nothing else overrides a rejection."
    ),
    Reason.RENDITION_LAPSED: QT_TRANSLATE_NOOP(
        "gate lifts", "The rendition as it is now is approved."
    ),
    Reason.RENDITION_STAGE_MISSING: QT_TRANSLATE_NOOP(
        "gate lifts", "Every stage that the policy asks for approves this rendition."
    ),
    Reason.RIGHTS_ENDED: QT_TRANSLATE_NOOP("gate lifts", "The licence is renewed and recorded."),
    Reason.RIGHTS_NOT_YET: QT_TRANSLATE_NOOP("gate lifts", "The day on which its rights begin."),
    Reason.RIGHTS_UNREADABLE: QT_TRANSLATE_NOOP(
        "gate lifts", "The dates of its rights are recorded so that they can be read."
    ),
    Reason.UNREADABLE_FILE: QT_TRANSLATE_NOOP(
        "gate lifts", "The file can be read again, or a sound one takes its place."
    ),
    Reason.REGION: QT_TRANSLATE_NOOP("gate lifts", "Rights for this market are recorded."),
    Reason.CHANNEL: QT_TRANSLATE_NOOP("gate lifts", "Rights for this channel are recorded."),
    Reason.MODEL_RELEASE: QT_TRANSLATE_NOOP("gate lifts", "The model release is recorded."),
    Reason.PROPERTY_RELEASE: QT_TRANSLATE_NOOP("gate lifts", "The property release is recorded."),
    Reason.ARCHIVED: QT_TRANSLATE_NOOP("gate lifts", "It is taken out of the archive."),
    Reason.FIELDS_MISSING: QT_TRANSLATE_NOOP(
        "gate lifts", "The fields that the policy asks for are filled in."
    ),
    Reason.PRODUCTS: QT_TRANSLATE_NOOP(
        "gate lifts", "A product that it shows allows it, or somebody pushes it."
    ),
    Reason.LAYER: QT_TRANSLATE_NOOP(
        "gate lifts", "What is laid on it is allowed, or left out of the transformation."
    ),
}
"""What would lift each, as a sentence to be translated."""

LIFTABLE = frozenset(
    {
        Reason.NOT_APPROVED,
        Reason.IN_REVIEW,
        Reason.CHANGES_REQUESTED,
        Reason.LAPSED,
        Reason.STAGE_MISSING,
        Reason.RENDITION_NOT_APPROVED,
        Reason.RENDITION_IN_REVIEW,
        Reason.RENDITION_CHANGES_REQUESTED,
        Reason.RENDITION_LAPSED,
        Reason.RENDITION_STAGE_MISSING,
    }
)
"""What an override may lift: a review that is not finished. Never a rejection, rights, or fields
that are empty: those are mended where they are said."""


def lifts(reason: Reason) -> str:
    """What would lift a reason, as an English sentence to be translated."""
    return LIFTS[reason]
