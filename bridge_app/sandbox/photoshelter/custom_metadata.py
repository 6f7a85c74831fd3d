"""Custom fields: which there are, and the option that a media item has of each.

Source: reference/photoshelter.md 9: one option of a preset list at most, for a field.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import bad_request, unprocessable
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.metadata_iptc import check_not_moved_on
from bridge_app.sandbox.photoshelter.moments import written
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import CustomField, Media


def custom_shapes(call: ShelterCall, media: Media) -> list[Shape]:
    """The options that were chosen; of a field or an option that is gone, only its identifier."""
    return [_chosen(call, name, option) for name, option in media.custom.items()]


def _chosen(call: ShelterCall, field_id: str, option: str) -> Shape:
    field = call.store.field(field_id)
    attributes = {
        "field_name": field.name if field else None,
        "option_id": option,
        "option_name": field.options.get(option) if field else None,
    }
    return resource(call, "custom_metadata", field_id, attributes)


def with_options(
    fields: Mapping[str, CustomField], before: Mapping[str, str], chosen: Mapping[str, Any]
) -> dict[str, str]:
    """The options after a change; null takes one away, fields that are not named stay.

    Raises:
        ShelterError: 422, there is no such field, or the option is none of its own.
    """
    after = dict(before)
    for name, option in chosen.items():
        field = fields.get(name)
        if field is None:
            raise unprocessable(f"Unknown field: {name}", error_id="UnknownFieldException")
        if option in (None, ""):
            after.pop(name, None)
        elif option in field.options:
            after[name] = option
        else:
            raise unprocessable(
                f"{field.name} has no option {option}", error_id="UnknownOptionException"
            )
    return after


def _get(call: ShelterCall) -> Reply:
    return Reply(data=custom_shapes(call, call.may.media(call.caller, call.ids["media_id"])))


def _patch(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.TAG)
    check_not_moved_on(call, media)
    fields = {one.id: one for one in call.store.fields(media.organization)}
    after = with_options(fields, media.custom, dict(_asked(call.fields.body)))
    if after != media.custom:
        media = call.state.update_media(media.id, custom=after)
    return Reply(data=custom_shapes(call, media), meta={"modified_at": written(media.modified_at)})


def _asked(body: Any) -> Iterator[tuple[str, Any]]:
    """Field and option of each item of `data`.

    Raises:
        ShelterError: 400, the body has another shape.
    """
    items = body.get("data") if isinstance(body, dict) else None
    for item in items if isinstance(items, list) else [items]:
        match item:
            case {"id": str(field), "attributes": {"option_id": str() | None as option}}:
                yield field, option
            case _:
                raise bad_request("data must hold fields, each with attributes.option_id")


def _fields(call: ShelterCall) -> Reply:
    """The custom fields of an organization with their options, in order of creation."""
    organization = call.fields.text("org_id") or call.caller.organization
    call.may.in_organization(call.caller, organization, Deed.SEE)
    return Reply(data=[_field(call, one) for one in call.store.fields(organization)])


def _field(call: ShelterCall, field: CustomField) -> Shape:
    options = [{"id": option, "name": name} for option, name in field.options.items()]
    attributes = {"name": field.name, "category": "metadata", "options": options}
    return resource(call, "custom_field", field.id, attributes)


CUSTOM_CALLS = (
    Call(method="GET", path="/media/{media_id}/custom-metadata", answer=_get),
    Call(method="PATCH", path="/media/{media_id}/custom-metadata", answer=_patch, signed_in=True),
    Call(method="GET", path="/metadata/fields", answer=_fields, signed_in=True),
)
