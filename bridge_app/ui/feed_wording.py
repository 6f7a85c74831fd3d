"""Feeds of products in words for people."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.product_feed import SAID, WARNINGS, Feed, FeedState, Finding, Slot
from bridge_app.domain.reasons import SENTENCES, Reason
from bridge_app.storage.feed_matches import Match
from bridge_app.storage.feeds import FeedRun
from bridge_app.ui.messages import (
    END_ISOLATE,
    LEFT_TO_RIGHT,
    error_text,
    isolated,
    moment_text,
    number_text,
    one_line,
)
from bridge_app.ui.models.lines import Line

SLOTS = {
    Slot.HERO: QT_TRANSLATE_NOOP("feeds", "Hero"),
    Slot.ALT: QT_TRANSLATE_NOOP("feeds", "Other view"),
    Slot.DETAIL: QT_TRANSLATE_NOOP("feeds", "Detail"),
    Slot.SWATCH: QT_TRANSLATE_NOOP("feeds", "Swatch"),
    Slot.LIFESTYLE: QT_TRANSLATE_NOOP("feeds", "Lifestyle"),
    Slot.SPIN: QT_TRANSLATE_NOOP("feeds", "Spin"),
    Slot.VIDEO: QT_TRANSLATE_NOOP("feeds", "Film"),
    Slot.MANUAL: QT_TRANSLATE_NOOP("feeds", "Manual"),
}
STATES = {
    FeedState.ON: "",
    FeedState.OFF: QT_TRANSLATE_NOOP("feeds", "Off"),
    FeedState.PAUSED: QT_TRANSLATE_NOOP("feeds", "Paused"),
}
EVERY = (
    (0, QT_TRANSLATE_NOOP("feeds", "Only when I ask")),
    (15, QT_TRANSLATE_NOOP("feeds", "Every quarter of an hour")),
    (60, QT_TRANSLATE_NOOP("feeds", "Every hour")),
    (1440, QT_TRANSLATE_NOOP("feeds", "Every day")),
)
"""Minutes, and what they are called."""


def _told(text: str) -> str:
    return QCoreApplication.translate("feeds", text) if text else ""


def every_text(minutes: int) -> str:
    """How often a feed is read."""
    named = dict(EVERY)
    if minutes in named:
        return _told(named[minutes])
    return QCoreApplication.translate("feeds", "Every %Ln minute(s)", "", n=minutes)


def feed_line(feed: Feed) -> Line:
    """A feed in a list."""
    when = every_text(feed.every_min)
    text = f"{LEFT_TO_RIGHT}{one_line(feed.source)}{END_ISOLATE}  ·  {when}"
    if feed.trouble is not None:
        text = one_line(error_text(feed.trouble))
    return Line(
        key=feed.id,
        icon="globe" if feed.is_remote else "folder",
        title=one_line(feed.name),
        text=text,
        mark=_told(STATES[feed.state]),
        tone="warning" if feed.state is FeedState.PAUSED else "neutral",
    )


def finding_line(one: Finding, number: int) -> Line:
    """A rejected row, or a warning."""
    line = QCoreApplication.translate("feeds", "Line {line}").format(line=one.line)
    where = "  ·  ".join(part for part in (line, one_line(one.sku), one.field) if part)
    is_note = one.code in WARNINGS
    return Line(
        key=f"{number}",
        icon="info" if is_note else "circle-x",
        title=where,
        text=_told(SAID[one.code]).format(value=one_line(one.shown)),
        mark="" if is_note else QCoreApplication.translate("feeds", "Not taken"),
        tone="neutral" if is_note else "negative",
    )


def match_line(one: Match, number: int) -> Line:
    """An image of a product; or what is missing."""
    product = f"{one.product.sku}  ·  {one.product.market} {one.product.language}"
    slot = _told(SLOTS[Slot(one.slot)]) if one.slot else ""
    place = f"{slot} {one.position}" if one.slot else ""
    if one.asset:
        text = f"{place}  ·  {one_line(one.name)}"
    else:
        none = QCoreApplication.translate("feeds", "No image of it was found")
        text = f"{place}  ·  {one_line(one.ref)}" if one.ref else none
    several = QCoreApplication.translate("feeds", "%Ln different image(s)", "", one.hits)
    return Line(
        key=f"{number}",
        icon="image" if one.asset else "image-off",
        title=one_line(f"{product}  ·  {one.product_name}" if one.product_name else product),
        text=text,
        mark=several if one.hits > 1 else "",
        tone="warning",
    )


def run_text(run: FeedRun) -> str:
    """What became of a file, in one line."""
    result = run.result
    translate = QCoreApplication.translate
    told = {
        translate("feeds", "%Ln row(s)", "", result.received): 1,
        translate("feeds", "%Ln product(s) taken", "", result.upserted): result.upserted,
        translate("feeds", "%Ln product(s) unchanged", "", result.unchanged): result.unchanged,
        translate("feeds", "%Ln product(s) out of date", "", result.stale): result.stale,
        translate("feeds", "%Ln product(s) deleted", "", result.deleted): result.deleted,
        translate("feeds", "%Ln row(s) not taken", "", result.bad_rows): result.bad_rows,
    }
    when = f"{isolated(one_line(run.source))}, {isolated(moment_text(run.at))}"
    return f"{when}:  {'  ·  '.join(text for text, count in told.items() if count)}"


def refusals_text(refused: Mapping[Reason, int]) -> str:
    """Why images are held back, with how many."""
    return ", ".join(
        f"{QCoreApplication.translate('gate', SENTENCES[reason])} ({number_text(count)})"
        for reason, count in sorted(refused.items())
    )
