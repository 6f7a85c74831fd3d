"""Presets, sets and their renditions in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.derived_costs import DerivedCosts
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.named_matching import Match
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.ui.messages import bytes_text, isolated, number_text, one_line, pixels_text

MATCHES = {
    Match.SAME: QT_TRANSLATE_NOOP("named", "Same"),
    Match.DIFFERENT: QT_TRANSLATE_NOOP("named", "Differs"),
    Match.ONLY_HERE: QT_TRANSLATE_NOOP("named", "Only here"),
    Match.ONLY_THERE: QT_TRANSLATE_NOOP("named", "Only there"),
}
TONES = {
    Match.SAME: "positive",
    Match.DIFFERENT: "warning",
    Match.ONLY_HERE: "neutral",
    Match.ONLY_THERE: "info",
}
DOT = "  ·  "


def match_text(match: Match) -> str:
    """How a name stands on both sides: "Differs"."""
    return QCoreApplication.translate("named", MATCHES[match])


def set_title(one: RenditionSet) -> str:
    """A set's title: "Social networks"; its name where it has none."""
    return one_line(QCoreApplication.translate("presets", one.shown))


def contract_text(contract: Contract | None) -> str:
    """What a channel demands: "1200 × 630", "at most 4000 × 4000", "≤ 150 kB"."""
    if contract is None:
        return ""
    parts = []
    if contract.width and contract.height:
        size = pixels_text((contract.width, contract.height))
        template = QCoreApplication.translate("presets", "at most {size}")
        parts.append(size if contract.exact else template.format(size=size))
    elif contract.width or contract.height:
        side = contract.width or contract.height
        words = (
            QCoreApplication.translate("presets", "{pixels} px wide")
            if contract.width
            else QCoreApplication.translate("presets", "{pixels} px high")
        )
        parts.append(words.format(pixels=number_text(side)))
    if contract.most_bytes:
        parts.append(isolated(f"≤ {bytes_text(contract.most_bytes)}"))
    return DOT.join(parts)


def where_text(preset: RenditionPreset) -> str:
    """Whom it is for: "DE, US-CA  ·  de"; "" where it is for everybody."""
    lists = (", ".join(preset.markets), ", ".join(preset.languages))
    return DOT.join(isolated(one) for one in lists if one)


def preset_facts(preset: RenditionPreset) -> str:
    """The line below a preset's title: its name, format, contract and markets."""
    parts = (
        isolated(preset.name),
        preset.format.upper(),
        contract_text(preset.contract),
        where_text(preset),
    )
    return DOT.join(filter(None, parts))


def costs_text(costs: DerivedCosts) -> str:
    """What renditions add at Cloudinary, and what is billed apart."""
    translate = QCoreApplication.translate
    parts = [translate("costs", "%Ln new derived asset(s)", "", costs.new)]
    if costs.at_most > costs.new:
        most = translate("costs", "up to {count} with a file for each browser's format")
        parts.append(most.format(count=number_text(costs.at_most)))
    if costs.existing:
        parts.append(translate("costs", "%Ln there already", "", costs.existing))
    least = translate("costs", "%Ln transformation(s) at least", "", costs.transformations)
    parts.append(least)
    parts += _billed(costs.weighted, translate("costs", "{name} × {count}, billed apart"))
    parts += _billed(costs.add_ons, translate("costs", "{name} × {count}, an add-on"))
    return DOT.join(parts)


def _billed(found: Sequence[tuple[str, int]], template: str) -> list[str]:
    return [template.format(name=name, count=number_text(count)) for name, count in found]
