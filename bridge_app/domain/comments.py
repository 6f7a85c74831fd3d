"""What people say about a picture: where on it, in which thread, to whom, and how much at most."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.roles import LONGEST_ROLE, role_of

CommentId = NewType("CommentId", str)
ThreadId = NewType("ThreadId", str)

LONGEST_TEXT = 20_000
"""Characters of one comment."""
MOST_STROKES = 200
MOST_POINTS = 20_000
"""Points of all strokes of one comment together."""
MOST_MENTIONS = 50
WIDEST_STROKE = 0.2
"""Of the picture's width."""
MOST_SECONDS = 1_000_000.0
_TOKEN = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MENTION = re.compile(
    r"(?<![\w@.])@(?:“(?P<curly>[^”\n]+)”|\"(?P<straight>[^\"\n]+)\"|(?P<word>\w[\w-]*))"
)


class CommentError(InvalidInputError):
    """A comment that cannot be kept as it is."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The comment was not saved: {detail}. What you wrote is still where you wrote it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the picture as seen: (0, 0) is its upper left corner, (1, 1) the lower right."""

    x: float
    y: float

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1):
            raise CommentError(
                detail=QT_TRANSLATE_NOOP("facts", "it is pinned to a point outside the picture")
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the picture as seen, by its upper left corner and its size; all of it is 0..1."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        # Sums of fractions that end at the edge may be above 1 by a rounding.
        inside = 0 <= self.x <= 1 and 0 <= self.y <= 1
        reaches = self.x + self.width <= 1 + 1e-9 and self.y + self.height <= 1 + 1e-9
        if not (inside and reaches and self.width > 0 and self.height > 0):
            raise CommentError(
                detail=QT_TRANSLATE_NOOP(
                    "facts", "it is pinned to a region that is not inside the picture"
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time of a video or a sound, in seconds from its beginning."""

    seconds: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.seconds) and 0 <= self.seconds <= MOST_SECONDS):
            raise CommentError(
                detail=QT_TRANSLATE_NOOP("facts", "it is pinned to a time that cannot be")
            )


Place = Point | Region | Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line drawn on the picture.

    `width` is a share of the picture's width, `colour_token` the name of a colour of
    the theme, so that a drawing can be seen in light and dark.
    """

    points: tuple[Point, ...]
    width: float
    colour_token: str

    def __post_init__(self) -> None:
        if not self.points or not 0 < self.width <= WIDEST_STROKE:
            raise CommentError(
                detail=QT_TRANSLATE_NOOP(
                    "facts", "a line of its drawing has no points, or no width"
                )
            )
        if not _TOKEN.fullmatch(self.colour_token):
            raise CommentError(
                detail=QT_TRANSLATE_NOOP(
                    "facts", "a line of its drawing has a colour that is none of ours"
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentWish:
    """What somebody wants to say; `thread` None begins a new one. Raises CommentError.

    A comment has a text, a drawing, or both. Line ends become one character, and nothing else is
    changed: markup is text. The transformation is spelled as approvals are bound to it.
    """

    asset: AssetId
    text: str
    transformation: str = ""
    place: Place | None = None
    strokes: tuple[Stroke, ...] = ()
    thread: ThreadId | None = None

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_TEXT:
            detail = f"it has {len(self.text)} characters, and {LONGEST_TEXT} are the most"
            raise CommentError(detail=detail)
        if any("\ud800" <= character <= "\udfff" for character in self.text):
            raise CommentError(
                detail=QT_TRANSLATE_NOOP("facts", "it has characters that are broken")
            )
        if not self.text.strip() and not self.strokes:
            raise CommentError(detail=QT_TRANSLATE_NOOP("facts", "it says nothing"))
        points = sum(len(stroke.points) for stroke in self.strokes)
        if len(self.strokes) > MOST_STROKES or points > MOST_POINTS:
            detail = f"its drawing has more than {MOST_STROKES} lines or {MOST_POINTS} points"
            raise CommentError(detail=detail)
        object.__setattr__(self, "text", self.text.replace("\r\n", "\n").replace("\r", "\n"))
        object.__setattr__(self, "transformation", subject_text(self.transformation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment as it is on record.

    `content` names the bytes that were looked at (`Asset.picture_key`), `transformation` is
    canonical, "" for the master itself; `mentions` are roles as `role_of` makes them; `at` is
    ISO 8601 in UTC.
    """

    id: CommentId
    thread: ThreadId
    asset: AssetId
    content: str
    transformation: str
    text: str
    place: Place | None
    strokes: tuple[Stroke, ...]
    mentions: tuple[str, ...]
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Comments that answer one another, oldest first; there is always one.

    `resolved_by` and `resolved_at` are "" while it is open.
    """

    id: ThreadId
    comments: tuple[Comment, ...]
    resolved: bool = False
    resolved_by: str = ""
    resolved_at: str = ""

    @property
    def first(self) -> Comment:
        """What began it: its asset, content, transformation and place are the thread's."""
        return self.comments[0]

    @property
    def mentions(self) -> frozenset[str]:
        """All roles that any of it mentions."""
        return frozenset(role for comment in self.comments for role in comment.mentions)


def mentions_in(text: str) -> tuple[str, ...]:
    """The roles that a text mentions, in their order and each once: `@brand`, `@"art director"`.

    What looks like an e-mail address mentions nobody.
    """
    found = (
        role_of(match["curly"] or match["straight"] or match["word"])
        for match in _MENTION.finditer(text)
    )
    roles = dict.fromkeys(role for role in found if role and len(role) <= LONGEST_ROLE)
    return tuple(roles)[:MOST_MENTIONS]


def of_content(threads: Sequence[Thread], content: str) -> tuple[Thread, ...]:
    """Those that began on this content; the others are of other versions."""
    return tuple(thread for thread in threads if thread.first.content == content)
