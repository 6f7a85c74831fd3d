"""ExifTool as the oracle of metadata: what it reads of each standard field, and what it writes."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import FIELDS, Shape, StandardField

GROUPS = {"Iptc4xmpCore": "iptcCore", "Iptc4xmpExt": "iptcExt"}
NAMES = {
    "AddlModelInfo": "AdditionalModelInformation",
    "EventId": "EventID",
    "DigImageGUID": "DigitalImageGUID",
    "RegistryId": "RegistryID",
}
UNKNOWN = frozenset({"ai_prompt", "ai_prompt_writer", "ai_system", "ai_version", "data_mining"})
"""Fields that the standard has since 2023 and 2025: ExifTool 12 reads them, and writes none."""
NOT_METADATA = ("System:", "File:", "Composite:", "ExifTool:", "XMP-x:", "SourceFile", "RIFF:WebP")
PLUS = "http://ns.useplus.org/ldf/vocab/"
SPECIAL: dict[str, FieldValue] = {
    "category": "ABC",
    "country_iso": "DEU",
    "created_country_iso": "FRA",
    "shown_country_iso": "ITA",
    "scene": ("010100", "010200"),
    "subject_code": ("10000000",),
    "model_age": ("25", "30"),
    "languages": ("de", "en-GB"),
    "dates": ("1907", "2026-12-01"),
    **{f"region_{name}": "0.25" for name in ("x", "y", "w", "h", "radius")},
}
SHAPED: dict[Shape, FieldValue] = {
    Shape.NAMES: "Ana Exämple; Bo Example",
    Shape.BAG: ("alpha", "zwölf, und"),
    Shape.MOMENT: "2026-12-01T09:08:07+02:00",
    Shape.WHOLE: 3,
    Shape.COORDINATE: "48.85837,-2.29448",
    Shape.LINK: "https://example.com/x?a=1&b=2",
}
EDITABLE = tuple(field for field in FIELDS if field.editable)


def sample(field: StandardField) -> FieldValue:
    """A value that fits the field, with letters of several scripts where it takes any."""
    if field.id in SPECIAL:
        return SPECIAL[field.id]
    if field.shape is Shape.CHOICE:
        return field.choices[-1][0]
    if field.shape is Shape.PROSE:
        return f"Line one of {field.id}\nZeile zwei, 日本 <&>"
    if field.shape is Shape.TEXT:
        return f"Ünï {field.id} 日本"[: field.limit]
    return SHAPED[field.shape]


def samples() -> dict[str, FieldValue]:
    return {field.id: sample(field) for field in EDITABLE}


def exiftool(*arguments: str) -> str:
    """What ExifTool says; the test is skipped where there is none."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("ExifTool (libimage-exiftool-perl) is not installed")
    done = subprocess.run([program, *arguments], capture_output=True, check=False, timeout=900)
    return done.stdout.decode("utf-8", "replace")


def tags(files: Sequence[Path]) -> dict[Path, dict[str, Any]]:
    """Every tag of each file, structures whole, values as they stand."""
    text = exiftool(
        "-struct", "-G1", "-a", "-u", "-j", "-n", "-charset", "iptc=utf8", *map(str, files)
    )
    return {Path(one["SourceFile"]): one for one in json.loads(text)}


def warnings_of(files: Sequence[Path]) -> dict[Path, set[str]]:
    """What ExifTool's validation has against each file; all of it, whatever came first."""
    text = exiftool("-validate", "-warning", "-error", "-a", "-G4", "-j", *map(str, files))
    return {
        Path(one["SourceFile"]): {
            str(told)
            for name, value in one.items()
            if name.rpartition(":")[2] in ("Warning", "Error")
            for told in _listed(value)
        }
        for one in json.loads(text)
    }


def tag_of(field: StandardField) -> tuple[str, str]:
    """ExifTool's name of the property a field is, and of the structure's member ("" for none).

    A member of a structure within it is `RegionBoundary/RbX`, one of a list there `RRole[1]/Name`.
    """
    first, _, rest = field.xmp.partition("+")[0].partition("/")
    prefix, _, name = first.partition("[")[0].partition(":")
    group = f"XMP-{GROUPS.get(prefix, prefix)}"
    own = NAMES.get(name, f"{name[0].upper()}{name[1:]}")
    steps = [step.partition(":")[2] for step in rest.split("/")] if rest else []
    return f"{group}:{own}", "/".join(f"{step[0].upper()}{step[1:]}" for step in steps)


