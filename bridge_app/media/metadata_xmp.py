"""Changes the XMP of a file in exiv2's form: the fields asked for, and nothing else."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from operator import eq
from typing import Any
from xml.etree import ElementTree

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_schema import Shape
from bridge_app.domain.standard_values import language_tag
from bridge_app.media import foreign
from bridge_app.media.metadata_digest import DECLARED, RDF
from bridge_app.media.metadata_places import GPS_TAGS, SEQUENCES, Places

DEFAULT = "x-default"
NAMED = re.compile(rb"about\s*=\s*[\"'][^\"']")
XMP_MM = "{http://ns.adobe.com/xap/1.0/mm/}"


def set_xmp(data: Any, places: Places, language: str, value: FieldValue) -> None:
    """Give one field its value in exiv2's `XmpData`; None takes it away."""
    if places.field.shape is Shape.COORDINATE:
        _set_coordinate(data, places.xmp, value)
        return
    key = places.xmp[0]
    if places.field.by_language:
        _set_language(data, key, language, value)
    elif value is None:
        _erase(data, key)
    elif isinstance(value, tuple):
        _put(data, key, _array(key, kept_order(texts_of(data, key), value)))
    elif places.field.shape is Shape.NAMES:
        _put(data, key, _array(key, names_of(value)))
    else:
        _put(data, key, foreign.exiv2().XmpTextValue(str(value)))


def set_blank(data: Any, places: Places) -> None:
    """Say in a sidecar that a field has no value, whatever stands in its master."""
    for key in places.xmp:
        _erase(data, key)
        _put(data, key, foreign.exiv2().XmpTextValue(""))


def keep_blanks(data: Any) -> None:
    """Alternatives without a word stay: exiv2 would leave them out when it writes."""
    library = foreign.exiv2()
    for entry in data:
        value = entry.value()
        if type(value).__name__ == "LangAltValue" and not any(dict(value).values()):
            entry.setValue(library.XmpTextValue(""))


def keep_instance_id(data: Any, packet: bytes) -> None:
    """The instance ID stays that which the packet says.

    Adobe's library, by which exiv2 reads, takes the name of an old packet for it instead.
    """
    if not NAMED.search(packet) or DECLARED.search(packet):
        return
    start, end = packet.find(b"<"), packet.rfind(b">") + 1
    try:
        root = ElementTree.fromstring(packet[start:end])  # noqa: S314 - nothing is declared in it
    except (ElementTree.ParseError, ValueError):
        return
    for node in root.iterfind(f".//{RDF}RDF/{RDF}Description"):
        said = node.get(f"{XMP_MM}InstanceID") or node.findtext(f"{XMP_MM}InstanceID")
        if said:
            _put(data, "Xmp.xmpMM.InstanceID", foreign.exiv2().XmpTextValue(said))


def texts_of(data: Any, key: str) -> tuple[str, ...]:
    """The texts of a list as they stand, none where there is no list."""
    for entry in data:
        if entry.key() == key:
            value = entry.value()
            is_array = type(value).__name__ == "XmpArrayValue"
            return tuple(map(str, value)) if is_array else (str(value),)
    return ()


def kept_order(before: Iterable[str], words: tuple[str, ...]) -> list[str]:
    """The words of a set: those that were there in the order they had, then the new ones."""
    kept = [word for word in dict.fromkeys(before) if word in words]
    return [*kept, *(word for word in words if word not in kept)]


def names_of(value: FieldValue) -> list[str]:
    """Several people as a list."""
    return [name.strip() for name in str(value).split(";") if name.strip()]


def _set_language(data: Any, key: str, language: str, value: FieldValue) -> None:
    texts = _alternatives(data, key)
    wanted = language or DEFAULT
    same = [tag for tag in texts if tag == wanted or (language and language_tag(tag) == language)]
    for tag in same:
        del texts[tag]
    if value is not None:
        texts[wanted] = str(value)
    if texts:
        _put(data, key, foreign.exiv2().LangAltValue(texts))
    else:
        _erase(data, key)


