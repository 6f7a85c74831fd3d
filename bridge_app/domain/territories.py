"""Markets and the territories that cover them."""

from collections.abc import Collection

WORLD = "WORLD"
NOWHERE = "NOWHERE"
"""What is left of two limits that have nothing in common: it covers no market, and no channel."""
_NA = """
    CA MX US
"""
_LATAM = """
    AR BO BR BZ CL CO CR CU DO EC GT GY HN HT JM MX NI PA PE PR PY SR SV TT UY VE
"""
_APAC = """
    AU BD BN BT CN FJ HK ID IN JP KH KR LA LK MM MN MO MV MY NP NZ PG PH PK SG TH TL TW VN
"""
_EMEA = """
    AD AE AL AM AO AT AZ BA BE BF BG BH BI BJ BW BY CD CF CG CH CI CM CV CY CZ DE DJ DK DZ
    EE EG ER ES ET FI FO FR GA GB GE GH GI GL GM GN GQ GR GW HR HU IE IL IM IQ IR IS IT JE
    JO KE KM KW LB LI LR LS LT LU LV LY MA MC MD ME MG MK ML MR MT MU MW MZ NA NE NG NL NO
    OM PL PS PT QA RO RS RU RW SA SC SD SE SI SK SL SM SN SO SS ST SY SZ TD TG TN TR TZ UA
    UG VA XK YE ZA ZM ZW
"""
REGIONS = {
    "NA": frozenset(_NA.split()),
    "LATAM": frozenset(_LATAM.split()),
    "APAC": frozenset(_APAC.split()),
    "EMEA": frozenset(_EMEA.split()),
}
"""The groups of territories that rights blocks may name. Source: reference/photoshelter.md, 10."""


def covers(territories: Collection[str], market: str) -> bool:
    """Do rights for these territories cover a market?

    A market is an ISO 3166 alpha-2 code, one of `REGIONS`, or a locale that ends with a code
    (`de-AT`). No territories limit nothing; a region is covered by itself, by WORLD, or by all
    of its countries.
    """
    granted = {territory.upper() for territory in territories}
    if not granted or WORLD in granted:
        return True
    wanted = market.upper().replace("_", "-").rpartition("-")[2]
    if wanted in granted:
        return True
    countries = REGIONS.get(wanted, frozenset({wanted}))
    held = granted.union(*(REGIONS.get(territory, frozenset()) for territory in granted))
    return countries <= held
