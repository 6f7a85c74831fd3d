"""A place on Earth as people have it: degrees, minutes and seconds, a geo: address, a map's link.

Sources: RFC 5870 for geo: addresses; links as Google Maps, OpenStreetMap, Apple Maps and Bing Maps
make them.
"""

import re
from urllib.parse import unquote

DECIMALS = 6
"""Of a degree: a tenth of a metre."""
_DEGREES = r"(?P<{0}d>\d{{1,3}}(?:\.\d+)?)°? ?(?:(?P<{0}m>\d{{1,2}}(?:\.\d+)?)['′] ?)?"  # noqa: RUF001 - minutes of an arc
_DEGREES += r"(?:(?P<{0}s>\d{{1,2}}(?:\.\d+)?)[\"″] ?)?"
WRITTEN = re.compile(
    rf"(?P<latsign>[+-]?){_DEGREES.format('lat')}(?P<north>[NSns]?)(?: ?, ?| )"
    rf"(?P<lonsign>[+-]?){_DEGREES.format('lon')}(?P<east>[EWew]?)",
    flags=re.ASCII,
)
_FIRST = re.compile(r"([NSns]) ?([^NSEWnsew,]+?),? ?([EWew]) ?([^NSEWnsew,]+)", re.ASCII)
"""Letters in front: `N 48°51'30", E 2°17'40"`."""
_PAIR = r"(-?\d{1,3}(?:\.\d+)?)"
_LINKS = tuple(
    re.compile(pattern.format(_PAIR), re.ASCII)
    for pattern in (
        r"^geo:{0},{0}(?=[,;?]|$)",
        r"!3d{0}!4d{0}",  # the place that was looked for, before what the map shows
        r"[?&]mlat={0}&mlon={0}",
        r"[?&](?:q|query|ll|coordinate|destination|center)=(?:loc:)?{0},[ +]?{0}",
        r"[?&]cp={0}~{0}",
        r"#map=\d+(?:\.\d+)?/{0}/{0}",
        r"@{0},{0}(?=,|$)",
    )
)
_ADDRESS = re.compile(r"geo:|https?://", re.ASCII | re.IGNORECASE)


def coordinate(latitude: float, longitude: float) -> str:
    """The one form of a place on Earth, in degrees; north and east are positive."""
    return ",".join(map(_decimal, (latitude, longitude)))


def read_coordinate(text: str) -> str | None:
    """The place that a text means, in that form; None if it is none."""
    plain = " ".join(text.split())
    if _ADDRESS.match(plain):
        links = (one.search(unquote(plain)) for one in _LINKS)
        found = next(filter(None, links), None)
        return coordinate(float(found[1]), float(found[2])) if found is not None else None
    written = WRITTEN.fullmatch(_FIRST.sub(r"\2\1, \4\3", plain))
    if written is None:
        return None
    south, west = written["north"] in ("S", "s"), written["east"] in ("W", "w")
    return coordinate(
        _degrees(written, "lat", negative=written["latsign"] == "-" or south),
        _degrees(written, "lon", negative=written["lonsign"] == "-" or west),
    )


def sexagesimal(place: str) -> str:
    """The same in degrees, minutes and seconds: `48°51′30.1″N 2°17′40.2″E`."""  # noqa: RUF002 - minutes of an arc
    latitude, longitude = map(float, place.split(","))
    return f"{_arc(latitude, 'NS')} {_arc(longitude, 'EW')}"


def map_address(place: str) -> str:
    """The page of OpenStreetMap that shows it."""
    latitude, longitude = place.split(",")
    marker = f"mlat={latitude}&mlon={longitude}"
    return f"https://www.openstreetmap.org/?{marker}#map=16/{latitude}/{longitude}"


def _degrees(found: re.Match[str], name: str, *, negative: bool) -> float:
    degrees, minutes, seconds = (float(found[f"{name}{part}"] or 0) for part in "dms")
    size = degrees + minutes / 60 + seconds / 3600
    return -size if negative else size


def _arc(degrees: float, letters: str) -> str:
    tenths = round(abs(degrees) * 36_000)
    minutes, rest = divmod(tenths, 600)
    whole, minute = divmod(minutes, 60)
    return f"{whole}°{minute:02}′{rest / 10:04.1f}″{letters[degrees < 0]}"  # noqa: RUF001 - minutes of an arc


def _decimal(degrees: float) -> str:
    text = f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
