"""Pictures by version 3 of the interface: read, found, downloaded and uploaded.

Source: reference/photoshelter.md 8 and 14.
"""

import json
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request, wrong_kind
from bridge_app.sandbox.photoshelter.file_links import file_reply
from bridge_app.sandbox.photoshelter.iptc_record import whole_record
from bridge_app.sandbox.photoshelter.kinds import kind_of
from bridge_app.sandbox.photoshelter.links import PictureSize
from bridge_app.sandbox.photoshelter.media_includes import visible_galleries
from bridge_app.sandbox.photoshelter.media_shapes import media_facts
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.received_files import kept_file, name_of, upload_of
from bridge_app.sandbox.photoshelter.records import Holds, Media
from bridge_app.sandbox.photoshelter.repeats import once
from bridge_app.sandbox.photoshelter.search_parameters import BadSearchError
from bridge_app.sandbox.photoshelter.uploads import new_media
from bridge_app.sandbox.photoshelter.v3_records import Record, Wanted, a_page, flag, time_of, wanted

OTHER_NAMES = {"keywords": "keyword", "caption": "display_caption"}
"""What fields of the IPTC record are called here."""
NOT_HERE = frozenset({"version", "hash", "license_expires_at", "created_at", "modified_at"})
FLAGS = ("model_released", "property_released", "flagged")


def image_record(call: ShelterCall, media: Media, asked: Wanted) -> Record:
    """A picture, or any other media, with what is wanted along."""
    facts = {name: one for name, one in media_facts(media).items() if name not in NOT_HERE}
    facts |= {name: flag(facts[name]) for name in FLAGS}
    facts["f_searchable"] = flag(facts.pop("searchable"))
    own = {
        "image_id": media.id,
        "stat_show": facts.pop("views"),
        "uploaded_at": time_of(media.created_at),
        "updated_at": time_of(media.modified_at),
        **facts,
    }
    known = {
        "ImageLink": lambda joined: link_record(call, media, joined),
        "Iptc": lambda joined: iptc_record(media, joined),
        "Gallery": lambda joined: gallery_records(call, media, joined),
    }
    return {**asked.of(own), **asked.joined(known)}


def iptc_record(media: Media, asked: Wanted) -> Record:
    """What is written about it."""
    whole = whole_record(media.iptc)
    return asked.of({OTHER_NAMES.get(name, name): one for name, one in whole.items()})


def link_record(call: ShelterCall, media: Media, asked: Wanted) -> Record:
    """The address of a picture of it; `image_size` may have one side."""
    text = asked.params.get("image_size") or "600"
    size = PictureSize.parse(text, asked.params.get("image_mode") or "fit")
    if size is None:
        raise bad_request("image_size is like 600x400, x700 or 600; image_mode is fit or fill")
    path, _ = call.service.links.signed(f"/img/{media.id}/{size}", call.now)
    link = call.service.url + path
    return asked.of({"link": link, "base": call.service.url, "auth_link": link})


def gallery_records(call: ShelterCall, media: Media, asked: Wanted) -> list[Record]:
    """Where it lies."""
    return [
        asked.of({"gallery_id": one.id, "name": one.name, "f_list": flag(one.is_listed)})
        for one in visible_galleries(call, media)
    ]


def _media(call: ShelterCall, deed: Deed = Deed.SEE) -> Media:
    return call.may.media(call.caller, call.ids["image_id"], deed=deed)


def _image(call: ShelterCall) -> Reply:
    return Reply(data={"Image": image_record(call, _media(call), wanted(call))})


def _iptc(call: ShelterCall) -> Reply:
    return Reply(data={"Iptc": iptc_record(_media(call), wanted(call))})


def _xmp(call: ShelterCall) -> Reply:
    return Reply(data={"Xmp": wanted(call).of(dict(_media(call).xmp))})


def _exif(call: ShelterCall) -> Reply:
    return Reply(data={"Exif": wanted(call).of(dict(_media(call).exif))})


def _link(call: ShelterCall) -> Reply:
    asked = Wanted(fields=wanted(call).fields, params=call.fields.texts)
    return Reply(data={"ImageLink": link_record(call, _media(call), asked)})


def _galleries(call: ShelterCall) -> Reply:
    return Reply(data={"Gallery": gallery_records(call, _media(call), wanted(call))})


def _download(call: ShelterCall) -> Response:
    media = _media(call)
    return file_reply(call, media, media.file)


def _search(call: ShelterCall) -> Reply:
    """`terms` is a JSON list of texts that all have to be found, or one text."""
    params = {**call.fields.texts, "terms": _terms(call.fields.text("terms"))}
    params["org_id"] = params.get("org_id") or call.caller.organization
    try:
        found: Sequence[Media] = call.service.finder.find(call.caller, params)
    except BadSearchError as error:
        raise bad_request(str(error)) from error
    page, paging = a_page(call, found)
    asked = wanted(call)
    return Reply(data={"Image": [image_record(call, one, asked) for one in page], **paging})


def _terms(text: str) -> str:
    if not text.startswith("["):
        return text
    try:
        words: Any = json.loads(text)
    except ValueError as error:
        raise bad_request("terms is no JSON list") from error
    return " ".join('"{}"'.format(str(word).replace('"', " ")) for word in words)


async def _upload(call: ShelterCall) -> Reply:
    """A picture into a gallery; duplicates are kept."""
    gallery = call.may.container(
        call.caller, call.fields.text("gallery_id"), kind=Holds.GALLERY, deed=Deed.UPLOAD
    )
    upload = upload_of(call)
    name = name_of(call, upload)
    if kind_of(name) != "image":
        raise wrong_kind("Only images can be uploaded here")
    file = await kept_file(call, upload, name)

    def stored() -> Reply:
        made = new_media(call, gallery, name, file, searchable=call.fields.flag("f_searchable"))
        return Reply(data={"Image": image_record(call, made, Wanted())})

    return once(call, stored)


IMAGE = "/mem/image/{image_id}"
V3_MEDIA_CALLS = (
    Call(method="GET", path="/mem/image/search", answer=_search, signed_in=True),
    Call(method="GET", path="/media/search", answer=_search),
    Call(method="POST", path="/mem/image/upload", answer=_upload, signed_in=True),
    Call(method="GET", path=IMAGE, answer=_image, signed_in=True),
    Call(method="GET", path=IMAGE + "/iptc", answer=_iptc, signed_in=True),
    Call(method="GET", path=IMAGE + "/xmp", answer=_xmp, signed_in=True),
    Call(method="GET", path=IMAGE + "/exif", answer=_exif, signed_in=True),
    Call(method="GET", path=IMAGE + "/link", answer=_link, signed_in=True),
    Call(method="GET", path=IMAGE + "/galleries", answer=_galleries, signed_in=True),
    Call(method="GET", path=IMAGE + "/download", answer=_download, signed_in=True),
)
