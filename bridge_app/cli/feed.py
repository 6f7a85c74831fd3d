"""The command `feed`: products of other systems, their images, and the feed that goes out."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, REFUSED, note, say, say_json
from bridge_app.cli.session import current_environment, opened, wait_until, working
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.product_feed import Feed, FeedResult, Finding, MatchBy
from bridge_app.domain.product_feed_out import OutForm
from bridge_app.storage.feed_matches import FeedMatches, Match
from bridge_app.storage.feeds import FeedRun
from bridge_app.storage.secrets import Secret
from bridge_app.work.feed_out import OutWish
from bridge_app.work.feed_pushes import FollowUp

MOST_TOLD = 20
"""Rows that are told to people; scripts are told all that are kept."""


def show(arguments: argparse.Namespace) -> int:
    """List the feeds."""
    with opened() as parts:
        desk = parts.worker.feeds
        for feed in desk.feeds():
            products = desk.products(feed.id)
            if arguments.json:
                say_json(_feed_json(feed) | {"products": products})
            else:
                when = f"every {feed.every_min} min" if feed.every_min else "by hand"
                why = f" ({feed.reason})" if feed.reason else ""
                state = f"{feed.state.value}{why}"
                say(f"{feed.name}  {feed.source}  {products} products  {when}  {state}")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Keep a feed."""
    token = _token() if arguments.token else None
    with opened() as parts:
        feed = Feed(
            id="",
            name=arguments.name,
            source=arguments.source,
            match_by=MatchBy(arguments.match_by),
            columns=tuple(map(_column, arguments.column)),
            encoding=arguments.encoding,
            every_min=arguments.every,
            pushes=arguments.push,
            environment=(current_environment(parts) or "") if arguments.push else "",
            folder=arguments.folder,
            channel=arguments.channel,
            private_allowed=arguments.private,
        )
        if arguments.pattern:
            feed = replace(feed, pattern=arguments.pattern)
        kept = parts.worker.feeds.add(feed, token)
    note(f"{kept.name} is kept. `asset-bridge feed import {kept.name}` reads it.")
    return DONE


