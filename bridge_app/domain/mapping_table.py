"""The field mapping as it comes: the table of reference/photoshelter.md, 15, as data."""

from bridge_app.domain.field_mapping import Direction, FieldMapping, MappingRow, Target

_PUSH, _BOTH, _NONE = Direction.PUSH, Direction.BOTH, Direction.NONE
_ROWS: tuple[tuple[str, Direction, str], ...] = (
    ("media_id", _PUSH, "metadata.ps_media_id:string"),
    ("organization_id", _PUSH, "metadata.ps_org_id:string"),
    ("file_name", _PUSH, "display_name context.ps_file_name"),
    ("title", _BOTH, "context.title"),
    ("headline", _BOTH, "context.headline"),
    ("caption", _BOTH, "context.caption"),
    ("alt_text", _BOTH, "context.alt"),
    ("caption_writer", _NONE, ""),
    ("keywords", _BOTH, "tags"),
    ("author", _PUSH, "metadata.creator:string"),
    ("position", _NONE, ""),
    ("credit", _BOTH, "metadata.credit_line:string"),
    ("source", _PUSH, "metadata.source:string"),
    ("copyright", _PUSH, "metadata.copyright:string"),
    ("usage_terms", _PUSH, "metadata.usage_terms:string"),
    ("web_statement", _PUSH, "metadata.rights_url:string"),
    ("instructions", _PUSH, "context.instructions"),
    ("rights_block", _PUSH, "metadata.rights_block:string"),
    ("rights_start", _PUSH, "metadata.embargo_until:date access.start"),
    ("rights_end", _PUSH, "metadata.rights_expires:date access.end"),
    ("regions", _BOTH, "metadata.regions:set"),
    ("channels", _BOTH, "metadata.channels:set"),
    ("model_released", _PUSH, "metadata.model_release:enum"),
    ("property_released", _PUSH, "metadata.property_release:enum"),
    ("approval", _BOTH, "metadata.approval_status:enum"),
    ("trans_ref", _PUSH, "metadata.job_id:string"),
    ("keyword:campaign", _BOTH, "metadata.campaign:string"),
    ("keyword:region", _BOTH, "metadata.market:string"),
    ("keyword:lang", _BOTH, "metadata.language:string"),
    ("keyword:product", _BOTH, "metadata.product_name:string"),
    ("keyword:sku", _BOTH, "metadata.sku:string"),
    ("city", _PUSH, "context.city"),
    ("state", _PUSH, "context.state"),
    ("country", _PUSH, "context.country"),
    ("country_iso", _PUSH, "context.country_iso"),
    ("location", _PUSH, "context.location"),
    ("date_taken", _PUSH, "metadata.date_taken:date"),
    ("rating", _BOTH, "metadata.rating:integer"),
    ("urgency", _NONE, ""),
    ("genre", _NONE, ""),
    ("scene", _NONE, ""),
    ("subject_code", _NONE, ""),
    ("category", _NONE, ""),
    ("contact_email", _PUSH, "metadata.rights_contact:string"),
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
