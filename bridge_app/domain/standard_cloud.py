"""Where standard fields go at Cloudinary, as long as nobody has changed the field mapping."""

from types import MappingProxyType

IN_CLOUD = MappingProxyType(
    {
        "title": "context.title",
        "headline": "context.headline",
        "caption": "context.caption",
        "alt_text": "context.alt",
        "caption_writer": "",
        "keywords": "tags",
        "author": "metadata.creator:string",
        "position": "",
        "credit": "metadata.credit_line:string",
        "source": "metadata.source:string",
        "copyright": "metadata.copyright:string",
        "usage_terms": "metadata.usage_terms:string",
        "web_statement": "metadata.rights_url:string",
        "instructions": "context.instructions",
        "rights_start": "metadata.embargo_until:date access.start",
        "rights_end": "metadata.rights_expires:date access.end",
        "model_released": "metadata.model_release:enum",
        "property_released": "metadata.property_release:enum",
        "trans_ref": "metadata.job_id:string",
        "city": "context.city",
        "state": "context.state",
        "country": "context.country",
        "country_iso": "context.country_iso",
        "location": "context.location",
        "date_taken": "metadata.date_taken:date",
        "rating": "metadata.rating:integer",
        "urgency": "",
        "genre": "",
        "scene": "",
        "subject_code": "",
        "category": "",
        "contact_email": "metadata.rights_contact:string",
    }
)
"""The sources of the field mapping that are standard fields: each by the field's name, with the
targets in the mapping's own words; "" is a source that goes nowhere."""