def member_of(value: Any, member: str) -> Any:
    """What stands in a structure, or in the first of a list, under this path."""
    for step in member.split("/"):
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(step.partition("[")[0]) if isinstance(value, dict) else None
    return value


def put_member(structure: dict[str, Any], member: str, value: Any) -> None:
    """Put a value where `member_of` finds it."""
    *holders, name = member.split("/")
    for step in holders:
        plain, bracket, _ = step.partition("[")
        inner = structure.setdefault(plain, [{}] if bracket else {})
        structure = inner[0] if bracket else inner
    structure[name] = value


def read_by_exiftool(field: StandardField, said: Mapping[str, Any]) -> FieldValue:
    """A field's value as ExifTool reads it, in our form."""
    if field.shape is Shape.COORDINATE and tag_of(field)[1]:
        name, _ = tag_of(field)
        found = [member_of(said.get(name), f"GPS{one}") for one in ("Latitude", "Longitude")]
        return None if None in found else ",".join(f"{float(one):.5f}" for one in found)
    if field.shape is Shape.COORDINATE:
        for group in ("Composite", "XMP-exif"):
            found = [said.get(f"{group}:GPS{name}", "") for name in ("Latitude", "Longitude")]
            if "" not in found:
                return ",".join(f"{float(one):.5f}" for one in found)
        return None
    name, member = tag_of(field)
    value = said.get(name)
    if value is None and field.id == "urgency":  # what the IIM says already is not written again
        value = said.get("IPTC:Urgency")
    if member:
        value = member_of(value, member)
    return in_our_form(field, value)


def in_our_form(field: StandardField, value: Any) -> FieldValue:
    if value is None:
        return None
    if field.id == "dates":
        return tuple(sorted(str(one).replace(":", "-", 2) for one in _listed(value)))
    if field.shape in FORMS:
        return FORMS[field.shape](value)
    if field.xmp.startswith("plus:") and field.shape is Shape.CHOICE:
        return PLUS + str(value).removeprefix(PLUS)
    return str(value)


FORMS: dict[Shape, Callable[[Any], FieldValue]] = {
    Shape.BAG: lambda value: tuple(sorted(map(str, _listed(value)))),
    Shape.NAMES: lambda value: "; ".join(map(str, _listed(value))),
    Shape.WHOLE: int,
    Shape.MOMENT: lambda value: str(value).replace(":", "-", 2).replace(" ", "T"),
}


def agrees(field: StandardField, ours: FieldValue, theirs: FieldValue) -> bool:
    if field.shape is Shape.COORDINATE and ours and theirs:
        pairs = zip(str(ours).split(","), str(theirs).split(","), strict=True)
        return all(abs(float(one) - float(other)) < 1e-5 for one, other in pairs)
    return ours == theirs


def foreign_tags(said: Mapping[str, Any], fields: Iterable[StandardField]) -> dict[str, Any]:
    """The tags that a change of these fields has to leave as they are."""
    ours = {tag_of(field)[0] for field in fields} | IN_STEP
    return {
        name: value
        for name, value in said.items()
        if not name.startswith(NOT_METADATA) and name.partition("-")[0] not in MOVING
        if name not in ours and name.rpartition("-")[0] not in ours
    }


