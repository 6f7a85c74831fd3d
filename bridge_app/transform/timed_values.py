"""Reads the values of video, sound, pages and animations.

Source of the rules: reference/cloudinary.md, 9.4 and 9.10. What is not understood (a variable,
`auto`, a newer word) is `Verbatim`: the cloud may well know it.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from bridge_app.transform.model import (
    AudioCodec,
    BitRate,
    FrameRate,
    Number,
    Pages,
    Sampling,
    Value,
    Verbatim,
    VideoCodec,
    VideoTime,
)

_NUMBER = r"(?:[0-9]{1,9}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})"
_AMOUNT = re.compile(_NUMBER)
_TIME = re.compile(rf"({_NUMBER})([p%]?)")
_BITS = re.compile(rf"({_NUMBER})([kKmM]?)(:constant)?")
_RATES = re.compile(rf"({_NUMBER})?(-)?({_NUMBER})?")
_EVERY = re.compile(rf"({_NUMBER})(s?)")
_CODEC = re.compile(r"([a-z0-9]+)(?::(?!bframes)([a-z0-9]+))?(?::([0-9.]+|auto))?(:bframes_no)?")
_SOUND = re.compile(r"[a-z0-9]+")
_RANGE = re.compile(r"([1-9][0-9]{0,8})(?:(-)([1-9][0-9]{0,8})?)?")
_THOUSANDS = {"": 1, "k": 1_000, "m": 1_000_000}


def _time(text: str) -> Value:
    match = _TIME.fullmatch(text)
    if not match:
        return Verbatim()
    return VideoTime(amount=Fraction(match[1]), percent=bool(match[2]))


def _positive(text: str) -> Value:
    amount = Fraction(text) if _AMOUNT.fullmatch(text) else Fraction(0)
    return Number(amount=amount) if amount > 0 else Verbatim()


def _video_codec(text: str) -> Value:
    match = _CODEC.fullmatch(text)
    if not match:
        return Verbatim()
    return VideoCodec(
        name=match[1], profile=match[2] or "", level=match[3] or "", b_frames=not match[4]
    )


def _audio_codec(text: str) -> Value:
    return AudioCodec(name=text) if _SOUND.fullmatch(text) else Verbatim()


def _bit_rate(text: str) -> Value:
    match = _BITS.fullmatch(text)
    bits = int(Fraction(match[1]) * _THOUSANDS[match[2].lower()]) if match else 0
    return BitRate(bits=bits, constant=bool(match and match[3])) if bits else Verbatim()


def _frame_rate(text: str) -> Value:
    match = _RATES.fullmatch(text)
    if not match or not (match[1] or match[3]):
        return Verbatim()
    lowest = Fraction(match[1]) if match[1] else None
    highest = Fraction(match[3]) if match[3] else None
    return FrameRate(lowest=lowest, highest=highest if match[2] else lowest)


def _sampling(text: str) -> Value:
    match = _EVERY.fullmatch(text)
    amount = Fraction(match[1]) if match else Fraction(0)
    return Sampling(amount=amount, seconds=bool(match and match[2])) if amount else Verbatim()


def _pages(text: str) -> Value:
    embedded = text.startswith("embedded:")
    rest = text.removeprefix("embedded:")
    if rest.startswith("name:"):
        names = tuple(filter(None, re.split("[:;]", rest.removeprefix("name:"))))
        return Pages(names=names, embedded=embedded) if names else Verbatim()
    ranges = [_RANGE.fullmatch(part) for part in rest.split(";")]
    found = tuple((int(r[1]), _last_page(r)) for r in ranges if r)
    return Pages(ranges=found, embedded=embedded) if len(found) == len(ranges) else Verbatim()


def _last_page(match: re.Match[str]) -> int | None:
    if match[3]:
        return int(match[3])
    return None if match[2] else int(match[1])


TIMED_READERS: Mapping[str, Callable[[str], Value]] = {
    "ac": _audio_codec,
    "af": _positive,
    "br": _bit_rate,
    "dl": _positive,
    "dn": _positive,
    "du": _time,
    "eo": _time,
    "fps": _frame_rate,
    "ki": _positive,
    "pg": _pages,
    "so": _time,
    "vc": _video_codec,
    "vs": _sampling,
}
