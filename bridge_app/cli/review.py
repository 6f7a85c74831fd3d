"""Commands about review requests: ask, list, what waits, approve the rest, close."""

import argparse
from datetime import date, datetime, time, timedelta

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.asking import agrees, words_or_input
from bridge_app.cli.output import DONE, USAGE, note, say, say_json
from bridge_app.cli.review_words import item_json, item_line, request_json, request_line
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.review_requests import (
    LONGEST_NOTE,
    QueueItem,
    RequestId,
    ReviewItem,
    ReviewRequest,
    ReviewWish,
    review_items,
)


def request(arguments: argparse.Namespace) -> int:
    """Ask reviewers to look at assets, or at their renditions."""
    with opened() as parts:
        wish = ReviewWish(
            title=arguments.title,
            note=words_or_input(arguments.note, most=LONGEST_NOTE),
            due=due_from(arguments.due) if arguments.due else None,
            reviewers=tuple(arguments.reviewer),
            items=items_meant(parts, arguments),
        )
        made = parts.worker.reviews.request(wish)
        _tell(parts, made, as_json=arguments.json)
    return DONE


def requests(arguments: argparse.Namespace) -> int:
    """List requests."""
    with opened() as parts:
        found = parts.worker.reviews.requests(who=arguments.who, open_only=not arguments.all)
        for one in found:
            _tell(parts, one, as_json=arguments.json)
    return DONE


def queue(arguments: argparse.Namespace) -> int:
    """List what waits for somebody, or all of one request."""
    with opened() as parts:
        who = arguments.who or parts.worker.reviews.who()
        desk = parts.worker.reviews
        if arguments.request is None:
            items = desk.queue(who)
        else:
            items = desk.queue_of(request_meant(parts, arguments.request).id, who)
        _list(items, as_json=arguments.json)
    return DONE


def approve_rest(arguments: argparse.Namespace) -> int:
    """Approve what one may decide now of a request, once it was shown."""
    with opened() as parts:
        chosen = request_meant(parts, arguments.request)
        rest = parts.worker.reviews.rest(chosen.id)
        _list(rest, as_json=arguments.json)
        if arguments.dry_run or not rest:
            note(f"{len(rest)} would be approved.")
            return DONE
        if not arguments.yes and not agrees(f"Approve these {len(rest)}? [yes/NO]"):
            note("Nothing was decided. Say --yes to do it without being asked.")
            return USAGE
        alike: dict[tuple[str, str], list[AssetId]] = {}
        for item in rest:
            alike.setdefault((item.transformation, item.stage), []).append(item.asset)
        count = sum(
            parts.worker.decide(
                assets,
                Approval.APPROVED,
                comment=arguments.comment,
                transformation=transformation,
                stage=stage,
            )
            for (transformation, stage), assets in alike.items()
        )
        note(f"{count} recorded: approved.")
    return DONE


def close(arguments: argparse.Namespace) -> int:
    """Close a request."""
    with opened() as parts:
        closed = parts.worker.reviews.close(request_meant(parts, arguments.request).id)
        note(f"{closed.title} is closed. What was decided stays decided.")
    return DONE


def in_files(arguments: argparse.Namespace) -> int:
    """Switch it on or off that approvals are kept in files, too; say which it is."""
    with opened() as parts:
        desk = parts.worker.file_approvals
        if arguments.state is not None:
            desk.switch(on=arguments.state == "on")
        say("on" if desk.is_on else "off")
    return DONE


def due_from(text: str) -> datetime:
    """A day to its end, or a time; both are of this machine's zone unless the text names one.

    Raises InvalidInputError.
    """
    try:
        if len(text) == len("2026-01-31"):
            end = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time())
            return end.astimezone()
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError) as error:
        detail = "it is a day such as 2026-01-31, or a time such as 2026-01-31T18:00+01:00"
        raise InvalidInputError(what=f"The due date “{text[:40]}”", detail=detail) from error


def items_meant(parts: Parts, arguments: argparse.Namespace) -> tuple[ReviewItem, ...]:
    """Masters, or renditions of them in the order of the sets."""
    library = parts.worker.rendition_presets.library()
    presets = [preset for name in arguments.set for preset in library.of_set(name)]
    assets = [asset.id for asset in chosen_assets(parts, arguments.assets)]
    return review_items(assets, presets, masters=arguments.master or not presets)


def request_meant(parts: Parts, start: str) -> ReviewRequest:
    """The request whose ID begins so. Raises NotFoundError if there is none, or several."""
    known = parts.worker.reviews.requests(open_only=False)
    found = [one for one in known if one.id.startswith(start)]
    if len(found) != 1 or not start:
        raise NotFoundError(what=f"One review request with the ID {start}")
    return found[0]


def _tell(parts: Parts, one: ReviewRequest, *, as_json: bool) -> None:
    counts, at = parts.worker.reviews.counts_of(RequestId(one.id)), utc_now()
    if as_json:
        say_json(request_json(one, counts, at))
    else:
        say(request_line(one, counts, at))


def _list(items: list[QueueItem], *, as_json: bool) -> None:
    for item in items:
        if as_json:
            say_json(item_json(item))
        else:
            say(item_line(item))
