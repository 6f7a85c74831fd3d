"""Numbered steps from every earlier schema to today's; they import nothing of ours."""

STEPS = {
    "catalog": (
        "0001_assets",
        "0002_cloud",
        "0003_metadata_fields",
        "0004_masters_elsewhere",
        "0005_shelters",
        "0006_containers_gone",
        "0007_asset_records",
    ),
    "ledger": (
        "0001_what_people_said",
        "0002_uploads_in_parts",
        "0003_environments",
        "0004_edits",
        "0005_cloud_changes",
        "0006_rendition_presets",
        "0007_shelters",
        "0008_governance",
        "0009_write_backs",
        "0010_retractions",
        "0011_policies",
        "0012_audit",
        "0013_reviews",
        "0014_rights_claims",
        "0015_differences",
        "0016_review_packs",
        "0017_looks",
        "0018_metadata_words",
        "0019_master_edits",
        "0020_channels",
        "0021_contentstack",
        "0022_file_approvals",
    ),
    "thumbs": ("0001_pictures",),
}
"""The names of all steps, so that a database of today is opened without loading them."""
