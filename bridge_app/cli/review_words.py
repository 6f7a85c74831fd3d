"""How reviews are written: for people in lines, for scripts as JSON with stable names."""

from collections.abc import Iterator
from datetime import datetime

from bridge_app.domain.assets import Asset
from bridge_app.domain.comments import Comment, Moment, Place, Point, Region, Thread
from bridge_app.domain.review_requests import QueueItem, RequestCounts, ReviewRequest
from bridge_app.libraries.errors import shown

SHORT = 8
"""Characters of an ID that people see."""


def request_json(request: ReviewRequest, counts: RequestCounts, at: datetime) -> dict[str, object]:
    """A request with how far it is."""
    return {
        "id": request.id,
        "title": request.title,
        "note": request.note,
        "due": request.due.isoformat() if request.due else None,
        "overdue": request.is_overdue(at) and not counts.is_finished,
        "reviewers": list(request.reviewers),
        "who": request.who,
        "at": request.at,
        "closed_at": request.closed_at or None,
        "closed_by": request.closed_by or None,
        "items": [
            {
                "asset": item.asset,
                "transformation": item.transformation,
                "preset": item.preset or None,
            }
            for item in request.items
        ],
        "counts": {
            "total": counts.total,
            "undecided": counts.undecided,
            "approved": counts.approved,
            "changes_requested": counts.changes_requested,
            "rejected": counts.rejected,
            "gone": counts.gone,
        },
    }


def request_line(request: ReviewRequest, counts: RequestCounts, at: datetime) -> str:
    """A request for people."""
    due = f", due {request.due:%Y-%m-%d %H:%M %z}" if request.due else ""
    late = " (overdue)" if request.is_overdue(at) and not counts.is_finished else ""
    closed = ", closed" if not request.is_open else ""
    people = ", ".join(map(shown, request.reviewers)) or "everybody"
    return (
        f"{request.id[:SHORT]}  {shown(request.title)}  {counts.undecided} of {counts.total} "
        f"undecided, for {people}{due}{late}{closed}"
    )


def item_json(item: QueueItem) -> dict[str, object]:
    """Something to decide."""
    return {
        "asset": item.asset,
        "name": item.name,
        "transformation": item.transformation,
        "preset": item.preset or None,
        "request": item.request or None,
        "title": item.title or None,
        "stage": item.stage or None,
        "waits_for": item.waits_for or None,
        "due": item.due.isoformat() if item.due else None,
        "overdue": item.is_overdue,
        "approval": item.approval.value,
        "decided": item.decided,
        "claim": item.claim.value if item.claim else None,
        "source": item.source.value,
    }


def item_line(item: QueueItem) -> str:
    """The same for people."""
    what = item.preset or item.transformation
    name = f"{shown(item.name)} → {shown(what)}" if what else shown(item.name)
    stage = f"  {item.stage}" if item.stage else ""
    waits = f", after {item.waits_for}" if item.waits_for else ""
    due = f", due {item.due:%Y-%m-%d %H:%M %z}" if item.due else ""
    late = " (overdue)" if item.is_overdue else ""
    why = shown(item.title) or item.source.value
    if item.claim is not None:
        why = f"its file says: {item.claim.value.replace('_', ' ')}"
    state = item.approval.value.replace("_", " ")
    return f"{item.asset[:SHORT]}  {name}{stage}  {state}{waits}  [{why}{due}{late}]"


def thread_lines(thread: Thread, asset: Asset | None) -> Iterator[str]:
    """A thread for people; `asset` is what it is about as it is now, None if it is gone."""
    first = thread.first
    through = f" → {shown(first.transformation)}" if first.transformation else ""
    about = f" of {shown(asset.name) if asset else first.asset[:SHORT]}{through}"
    content = asset.picture_key if asset else ""
    where = f" at {_place(first.place)}" if first.place else ""
    older = " (another version)" if content and first.content != content else ""
    state = f"resolved by {shown(thread.resolved_by)}" if thread.resolved else "open"
    yield f"{thread.id[:SHORT]}  {state}{about}{where}{older}"
    for comment in thread.comments:
        yield from _comment_lines(comment)


def _comment_lines(comment: Comment) -> Iterator[str]:
    drawn = " (with a drawing)" if comment.strokes else ""
    yield f"  {comment.at[:16]}  {shown(comment.who)}{drawn}:"
    for line in comment.text.split("\n"):
        yield f"    {shown(line)}"


def _place(place: Place) -> str:
    match place:
        case Point():
            return f"{place.x:.0%}, {place.y:.0%}"
        case Region():
            return f"{place.x:.0%}, {place.y:.0%}, {place.width:.0%} × {place.height:.0%}"
        case Moment():
            return f"{place.seconds:g} s"
