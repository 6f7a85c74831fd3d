"""What an environment uses and may do, in words; no widget."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.permissions import State
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import HourlyBudget, MediaLimits, Meter, Usage
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.messages import bytes_text, isolated, moment_text, number_text, one_line

METERS: Mapping[str, str] = {
    "credits": QT_TRANSLATE_NOOP("usage", "Credits"),
    "storage": QT_TRANSLATE_NOOP("usage", "Storage"),
    "bandwidth": QT_TRANSLATE_NOOP("usage", "Bandwidth"),
    "transformations": QT_TRANSLATE_NOOP("usage", "Transformations"),
    "objects": QT_TRANSLATE_NOOP("usage", "Stored files"),
    "impressions": QT_TRANSLATE_NOOP("usage", "Impressions"),
    "seconds_delivered": QT_TRANSLATE_NOOP("usage", "Seconds delivered"),
}
"""The meters that are shown first, in this order; add-ons follow under their own names."""
IN_BYTES = frozenset({"storage", "bandwidth"})
STATES: Mapping[State, str] = {
    State.ALLOWED: QT_TRANSLATE_NOOP("permission", "Allowed"),
    State.DENIED: QT_TRANSLATE_NOOP("permission", "Not allowed"),
    State.UNKNOWN: QT_TRANSLATE_NOOP("permission", "Not known yet"),
}
MEGA = 1_000_000
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One line with a bar, where `share` (0 to 1) is known."""

    name: str
    text: str
    share: float | None = None


def amounts(usage: Usage) -> Iterator[Amount]:
    """Every meter that tells something, the common ones first."""
    for name, title in METERS.items():
        meter = usage.meters.get(name)
        if meter is not None and (meter.used or meter.limit):
            text = _amount(meter, in_bytes=name in IN_BYTES)
            yield Amount(name=translate("usage", title), text=text, share=meter.share)
    for name in sorted(usage.meters.keys() - METERS.keys()):
        meter = usage.meters[name]
        if meter.used or meter.limit:
            text = _amount(meter, in_bytes=False)
            yield Amount(name=_addon_text(name), text=text, share=meter.share)


def budget_amount(budget: HourlyBudget) -> Amount:
    """The Admin calls of this hour."""
    text = translate("usage", "{left} of {limit} left").format(
        left=number_text(budget.remaining), limit=number_text(budget.limit)
    )
    if budget.resets_at is not None:
        text = translate("usage", "{amount}, anew at {time}").format(
            amount=text, time=moment_text(budget.resets_at.isoformat())
        )
    used = 1 - budget.remaining / budget.limit if budget.limit else None
    return Amount(name=translate("usage", "API calls this hour"), text=text, share=used)


def limit_amounts(limits: MediaLimits) -> Iterator[Amount]:
    """The largest files."""
    for title, size in (
        (translate("usage", "Largest image"), limits.image_bytes),
        (translate("usage", "Largest video"), limits.video_bytes),
        (translate("usage", "Largest other file"), limits.raw_bytes),
    ):
        if size is not None:
            yield Amount(name=title, text=bytes_text(size))
    for title, pixels in (
        (translate("usage", "Most pixels of an image"), limits.image_px),
        (translate("usage", "Most pixels of all pages or frames"), limits.total_px),
    ):
        if pixels is not None:
            text = translate("usage", "{count} megapixels").format(
                count=_decimal(pixels / MEGA, digits=1)
            )
            yield Amount(name=title, text=text)


def plan_text(account: Account, usage: Usage | None) -> str:
    """Plan, folder mode, and how old this is, on one line."""
    modes = {
        FolderMode.FIXED: translate("usage", "Fixed folders"),
        FolderMode.DYNAMIC: translate("usage", "Dynamic folders"),
    }
    parts = []
    if usage is not None and usage.plan:
        name = isolated(one_line(usage.plan))
        parts.append(translate("usage", "Plan {name}").format(name=name))
    if account.folder_mode is not None:
        parts.append(modes[account.folder_mode])
    if usage is not None and usage.last_updated:
        day = moment_text(usage.last_updated)
        parts.append(translate("usage", "counted on {day}").format(day=day))
    if usage is not None:
        moment = moment_text(usage.read_at.isoformat())
        parts.append(translate("usage", "asked {moment}").format(moment=moment))
    return "  ·  ".join(parts)


def state_text(state: State) -> str:
    """Whether a key may: "Not known yet"."""
    return translate("permission", STATES[state])


def _addon_text(name: str) -> str:
    """An add-on's own name, as words: "Google tagging"."""
    return one_line(name.replace("_", " ")).capitalize()


def _amount(meter: Meter, *, in_bytes: bool) -> str:
    text = _count(meter.used, in_bytes=in_bytes)
    if meter.limit:
        text = translate("usage", "{used} of {limit}").format(
            used=text, limit=_count(meter.limit, in_bytes=in_bytes)
        )
    if meter.credits_used:
        text = translate("usage", "{amount} ({credits} credits)").format(
            amount=text, credits=_decimal(meter.credits_used, digits=2)
        )
    return text


def _count(value: float, *, in_bytes: bool) -> str:
    if in_bytes:
        return bytes_text(int(value))
    return _decimal(value, digits=2)


def _decimal(value: float, *, digits: int) -> str:
    rounded = round(float(value), digits)
    shown = next(n for n in range(digits + 1) if round(rounded, n) == rounded)
    return QLocale().toString(rounded, "f", shown)
