"""Analyses that Cloudinary sells as add-ons: the sandbox knows their names and has none of them.

Source: reference/cloudinary.md 3.2, 3.3 and 4.5. A value that is none is refused as the service
refuses it; a right one as it refuses those who have not subscribed.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.params import Params

Call = Literal["upload", "update"]


@dataclass(frozen=True, slots=True)
class AddOn:
    """`known` fits the values there are; `refusal` is the upload's word about another `{value}`."""

    parameter: str
    known: re.Pattern[str]
    refusal: str


ADD_ONS = (
    AddOn(
        "raw_convert",
        re.compile(r"(aspose|extract_text|google_speech|azure_video_indexer)([:.].*)?"),
        "Raw convert is invalid",
    ),
    AddOn(
        "categorization",
        re.compile(r"(google_tagging|google_video_tagging|imagga_tagging|aws_rek_tagging)(:.*)?"),
        "Categorization item {value} is not valid",
    ),
    AddOn(
        "detection",
        re.compile(
            r"(adv_face|aws_rek_face|captioning|iqa(-analysis)?|watermark-detection|coco|lvis"
            r"|cld-fashion|cld-text|openimages|unidet|human-anatomy|shop-classifier)(_v\d+)?(:.*)?"
        ),
        "Detection invalid model '{value}'",
    ),
    AddOn("ocr", re.compile(r"adv_ocr(:.*)?"), "Ocr {value} is invalid"),
    AddOn(
        "background_removal",
        re.compile(r"(cloudinary_ai|pixelz|remove_the_background)(:.*)?"),
        "Background removal {value} is invalid",
    ),
    AddOn("similarity_search", re.compile(r"true|false|1|0"), "Similarity search is invalid"),
)


def check_add_ons(params: Params, call: Call) -> None:
    """Refuse what needs an add-on.

    Raises:
        CloudinaryError: 400, there is no such add-on; 420, nobody subscribed to it.
    """
    for add_on in ADD_ONS:
        if add_on.parameter not in params.values:
            continue
        for value in params.csv(add_on.parameter):
            _check(add_on, value, call)


def _check(add_on: AddOn, value: str, call: Call) -> None:
    if not add_on.known.fullmatch(value):
        told = f"Illegal value {value} for {add_on.parameter}"
        raise bad_request(told if call == "update" else add_on.refusal.format(value=value))
    if value not in {"0", "false"}:
        raise no_subscription(value.partition(":")[0])


def no_subscription(name: str) -> CloudinaryError:
    """420: the add-on exists, and this environment has not subscribed to it."""
    return CloudinaryError(420, f"You don't have an active subscription for {name}")