def _alternatives(data: Any, key: str) -> dict[str, str]:
    for entry in data:
        if entry.key() == key:
            value = entry.value()
            is_alternative = type(value).__name__ == "LangAltValue"
            return dict(value) if is_alternative else {DEFAULT: str(value)}
    return {}


def _set_coordinate(data: Any, keys: tuple[str, ...], value: FieldValue) -> None:
    if value is None:
        if keys[0].startswith(GPS_TAGS):  # the camera's place, and all that tells of it
            _erase_all(data, lambda name: name.startswith(GPS_TAGS))
        for key in keys:
            _erase(data, key)
        return
    for key, text, signs in zip(keys, str(value).split(","), ("NS", "EW"), strict=True):
        degrees = float(text)
        whole = int(abs(degrees))
        minutes = f"{(abs(degrees) - whole) * 60:.6f}"
        sign = signs[degrees < 0]
        _put(data, key, foreign.exiv2().XmpTextValue(f"{whole},{minutes}{sign}"))


def _array(key: str, texts: Iterable[str]) -> Any:
    library = foreign.exiv2()
    is_ordered = key in SEQUENCES or key.endswith((":AOCreator", ":AOCreatorId"))
    kind = library.TypeId.xmpSeq if is_ordered else library.TypeId.xmpBag
    value = library.XmpArrayValue(kind)
    for text in texts:
        value.append(text)
    return value


def _put(data: Any, key: str, value: Any) -> None:
    """Set a value, with the structure it lies in if there is none yet."""
    holder, slash, _ = key.rpartition("/")
    if slash and key not in (entry.key() for entry in data):
        _make(data, holder)
    data[key] = value


def _make(data: Any, holder: str) -> None:
    """Make the structures on the way to a member, each in its list if it belongs to one."""
    library = foreign.exiv2()
    known = {entry.key() for entry in data}
    path = ""
    for step in holder.split("/"):
        path = f"{path}/{step}" if path else step
        array, bracket, number = path.rpartition("[") if path.endswith("]") else ("", "", "")
        if bracket and array not in known:
            kinds = library.XmpValue.XmpArrayType
            value = library.XmpTextValue("")
            value.setXmpArrayType(kinds.xaSeq if array in SEQUENCES else kinds.xaBag)
            data[array] = value
        count = int(number.rstrip("]")) if bracket else 0
        # A list has no gaps: what comes before is there, if without a member.
        for name in [f"{array}[{at}]" for at in range(1, count + 1)] or [path]:
            if name not in known:
                value = library.XmpTextValue("")
                value.setXmpStruct()
                data[name] = value


def _erase(data: Any, key: str) -> None:
    """Take a property away with all below it, and each structure that is empty then."""
    _erase_all(data, lambda name: name == key or name.startswith((f"{key}[", f"{key}/")))
    holder, slash, _ = key.rpartition("/")
    if not slash or any(entry.key().startswith(f"{holder}/") for entry in data):
        return
    if not holder.endswith("]"):
        _erase(data, holder)
        return
    array = holder.rpartition("[")[0]
    _shorten(data, array)
    if "/" in array and array not in {entry.key() for entry in data}:
        _erase(data, array)


def _shorten(data: Any, array: str) -> None:
    """Take the empty structures at a list's end away, and a list of none.

    One before another stays: taking it away would give the others new numbers.
    """
    names = {entry.key() for entry in data}
    count = sum(name.startswith(f"{array}[") and "/" not in name[len(array) :] for name in names)
    while count and not any(name.startswith(f"{array}[{count}]/") for name in names):
        _erase_all(data, partial(eq, f"{array}[{count}]"))
        count -= 1
    if not count:
        _erase_all(data, partial(eq, array))


def _erase_all(data: Any, is_meant: Callable[[str], bool]) -> None:
    for key in [entry.key() for entry in data if is_meant(entry.key())]:
        del data[key]
