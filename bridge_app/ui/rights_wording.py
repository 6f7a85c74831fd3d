"""Rights in words for people: windows, claims, places and channels."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from bridge_app.domain.countries import COUNTRIES
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.domain.rights_claims import DocumentKind, RightsClaim
from bridge_app.domain.rights_times import Edge
from bridge_app.domain.territories import NOWHERE, REGIONS, WORLD
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.messages import isolated, moment_text, one_line
from bridge_app.ui.parts.codes_field import CodeGroup

translate = QCoreApplication.translate  # a name that lupdate knows
KINDS = {
    DocumentKind.LICENCE: QT_TRANSLATE_NOOP("rights", "Licence"),
    DocumentKind.MODEL: QT_TRANSLATE_NOOP("rights", "Model release"),
    DocumentKind.PROPERTY: QT_TRANSLATE_NOOP("rights", "Property release"),
}
RELEASES = {
    "unsaid": QT_TRANSLATE_NOOP("rights", "Nobody said that one is needed"),
    "yes": QT_TRANSLATE_NOOP("rights", "There is one"),
    "no": QT_TRANSLATE_NOOP("rights", "It is missing"),
}
REGION_NAMES = {
    WORLD: QT_TRANSLATE_NOOP("rights", "The whole world"),
    "EMEA": QT_TRANSLATE_NOOP("rights", "Europe, the Middle East and Africa"),
    "NA": QT_TRANSLATE_NOOP("rights", "North America"),
    "LATAM": QT_TRANSLATE_NOOP("rights", "Latin America"),
    "APAC": QT_TRANSLATE_NOOP("rights", "Asia and the Pacific"),
}
CHANNEL_NAMES = {
    "web": QT_TRANSLATE_NOOP("rights", "Web"),
    "social": QT_TRANSLATE_NOOP("rights", "Social media"),
    "email": QT_TRANSLATE_NOOP("rights", "E-mail"),
    "print": QT_TRANSLATE_NOOP("rights", "Print"),
    "ooh": QT_TRANSLATE_NOOP("rights", "Posters"),
    "broadcast": QT_TRANSLATE_NOOP("rights", "Broadcast"),
    "ecommerce": QT_TRANSLATE_NOOP("rights", "Shop"),
    "internal": QT_TRANSLATE_NOOP("rights", "Internal"),
}
MOST_SHOWN = 8
"""Codes of a list in one line."""
EDGES = {
    Edge.BEGINS: QT_TRANSLATE_NOOP("rights", "Begins"),
    Edge.ENDS: QT_TRANSLATE_NOOP("rights", "Ends"),
}


def document_kind_text(kind: DocumentKind) -> str:
    """What a document attests."""
    return translate("rights", KINDS[kind])


def release_text(word: str) -> str:
    """What is said of a release, by its word in `domain.rights_changes`."""
    return translate("rights", RELEASES[word])


def edge_text(edge: Edge) -> str:
    """Whether rights begin or end."""
    return translate("rights", EDGES[edge])


def window_text(window: RightsWindow) -> str:
    """A window in local time; "" where it is open at both ends."""
    if window.unreadable is not None:
        return translate("rights", "The dates cannot be read")
    starts = isolated(moment_text(window.starts.isoformat())) if window.starts else ""
    ends = isolated(moment_text(window.ends.isoformat())) if window.ends else ""
    if starts and ends:
        text = translate("rights", "From {start} until {end}")
    elif starts:
        text = translate("rights", "From {start}")
    else:
        text = translate("rights", "Until {end}") if ends else ""
    return text.format(start=starts, end=ends)


def claim_text(claim: RightsClaim) -> str:
    """A claim in one line: its window, places, channels and licence."""
    if claim.says_nothing:
        return translate("rights", "Nothing is claimed")
    without = translate("rights", "not {list}")
    parts = (
        window_text(claim.window),
        _listed(claim.territories),
        without.format(list=_listed(claim.excluded_territories))
        if claim.excluded_territories
        else "",
        _listed(claim.channels),
        without.format(list=_listed(claim.excluded_channels)) if claim.excluded_channels else "",
        isolated(one_line(claim.licence)) if claim.licence else "",
    )
    return "  ·  ".join(filter(None, parts)) or translate("rights", "Texts and documents only")


def nothing_left() -> str:
    """That no use is left."""
    return translate("rights", "Nothing is left that file and claim both allow")


def said_by_file(window: RightsWindow, limits: Restrictions) -> str:
    """What a file says of rights by itself."""
    said = "  ·  ".join(filter(None, (window_text(window), *places_text(limits))))
    return translate("review", "Its file says: {state}").format(state=said)


def places_text(limits: Restrictions) -> list[str]:
    """Where and for what something may be used; nothing where that is not limited."""
    told = []
    if NOWHERE in limits.territories | limits.channels:
        return [nothing_left()]
    if limits.territories:
        text = translate("rights", "Only in {places}")
        told.append(text.format(places=_listed(limits.territories)))
    if limits.channels:
        text = translate("rights", "Only for {channels}")
        told.append(text.format(channels=_listed(limits.channels)))
    return told


def territory_groups() -> list[CodeGroup]:
    """Regions, and below each its countries by their names; what lies in none comes last."""
    regions = {code: translate("rights", REGION_NAMES[code]) for code in (WORLD, *REGIONS)}
    groups = [CodeGroup(codes=regions)]
    for region, countries in REGIONS.items():
        groups.append(CodeGroup(codes=_countries(countries), title=regions[region]))
    others = COUNTRIES - frozenset().union(*REGIONS.values())
    return [*groups, CodeGroup(codes=_countries(others), title=translate("rights", "Elsewhere"))]


def channel_groups() -> list[CodeGroup]:
    """The channels by their names."""
    return [CodeGroup(codes={code: translate("rights", CHANNEL_NAMES[code]) for code in _ORDER})]


def _countries(codes: frozenset[str]) -> dict[str, str]:
    named = {code: f"{_country(code)} ({code})" for code in codes}
    return dict(in_reading_order(named.items(), lambda pair: pair[1]))


def _country(code: str) -> str:
    place = QLocale.codeToTerritory(code)
    return QLocale.territoryToString(place) if place is not QLocale.Country.AnyCountry else code


def _listed(codes: frozenset[str]) -> str:
    shown: Sequence[str] = sorted(codes)
    if len(shown) > MOST_SHOWN:
        return translate("rights", "{some} and others").format(some=", ".join(shown[:MOST_SHOWN]))
    return ", ".join(shown)


_ORDER = tuple(CHANNEL_NAMES)