IN_STEP = {
    *("IFD0:ImageDescription", "IFD0:Artist", "IFD0:Copyright", "IFD0:Rating", "IFD0:XPTitle"),
    *("IFD0:XPComment", "IFD0:XPAuthor", "IFD0:XPKeywords", "ExifIFD:DateTimeOriginal"),
    *("ExifIFD:CreateDate", "ExifIFD:OffsetTimeOriginal", "ExifIFD:OffsetTimeDigitized"),
    *("GPS:GPSVersionID", "GPS:GPSLatitude", "GPS:GPSLatitudeRef", "GPS:GPSLongitude"),
    *("GPS:GPSLongitudeRef", "XMP-exif:GPSLatitude", "XMP-exif:GPSLongitude"),
    *("IPTC:CodedCharacterSet", "Photoshop:IPTCDigest", "PNG:Rawprofiletypeiptc"),
    *(f"IPTC:{name}" for name in ("ObjectName", "Headline", "Caption-Abstract", "Keywords")),
    *(f"IPTC:{name}" for name in ("Writer-Editor", "Category", "SupplementalCategories")),
    *(f"IPTC:{name}" for name in ("By-line", "By-lineTitle", "CopyrightNotice", "Credit")),
    *(f"IPTC:{name}" for name in ("Source", "SpecialInstructions", "Sub-location", "City")),
    *(f"IPTC:{name}" for name in ("Province-State", "Country-PrimaryLocationName")),
    *(f"IPTC:{name}" for name in ("Country-PrimaryLocationCode", "DateCreated", "TimeCreated")),
    *(f"IPTC:{name}" for name in ("DigitalCreationDate", "DigitalCreationTime", "Urgency")),
    "IPTC:OriginalTransmissionReference",
}
"""What is kept in step with the fields in EXIF and IIM."""
MOVING = {
    *("IFD0:StripOffsets", "IFD0:TileOffsets", "IFD1:ThumbnailOffset", "IFD1:StripOffsets"),
    *("ExifIFD:MakerNoteUnknown", "MPF0:MPImageStart", "MPImage2:MPImageStart"),
    *("MPImage3:MPImageStart", "IFD2:StripOffsets", "IFD0:PreviewImageStart"),
    *("IFD0:OtherImageStart", "QuickTime:MediaDataOffset", "QuickTime:MediaDataSize"),
    "QuickTime:MediaData",
}
"""Places in the file, and the block in which pictures and metadata lie together."""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def write_with_exiftool(files: Sequence[Path], values: Mapping[str, FieldValue]) -> None:
    """Have ExifTool write these fields, as XMP, into each file."""
    said: dict[str, Any] = {}
    for field in EDITABLE:
        value = values.get(field.id)
        if value is None or field.id in UNKNOWN:
            continue
        name, member = tag_of(field)
        if field.shape is Shape.COORDINATE and member:
            for one, degrees in zip(("Latitude", "Longitude"), str(value).split(","), strict=True):
                put_member(said.setdefault(name, [{}])[0], f"GPS{one}", degrees)
            continue
        if field.shape is Shape.COORDINATE:
            latitude, longitude = str(value).split(",")
            said |= {"XMP-exif:GPSLatitude": latitude, "XMP-exif:GPSLongitude": longitude}
            continue
        if not member:
            said[name] = _for_exiftool(field, value)
        elif "[" in field.xmp.partition("/")[0]:
            put_member(said.setdefault(name, [{}])[0], member, _for_exiftool(field, value))
        else:
            put_member(said.setdefault(name, {}), member, _for_exiftool(field, value))
    told = files[0].with_name("told.json")
    told.write_text(json.dumps([{"SourceFile": str(file), **said} for file in files]))
    names = tuple(map(str, files))
    exiftool(f"-j={told}", "-struct", "-n", "-overwrite_original", *names)
    # What leads in some files says the same then: the IIM, and the place in EXIF.
    in_step = ("-if", "$Photoshop:IPTCDigest", "-Photoshop:IPTCDigest=new")
    exiftool(*in_step, "-overwrite_original", *names)
    if "coordinate" in values:
        north, east = map(float, str(values["coordinate"]).split(","))
        place = (
            *(f"-GPS:GPSLatitude={abs(north)}", f"-GPS:GPSLongitude={abs(east)}"),
            *(f"-GPS:GPSLatitudeRef={'NS'[north < 0]}", "-n"),
            f"-GPS:GPSLongitudeRef={'EW'[east < 0]}",
        )
        exiftool("-if", "defined $GPS:GPSLatitude", *place, "-overwrite_original", *names)


def _for_exiftool(field: StandardField, value: FieldValue) -> Any:
    if field.shape is Shape.NAMES:
        return str(value).split("; ")
    if field.id == "dates" and isinstance(value, tuple):
        return [one.replace("-", ":", 2) for one in value]
    if field.shape is Shape.MOMENT:
        return str(value).replace("-", ":", 2).replace("T", " ")
    if field.xmp.startswith("plus:") and field.shape is Shape.CHOICE:
        return str(value).removeprefix(PLUS)
    return list(value) if isinstance(value, tuple) else value
