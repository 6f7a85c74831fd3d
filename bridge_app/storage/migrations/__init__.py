"""Numbered steps from every earlier schema to today's; they import nothing of ours."""

STEPS = {
    "catalog": ("0001_assets",),
    "ledger": ("0001_what_people_said",),
    "thumbs": ("0001_pictures",),
}
"""The names of all steps, so that a database of today is opened without loading them."""