def switch(arguments: argparse.Namespace) -> int:
    """Have a feed read by itself, or not."""
    with opened() as parts:
        feed = parts.worker.feeds.switch(arguments.name, on=arguments.state == "on")
    note(f"{feed.name} is {feed.state.value}.")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Forget a feed."""
    with opened() as parts:
        parts.worker.feeds.remove(arguments.name)
    note(f"{arguments.name} was forgotten with its products. Images stay where they went.")
    return DONE


def take(arguments: argparse.Namespace) -> int:
    """Read a feed, or one file as its; nothing is pushed."""
    with opened() as parts:
        file = Path(arguments.file) if arguments.file else None
        runs = parts.worker.feeds.read(arguments.name, file, dry_run=arguments.dry_run)
        identity = parts.worker.feeds.one(arguments.name).id
    return _say_runs(identity, runs, as_json=arguments.json)


def preview(arguments: argparse.Namespace) -> int:
    """What matches, and what does not, on either side."""
    with opened() as parts, parts.worker.feeds.matches(arguments.name) as matches:
        counts = matches.counts()
        if arguments.json:
            for one in _told(matches, arguments.only):
                say_json(one)
        else:
            for line in _lines(matches, arguments.only):
                say(line)
    note(
        f"{counts.products} products; {counts.images} images found, {counts.unclear} unclear, "
        f"{counts.missing} missing; {counts.bare} products without an image; "
        f"{counts.unused} of {counts.assets} assets show no product."
    )
    return DONE


def run(arguments: argparse.Namespace) -> int:
    """Read a feed and bring approved images of its products to delivery."""
    if arguments.dry_run:
        with opened() as parts:
            return _run(parts, arguments)
    with working() as (parts, _):
        return _run(parts, arguments)


def out(arguments: argparse.Namespace) -> int:
    """Write the feed of images that goes out."""
    path = Path(arguments.file)
    by_name = OutForm.CSV if path.suffix.casefold() in (".csv", ".tsv") else OutForm.JSON_LINES
    wish = OutWish(
        path=path,
        form=OutForm(arguments.form) if arguments.form else by_name,
        presets=tuple(arguments.preset),
        channels=tuple(arguments.channel),
        for_spreadsheets=not arguments.raw,
        replaces=arguments.replace,
    )
    with opened() as parts:
        done = parts.worker.feeds.write_out(arguments.name, wish)
    if arguments.json:
        left = {"held_back": done.held_back, "not_delivered": done.not_delivered}
        say_json({"written": done.written, **left})
    note(
        f"{done.written} lines; {done.held_back} held back by the gate, "
        f"{done.not_delivered} images are not delivered."
    )
    return DONE


def runs(arguments: argparse.Namespace) -> int:
    """What was read of a feed, the newest first."""
    with opened() as parts:
        desk = parts.worker.feeds
        identity = desk.one(arguments.name).id
        for one in desk.runs(arguments.name):
            if arguments.json:
                say_json(_run_json(identity, one))
            else:
                say(f"{one.at}  {_counts(one)}")
    return DONE


def _run(parts: Parts, arguments: argparse.Namespace) -> int:
    desk = parts.worker.feeds
    feed = desk.one(arguments.name)
    status = _say_runs(
        feed.id, desk.read(feed.id, dry_run=arguments.dry_run), as_json=arguments.json
    )
    done = desk.follow(feed.id, dry_run=arguments.dry_run)
    _say_follow_up(done, as_json=arguments.json, is_plan=arguments.dry_run)
    if arguments.wait and done.sent and not arguments.dry_run:
        wait_until(lambda: not parts.stock.jobs.is_open(done.batch))
        failed = [job for job in parts.worker.batch(done.batch) if job.state is not JobState.DONE]
        for job in failed:
            note(f"{job.name}: {job.error.sentence() if job.error else job.state.value}")
        status = FAILED if failed else status
    return REFUSED if status == DONE and done.refused else status


def _say_runs(feed: str, found: Iterable[FeedRun], *, as_json: bool) -> int:
    status = DONE
    for one in found:
        if as_json:
            say_json(_run_json(feed, one))
        else:
            say(_counts(one))
            _say_findings(one.result)
        if one.result.is_mostly_bad:
            note(f"{one.source}: so many rows are bad that the feed is paused.")
        status = FAILED if one.result.bad_rows else status
    return status


def _say_findings(result: FeedResult) -> None:
    for kind, found, count in (
        ("rejected", result.rejected, result.bad_rows),
        ("note", result.warnings, result.warned),
    ):
        for one in found[:MOST_TOLD]:
            note(f"{kind}: {_finding(one)}")
        if count > MOST_TOLD:
            note(f"… and {count - MOST_TOLD} more.")


def _finding(one: Finding) -> str:
    where = ", ".join(part for part in (f"line {one.line}", one.sku, one.field) if part)
    return f"{where}: {one.message}"


def _counts(one: FeedRun) -> str:
    result = one.result
    again = " (the same as before)" if one.is_again else ""
    return (
        f"{one.source}{again}: {result.received} rows, {result.upserted} products taken, "
        f"{result.unchanged} unchanged, {result.stale} stale, {result.deleted} deleted, "
        f"{result.bad_rows} rows rejected, {result.warned} notes"
    )


def _say_follow_up(done: FollowUp, *, as_json: bool, is_plan: bool) -> None:
    for one in done.steps:
        if as_json:
            told = {"asset": one.step.asset, "name": one.step.name}
            reasons = [reason.value for reason in one.step.reasons]
            action = "tell" if one.tells else one.step.action.value
            where = {"public_id": one.step.public_id or None, "skus": list(one.skus)}
            say_json({**told, "action": action, **where, "reasons": reasons})
        else:
            action = "tell" if one.tells else one.step.action.value.replace("_", " ")
            say(f"{action:<14} {one.step.name}  {', '.join(one.skus)}")
    for reason, count in sorted(done.refused.items()):
        note(f"{count} held back: {reason.value.replace('_', ' ')}")
    verb, ended = ("would be", "would end") if is_plan else ("are", "ended")
    note(
        f"{done.sent} images {verb} sent to {done.environment} ({done.bytes} bytes), "
        f"{done.told} {verb} told what is new, {done.ended} links {ended}."
    )
    if done.unseen:
        note(f"{done.unseen} delivered images are told once their environment is mirrored.")


def _told(matches: FeedMatches, only: str) -> Iterator[dict[str, object]]:
    kinds: dict[str, Callable[[], Iterable[Match]]] = {
        "matched": matches.matched,
        "unclear": matches.unclear,
        "missing": matches.missing,
    }
    for kind, read in kinds.items():
        if only in ("", kind):
            for one in read():
                facts = {"sku": one.product.sku, "market": one.product.market}
                place = {"language": one.product.language, "slot": one.slot or None}
                image = {"asset": one.asset or None, "name": one.name or None, "hits": one.hits}
                yield {
                    "match": kind,
                    **facts,
                    **place,
                    "position": one.position,
                    **image,
                    "how": one.how or None,
                    "ref": one.ref or None,
                }
    if only in ("", "unused"):
        for asset, name in matches.unused():
            yield {"match": "unused", "asset": asset, "name": name}


def _lines(matches: FeedMatches, only: str) -> Iterator[str]:
    for one in _told(matches, only):
        product = " ".join(str(one[name]) for name in ("sku", "market", "language") if name in one)
        place = f"{one['slot']} {one['position']}" if one.get("slot") else ""
        words = (product, place, str(one.get("ref") or ""), str(one.get("name") or ""))
        yield "  ".join(chain([f"{one['match']:<8}"], filter(None, words)))


def _run_json(feed: str, one: FeedRun) -> dict[str, object]:
    facts = {"source": one.source, "sha256": one.sha256, "at": one.at, "again": one.is_again}
    return {**facts, **one.result.told(feed)}


def _feed_json(feed: Feed) -> dict[str, object]:
    return {
        "id": feed.id,
        "name": feed.name,
        "source": feed.source,
        "match_by": feed.match_by.value,
        "pattern": feed.pattern,
        "columns": dict(feed.columns),
        "every_min": feed.every_min,
        "push": feed.pushes,
        "environment": feed.environment or None,
        "folder": feed.folder,
        "channel": feed.channel,
        "private_allowed": feed.private_allowed,
        "port": feed.port or None,
        "state": feed.state.value,
        "reason": feed.reason,
        "looked_at": feed.looked_at or None,
    }


def _column(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.rpartition("=")
    if not (theirs.strip() and equals and ours.strip()):
        raise InvalidInputError(what=text, detail="it has to look like Artikelnummer=sku")
    return theirs.strip(), ours.strip()


def _token() -> Secret:
    prompt = "Token: "
    typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    if not typed.strip() or not typed.strip().isascii():
        raise InvalidInputError(what="The token", detail="it is empty or has odd characters")
    return Secret(typed.strip())
