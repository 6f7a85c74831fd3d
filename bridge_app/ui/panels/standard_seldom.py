"""What of the standard form is seldom used: shown where it says something, or when it is wanted."""

from bridge_app.domain.standard_fields import Group

SELDOM = frozenset(
    {
        *("keyword_paths", "languages", "genre", "scene", "subject_code", "category"),
        *("supplemental_categories", "extended_description", "model_info", "model_age"),
        *("organisation_codes", "event_id", "contributors", "publishers", "contact_address"),
        *("contact_city", "contact_region", "contact_postcode", "contact_country"),
        *("contact_phone", "copyright_owner", "media_constraints", "region_constraints"),
        *("other_constraints", "supplier_name", "supplier_image_id", "minor_model_age"),
        *("copyright_owner_id", "artwork_owner", "artwork_source", "artwork_number"),
        *("artwork_date", "artwork_content", "product_id", "product_description"),
        *("licensor_id", "licensor_phone", "licensor_address", "licensor_city"),
        *("licensor_region", "licensor_postcode", "licensor_country", "created_region"),
        *("shown_region", "date_digitised", "ai_prompt", "ai_prompt_writer", "ai_system"),
        *("ai_version", "identifier", "image_guid", "coverage", "derived_from", "relations"),
        *("content_types", "max_width", "max_height", "supplier_id", "rights_owners"),
        *("rights_certificate", "data_mining", "credit_required", "adult_warning", "license_id"),
        *("terms", "terms_url", "other_conditions", "registration_number", "first_published"),
        *("licensor_address_more", "licensor_phone_type", "licensor_phone_2"),
        *("licensor_phone_2_type", "created_name", "created_id", "created_coordinate"),
        *("shown_name", "shown_id", "shown_coordinate", "artwork_creator_id"),
        *("artwork_owner_id", "artwork_licensor", "artwork_licensor_id", "artwork_circa"),
        *("product_constraints", "license_requirements", "media_summary_code", "license_date"),
        *("licensee_name", "licensee_id", "licensor_image_id", "owner_image_id", "dates"),
        *("artwork_url", "artwork_contribution", "artwork_physical", "artwork_style"),
    }
)
"""Fields that are shown where they say something, or when a person asks for all of a group."""
RARE = (
    *(Group.TERM, Group.GENRE, Group.PERSON, Group.IMAGE_CREATOR, Group.CONTRIBUTOR),
    *(Group.REGISTRY, Group.EXPRESSION, Group.LINKED_EXPRESSION, Group.REGION),
)
"""Groups that are shown so."""
