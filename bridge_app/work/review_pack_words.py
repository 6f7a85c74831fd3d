"""What the page of a review pack says, so that it speaks the language of who makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "approve": QT_TRANSLATE_NOOP("review_page", "Approve"),
        "approved": QT_TRANSLATE_NOOP("review_page", "Approved"),
        "changes": QT_TRANSLATE_NOOP("review_page", "Request changes"),
        "changes_requested": QT_TRANSLATE_NOOP("review_page", "Changes requested"),
        "reject": QT_TRANSLATE_NOOP("review_page", "Reject"),
        "rejected": QT_TRANSLATE_NOOP("review_page", "Rejected"),
        "undecided": QT_TRANSLATE_NOOP("review_page", "Not decided"),
        "cleared": QT_TRANSLATE_NOOP("review_page", "The verdict was taken back"),
        "verdict": QT_TRANSLATE_NOOP("review_page", "Verdict"),
        "why": QT_TRANSLATE_NOOP("review_page", "Why? (goes with the verdict)"),
        "comments": QT_TRANSLATE_NOOP("review_page", "Comments"),
        "comment": QT_TRANSLATE_NOOP("review_page", "Comment"),
        "comment_hint": QT_TRANSLATE_NOOP("review_page", "About the whole picture"),
        "comment_placed": QT_TRANSLATE_NOOP("review_page", "About the marked place"),
        "add": QT_TRANSLATE_NOOP("review_page", "Add comment"),
        "delete": QT_TRANSLATE_NOOP("review_page", "Delete comment"),
        "pin": QT_TRANSLATE_NOOP("review_page", "Mark a place"),
        "pin_hint": QT_TRANSLATE_NOOP(
            "review_page", "Click a point of the picture, or drag a frame around a part of it."
        ),
        "no_comments": QT_TRANSLATE_NOOP("review_page", "No comments yet."),
        "name": QT_TRANSLATE_NOOP("review_page", "Your name"),
        "name_wanted": QT_TRANSLATE_NOOP(
            "review_page", "Please say your name: your verdicts are recorded with it."
        ),
        "save": QT_TRANSLATE_NOOP("review_page", "Save verdicts"),
        "save_hint": QT_TRANSLATE_NOOP(
            "review_page", "Saves a file. Send it to {who}, who reads it in."
        ),
        "saved": QT_TRANSLATE_NOOP("review_page", "Saved as {file}. Please send it to {who}."),
        "nothing": QT_TRANSLATE_NOOP("review_page", "There is nothing to save yet."),
        "unsaved": QT_TRANSLATE_NOOP("review_page", "Not saved yet"),
        "progress": QT_TRANSLATE_NOOP("review_page", "{done} of {all} decided"),
        "due": QT_TRANSLATE_NOOP("review_page", "Until {date}"),
        "from": QT_TRANSLATE_NOOP("review_page", "From {who}, {date}"),
        "fit": QT_TRANSLATE_NOOP("review_page", "Fit"),
        "full": QT_TRANSLATE_NOOP("review_page", "100 %"),
        "zoom_in": QT_TRANSLATE_NOOP("review_page", "Larger"),
        "zoom_out": QT_TRANSLATE_NOOP("review_page", "Smaller"),
        "next": QT_TRANSLATE_NOOP("review_page", "Next"),
        "previous": QT_TRANSLATE_NOOP("review_page", "Previous"),
        "next_open": QT_TRANSLATE_NOOP("review_page", "Next that is not decided"),
        "help": QT_TRANSLATE_NOOP("review_page", "Keys"),
        "close": QT_TRANSLATE_NOOP("review_page", "Close"),
        "master": QT_TRANSLATE_NOOP("review_page", "Master"),
        "pictures": QT_TRANSLATE_NOOP("review_page", "Pictures"),
        "picture": QT_TRANSLATE_NOOP("review_page", "Picture {n} of {all}: {name}"),
        "film": QT_TRANSLATE_NOOP("review_page", "One picture of a film"),
        "unplayed": QT_TRANSLATE_NOOP("review_page", "this browser does not play it"),
        "moment": QT_TRANSLATE_NOOP("review_page", "Comment on this moment"),
        "comment_timed": QT_TRANSLATE_NOOP("review_page", "About {time} of the film"),
        "play": QT_TRANSLATE_NOOP("review_page", "Play, pause"),
        "approximate": QT_TRANSLATE_NOOP(
            "review_page", "Approximate: what is delivered may look a little different"
        ),
        "cloud_only": QT_TRANSLATE_NOOP(
            "review_page", "Some steps are made on delivery only, and are not shown here"
        ),
        "missing": QT_TRANSLATE_NOOP(
            "review_page",
            "This picture cannot be shown. If you opened the page inside a ZIP file, unpack the "
            "whole file first, then open index.html from the unpacked folder.",
        ),
        "memory": QT_TRANSLATE_NOOP(
            "review_page",
            "This browser keeps nothing for this page: save your verdicts before you close it.",
        ),
        "damaged": QT_TRANSLATE_NOOP(
            "review_page", "This page is damaged. Please ask for the review pack again."
        ),
        "point": QT_TRANSLATE_NOOP("review_page", "Comment {n}"),
        "no_script": QT_TRANSLATE_NOOP(
            "review_page", "This page needs JavaScript. It loads nothing from the network."
        ),
        "skip": QT_TRANSLATE_NOOP("review_page", "Go to the verdict"),
    }
)
"""English; `{names}` are filled in by the page."""


def _why(error: BridgeError) -> str:
    """What is the matter, without what it was tried for."""
    return str(error.facts.get("detail") or error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A language for the page: BCP 47 tag, direction, and its words by the keys of `WORDS`.

    `why` says in it what is the matter.
    """

    language: str = "en"
    right_to_left: bool = False
    words: Mapping[str, str] = field(default_factory=lambda: WORDS)
    why: Callable[[BridgeError], str] = _why


ENGLISH = Wording()
