"""What reviewers say and ask of one another: comments in threads, requests, and the queue.

A part of the worker's door of its own: `worker.reviews`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.comments import (
    Comment,
    CommentId,
    CommentWish,
    Place,
    Stroke,
    Thread,
    ThreadId,
    mentions_in,
)
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.marks import Label, Mark
from bridge_app.domain.review_requests import (
    QueueItem,
    RequestCounts,
    RequestId,
    ReviewRequest,
    ReviewWish,
)
from bridge_app.domain.roles import roles_of
from bridge_app.storage.comments import Comments
from bridge_app.storage.review_requests import ReviewRequests
from bridge_app.storage.search import Readers
from bridge_app.work.events import Event
from bridge_app.work.marking import Marking
from bridge_app.work.review_queue import ReviewQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStores:
    """What the desk reads and writes; `subject` spells what approvals are bound to."""

    comments: Comments
    requests: ReviewRequests
    readers: Readers
    subject: Callable[[str], str]


class ReviewDesk:
    """Every method may be called from any thread, and blocks; what is said is on disk on return.

    Args:
        queued: Finds out what is still to be decided.
        marking: Keeps ratings and labels.
        who: Who sits here.
        tell: Hears that something is different now.
        now: Aware, UTC.
    """

    def __init__(
        self,
        stores: ReviewStores,
        queued: ReviewQueue,
        marking: Marking,
        *,
        who: Callable[[], str],
        tell: Callable[[Event], None],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._queued = queued
        self._marking = marking
        self._who = who
        self._tell = tell
        self._now = now

    def who(self) -> str:
        """Who sits here, as decisions and comments are signed."""
        return self._who()

    def roles(self) -> list[str]:
        """Whom one can ask or mention: the roles and names that were used so far."""
        return self._queued.roles()

    # Comments

    def threads(self, asset: AssetId, transformation: str | None = None) -> list[Thread]:
        """The threads about an asset, in the order they began, those of other versions too.

        What was said of the same content elsewhere is among them. With a transformation only
        those about it; "" is the master itself. `Asset.picture_key` tells today's by content.
        """
        with self._stores.readers.lent() as reader:
            found = reader.assets([asset])
        content = found[0].picture_key if found else ""
        threads = self._stores.comments.about(asset, content)
        if transformation is None:
            return threads
        chosen = self._stores.subject(transformation)
        return [thread for thread in threads if thread.first.transformation == chosen]

    def thread(self, start: str) -> Thread:
        """The thread whose ID is, or alone begins with, `start`. Raises NotFoundError."""
        return self._stores.comments.beginning(start)

    def comment(
        self,
        asset: AssetId,
        text: str,
        *,
        transformation: str = "",
        place: Place | None = None,
        strokes: Sequence[Stroke] = (),
        thread: ThreadId | None = None,
    ) -> Comment:
        """Say something about what is seen now; an answer opens a resolved thread again.

        An answer is about what its thread is about. Raises CommentError (nothing was kept), or
        NotFoundError without such an asset or thread.
        """
        wish = CommentWish(
            asset=asset,
            text=text,
            transformation=transformation,
            place=place,
            strokes=tuple(strokes),
            thread=thread,
        )
        return self.say([wish])[0]

    def say(
        self, wishes: Sequence[CommentWish], *, who: str = "", initiator: object | None = None
    ) -> tuple[Comment, ...]:
        """Say several things at once, all or none, signed by `who`: "" is who sits here.

        Raises as `comment` does.
        """
        comments = self.record(wishes, who=who)
        self.tell((comment.asset for comment in comments), initiator)
        return comments

    def record(self, wishes: Sequence[CommentWish], *, who: str = "") -> tuple[Comment, ...]:
        """What `say` puts on record; `tell` comes after it.

        Inside a larger transaction nobody may be told yet: they could wait for it.
        """
        assets = self._assets([wish.asset for wish in wishes])
        signed, at = who or self._who(), self._now().isoformat()
        comments = tuple(self._comment(wish, assets[wish.asset], signed, at) for wish in wishes)
        names = {asset.id: asset.name for asset in assets.values()}
        self._stores.comments.add(comments, names)
        return comments

    def tell(self, assets: Iterable[AssetId], initiator: object | None = None) -> None:
        """Have views told of what was recorded about these."""
        self._tell(ChangeSet(assets=frozenset(assets), reviews=True, initiator=initiator))

    def resolve(
        self, thread: ThreadId, *, resolved: bool, initiator: object | None = None
    ) -> Thread:
        """Say that a thread is settled, or open again. Raises NotFoundError."""
        told = self._stores.comments.resolve(
            thread, resolved=resolved, who=self._who(), at=self._now().isoformat()
        )
        self.tell({told.first.asset}, initiator)
        return told

    def counts(self, assets: Sequence[AssetId]) -> Mapping[AssetId, int]:
        """How many threads are open about these; what has none is left out."""
        with self._stores.readers.lent() as reader:
            found = reader.assets(assets)
        contents = dict.fromkeys(assets, "") | {one.id: one.picture_key for one in found}
        return self._stores.comments.open_threads(contents)

    def mentions(self, who: str) -> list[Thread]:
        """The open threads that mention one who signs so, or a role of theirs."""
        return self._stores.comments.mentioning(roles_of(who))

    # Requests

    def request(self, wish: ReviewWish, *, initiator: object | None = None) -> ReviewRequest:
        """Ask reviewers to look at something. Raises NotFoundError for an asset that is gone."""
        assets = self._assets([item.asset for item in wish.items])
        request = self._stores.requests.add(
            ReviewRequest(
                id=RequestId(uuid4().hex),
                title=wish.title,
                note=wish.note,
                due=wish.due,
                reviewers=wish.reviewers,
                items=tuple(
                    replace(item, transformation=self._stores.subject(item.transformation))
                    for item in wish.items
                ),
                who=self._who(),
                at=self._now().isoformat(),
                since=0,
            )
        )
        self.tell(assets, initiator)
        return request

    def requests(self, *, who: str | None = None, open_only: bool = True) -> list[ReviewRequest]:
        """All requests, or those for one who signs so; oldest first."""
        found = self._stores.requests.all(open_only=open_only)
        return [request for request in found if who is None or request.is_for(who)]

    def close(self, request: RequestId, *, initiator: object | None = None) -> ReviewRequest:
        """Nobody has to look at it any more; what was decided stays. Raises NotFoundError."""
        closed = self._stores.requests.close(request, who=self._who(), at=self._now().isoformat())
        self.tell({item.asset for item in closed.items}, initiator)
        return closed

    # What is to be decided

    def queue(self, who: str) -> list[QueueItem]:
        """Everything that waits for one who signs so: what can be decided now and is due first."""
        return self._queued.of(who, self.requests(who=who))

    def queue_of(self, request: RequestId, who: str) -> list[QueueItem]:
        """The items of one request as they are for one who signs so, decided ones too.

        Raises NotFoundError.
        """
        return self._queued.items(self._stores.requests.one(request), who)

    def rest(self, request: RequestId) -> list[QueueItem]:
        """What who sits here has yet to decide of a request, and can decide now.

        Raises NotFoundError.
        """
        items = self.queue_of(request, self._who())
        return [item for item in items if not item.decided and not item.waits_for]

    def counts_of(self, request: RequestId) -> RequestCounts:
        """How far a request is. Raises NotFoundError."""
        return self._queued.counts(self._stores.requests.one(request))

    # Marks

    def mark(
        self,
        assets: Sequence[AssetId],
        *,
        rating: int | None = None,
        label: Label | None = None,
        initiator: object | None = None,
    ) -> None:
        """Rate assets (0-5), label them, or both; None leaves as it is.

        It is an edit of their metadata where their library takes it, and kept here where it does
        not. Raises MarkError or InvalidInputError.
        """
        self._marking.mark(assets, rating=rating, label=label, initiator=initiator)

    def marks(self, assets: Sequence[AssetId]) -> Mapping[AssetId, Mark]:
        """How these are rated and labelled, by whoever said it last; each is there."""
        return self._marking.marks(assets)

    def _comment(self, wish: CommentWish, asset: Asset, who: str, at: str) -> Comment:
        subject = self._stores.subject(wish.transformation)
        begun = self._stores.comments.thread(wish.thread).first if wish.thread else None
        return Comment(
            id=CommentId(uuid4().hex),
            thread=wish.thread or ThreadId(uuid4().hex),
            asset=asset.id,
            content=asset.picture_key,
            transformation=begun.transformation if begun else subject,
            text=wish.text,
            place=wish.place,
            strokes=wish.strokes,
            mentions=mentions_in(wish.text),
            who=who,
            at=at,
        )

    def _assets(self, ids: Sequence[AssetId]) -> dict[AssetId, Asset]:
        with self._stores.readers.lent() as reader:
            found = {asset.id: asset for asset in reader.assets(ids)}
        for asset in ids:
            if asset not in found:
                raise NotFoundError(what=f"The asset {asset}")
        return found
