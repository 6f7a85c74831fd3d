"""Places, drawings and comments as JSON: what the ledger keeps, and what scripts read."""

from collections.abc import Mapping
from typing import Any

from bridge_app.domain.comments import Comment, Moment, Place, Point, Region, Stroke, Thread


def place_json(place: Place | None) -> dict[str, float] | None:
    """A place; which keys it has tells of which kind it is."""
    match place:
        case None:
            return None
        case Moment():
            return {"seconds": place.seconds}
        case Point():
            return {"x": place.x, "y": place.y}
        case Region():
            return {"x": place.x, "y": place.y, "width": place.width, "height": place.height}


def place_from(told: Mapping[str, Any] | None) -> Place | None:
    """The place that `place_json` told. Raises CommentError for one that cannot be."""
    if told is None:
        return None
    numbers = {name: float(value) for name, value in told.items()}
    if "seconds" in numbers:
        return Moment(seconds=numbers["seconds"])
    if "width" in numbers:
        return Region(**numbers)
    return Point(**numbers)


def stroke_json(stroke: Stroke) -> dict[str, object]:
    """A line of a drawing; its points are pairs."""
    points = [[point.x, point.y] for point in stroke.points]
    return {"points": points, "width": stroke.width, "colour": stroke.colour_token}


def stroke_from(told: Mapping[str, Any]) -> Stroke:
    """The line that `stroke_json` told. Raises CommentError."""
    return Stroke(
        points=tuple(Point(x=float(x), y=float(y)) for x, y in told["points"]),
        width=float(told["width"]),
        colour_token=str(told["colour"]),
    )


def comment_json(comment: Comment) -> dict[str, object]:
    """A comment as scripts see it; the names are stable."""
    return {
        "id": comment.id,
        "thread": comment.thread,
        "asset": comment.asset,
        "content": comment.content,
        "transformation": comment.transformation,
        "text": comment.text,
        "place": place_json(comment.place),
        "strokes": [stroke_json(stroke) for stroke in comment.strokes],
        "mentions": list(comment.mentions),
        "who": comment.who,
        "at": comment.at,
    }


def thread_json(thread: Thread) -> dict[str, object]:
    """A thread as scripts see it; the names are stable."""
    return {
        "id": thread.id,
        "resolved": thread.resolved,
        "resolved_by": thread.resolved_by,
        "resolved_at": thread.resolved_at,
        "comments": [comment_json(comment) for comment in thread.comments],
    }
