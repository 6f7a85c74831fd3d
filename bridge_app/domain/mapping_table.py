"""The field mapping as it comes: the table of reference/photoshelter.md, 15, as data."""

from bridge_app.domain.field_mapping import Direction, FieldMapping, MappingRow, Target
from bridge_app.domain.standard_cloud import IN_CLOUD

_PUSH, _BOTH, _NONE = Direction.PUSH, Direction.BOTH, Direction.NONE
_ROWS: tuple[tuple[str, Direction, str], ...] = (
    ("media_id", _PUSH, "metadata.ps_media_id:string"),
    ("organization_id", _PUSH, "metadata.ps_org_id:string"),
    ("file_name", _PUSH, "display_name context.ps_file_name"),
    ("title", _BOTH, IN_CLOUD["title"]),
    ("headline", _BOTH, IN_CLOUD["headline"]),
    ("caption", _BOTH, IN_CLOUD["caption"]),
    ("alt_text", _BOTH, IN_CLOUD["alt_text"]),
    ("caption_writer", _NONE, IN_CLOUD["caption_writer"]),
    ("keywords", _BOTH, IN_CLOUD["keywords"]),
    ("author", _PUSH, IN_CLOUD["author"]),
    ("position", _NONE, IN_CLOUD["position"]),
    ("credit", _BOTH, IN_CLOUD["credit"]),
    ("source", _PUSH, IN_CLOUD["source"]),
    ("copyright", _PUSH, IN_CLOUD["copyright"]),
    ("usage_terms", _PUSH, IN_CLOUD["usage_terms"]),
    ("web_statement", _PUSH, IN_CLOUD["web_statement"]),
    ("instructions", _PUSH, IN_CLOUD["instructions"]),
    ("rights_block", _PUSH, "metadata.rights_block:string"),
    ("rights_start", _PUSH, IN_CLOUD["rights_start"]),
    ("rights_end", _PUSH, IN_CLOUD["rights_end"]),
    ("regions", _BOTH, "metadata.regions:set"),
    ("channels", _BOTH, "metadata.channels:set"),
    ("model_released", _PUSH, IN_CLOUD["model_released"]),
    ("property_released", _PUSH, IN_CLOUD["property_released"]),
    ("approval", _BOTH, "metadata.approval_status:enum"),
    ("trans_ref", _PUSH, IN_CLOUD["trans_ref"]),
    ("keyword:campaign", _BOTH, "metadata.campaign:string"),
    ("keyword:region", _BOTH, "metadata.market:string"),
    ("keyword:lang", _BOTH, "metadata.language:string"),
    ("keyword:product", _BOTH, "metadata.product_name:string"),
    ("keyword:sku", _BOTH, "metadata.sku:string"),
    ("city", _PUSH, IN_CLOUD["city"]),
    ("state", _PUSH, IN_CLOUD["state"]),
    ("country", _PUSH, IN_CLOUD["country"]),
    ("country_iso", _PUSH, IN_CLOUD["country_iso"]),
    ("location", _PUSH, IN_CLOUD["location"]),
    ("date_taken", _PUSH, IN_CLOUD["date_taken"]),
    ("rating", _BOTH, IN_CLOUD["rating"]),
    ("urgency", _NONE, IN_CLOUD["urgency"]),
    ("genre", _NONE, IN_CLOUD["genre"]),
    ("scene", _NONE, IN_CLOUD["scene"]),
    ("subject_code", _NONE, IN_CLOUD["subject_code"]),
    ("category", _NONE, IN_CLOUD["category"]),
    ("contact_email", _PUSH, IN_CLOUD["contact_email"]),
    ("sync_hash", _PUSH, "context.bridge_hash"),
)


def default_mapping() -> FieldMapping:
    """The mapping as long as nobody has changed it."""
    return FieldMapping(
        rows=tuple(
            MappingRow(
                source=source,
                direction=direction,
                targets=tuple(Target.read(text) for text in targets.split()),
            )
            for source, direction, targets in _ROWS
        )
    )
