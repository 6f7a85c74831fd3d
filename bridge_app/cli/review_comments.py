"""Commands about what people say of assets: comments, threads, ratings and labels."""

import argparse

from bridge_app.app.build import Parts
from bridge_app.cli.asking import words_or_input
from bridge_app.cli.output import DONE, USAGE, note, say, say_json
from bridge_app.cli.review_words import thread_lines
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import Asset
from bridge_app.domain.comments import LONGEST_TEXT, Moment, Place, Point, Region, Thread
from bridge_app.domain.comments_json import comment_json, thread_json
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.marks import Label


def comment(arguments: argparse.Namespace) -> int:
    """Say something of an asset, or of a rendition of it."""
    text = words_or_input(arguments.text, most=LONGEST_TEXT)
    with opened() as parts:
        (asset,) = chosen_assets(parts, [arguments.asset])
        said = parts.worker.reviews.comment(
            asset.id,
            text,
            transformation=_transformation(parts, arguments.rendition),
            place=_place(arguments),
            thread=parts.worker.reviews.thread(arguments.thread).id if arguments.thread else None,
        )
    if arguments.json:
        say_json(comment_json(said))
    else:
        note(f"Said of {asset.name}, in thread {said.thread}.")
    return DONE


def comments(arguments: argparse.Namespace) -> int:
    """List threads of an asset, or those that mention somebody."""
    if (arguments.asset is None) is (arguments.mentions is None):
        note("Name an asset, or say --mentions.")
        return USAGE
    with opened() as parts:
        desk = parts.worker.reviews
        if arguments.mentions is not None:
            found = desk.mentions(arguments.mentions or desk.who())
        else:
            (asset,) = chosen_assets(parts, [arguments.asset])
            preset = arguments.rendition
            chosen = None if preset is None else _transformation(parts, preset)
            found = desk.threads(asset.id, chosen)
        wanted = [one for one in found if not (arguments.open and one.resolved)]
        with parts.stock.readers.lent() as reader:
            assets = {one.id: one for one in reader.assets([one.first.asset for one in wanted])}
    for one in wanted:
        _tell(one, assets.get(one.first.asset), as_json=arguments.json)
    return DONE


def resolve(arguments: argparse.Namespace) -> int:
    """Say that a thread is settled, or open again."""
    settled = arguments.action == "resolve"
    with opened() as parts:
        desk = parts.worker.reviews
        told = desk.resolve(desk.thread(arguments.thread).id, resolved=settled)
    note(f"Thread {told.id} is {'resolved' if told.resolved else 'open'}.")
    return DONE


def mark(arguments: argparse.Namespace) -> int:
    """Rate or label assets."""
    if arguments.rating is None and arguments.label is None:
        note("Say --rating or --label.")
        return USAGE
    label = None
    if arguments.label is not None:
        label = Label.NONE if arguments.label == "none" else Label(arguments.label)
    with opened() as parts:
        assets = chosen_assets(parts, arguments.assets)
        ids = [asset.id for asset in assets]
        parts.worker.reviews.mark(ids, rating=arguments.rating, label=label)
        marks = parts.worker.reviews.marks(ids)
    for asset in assets:
        now = marks[asset.id]
        if arguments.json:
            told = {"rating": now.rating, "label": now.label.value or None}
            say_json({"asset": asset.id, "name": asset.name, **told})
    note(f"{len(assets)} marked.")
    return DONE


def _transformation(parts: Parts, preset: str) -> str:
    """What a preset makes, as comments are bound to it; "" is the master. Raises NotFoundError."""
    if not preset:
        return ""
    found = parts.worker.rendition_presets.library().preset(preset)
    return subject_text(found.transformation, found.format)


def _place(arguments: argparse.Namespace) -> Place | None:
    """Where on the picture. Raises CommentError or InvalidInputError."""
    if arguments.time is not None:
        return Moment(seconds=arguments.time)
    if arguments.region is not None:
        x, y, width, height = _numbers(arguments.region, 4)
        return Region(x=x, y=y, width=width, height=height)
    if arguments.point is not None:
        x, y = _numbers(arguments.point, 2)
        return Point(x=x, y=y)
    return None


def _numbers(text: str, count: int) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise InvalidInputError(what=f"“{text[:40]}”", detail=f"it takes {count} numbers, 0 to 1")
    return numbers


def _tell(one: Thread, asset: Asset | None, *, as_json: bool) -> None:
    if as_json:
        say_json(thread_json(one))
        return
    for line in thread_lines(one, asset):
        say(line)
