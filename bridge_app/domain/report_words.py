"""The English of reports, to be translated in the context `report`."""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.reports import Lack, ReportKind

TITLES = {
    ReportKind.USAGE: QT_TRANSLATE_NOOP("report", "Usage and limits"),
    ReportKind.TREND: QT_TRANSLATE_NOOP("report", "Usage by day"),
    ReportKind.MOST_USED: QT_TRANSLATE_NOOP("report", "Most used assets"),
    ReportKind.LEAST_USED: QT_TRANSLATE_NOOP("report", "Least used assets"),
    ReportKind.BY_CAMPAIGN: QT_TRANSLATE_NOOP("report", "By campaign"),
    ReportKind.BY_OWNER: QT_TRANSLATE_NOOP("report", "By owner"),
    ReportKind.BY_LIBRARY: QT_TRANSLATE_NOOP("report", "By library"),
    ReportKind.BY_FORMAT: QT_TRANSLATE_NOOP("report", "By format"),
    ReportKind.BY_PRESET: QT_TRANSLATE_NOOP("report", "By preset"),
    ReportKind.UNUSED: QT_TRANSLATE_NOOP("report", "Approved, never used"),
    ReportKind.RIGHTS_ENDING: QT_TRANSLATE_NOOP("report", "In use, rights ending"),
    ReportKind.HEAVY: QT_TRANSLATE_NOOP("report", "Heavy originals"),
    ReportKind.DUPLICATES: QT_TRANSLATE_NOOP("report", "Duplicates"),
    ReportKind.NEAR_DUPLICATES: QT_TRANSLATE_NOOP("report", "Near-duplicates"),
    ReportKind.MISSING_METADATA: QT_TRANSLATE_NOOP("report", "Missing metadata"),
    ReportKind.SAVINGS: QT_TRANSLATE_NOOP("report", "What optimisation would save"),
    ReportKind.DELIVERY: QT_TRANSLATE_NOOP("report", "Delivery by day"),
    ReportKind.LOGS: QT_TRANSLATE_NOOP("report", "Imported access logs"),
}
COLUMNS = {
    "environment": QT_TRANSLATE_NOOP("report", "Environment"),
    "meter": QT_TRANSLATE_NOOP("report", "Meter"),
    "used": QT_TRANSLATE_NOOP("report", "Used"),
    "limit": QT_TRANSLATE_NOOP("report", "Limit"),
    "share": QT_TRANSLATE_NOOP("report", "Share"),
    "credits": QT_TRANSLATE_NOOP("report", "Credits"),
    "unit": QT_TRANSLATE_NOOP("report", "Unit"),
    "read_at": QT_TRANSLATE_NOOP("report", "Asked"),
    "day": QT_TRANSLATE_NOOP("report", "Day"),
    "asset": QT_TRANSLATE_NOOP("report", "Asset"),
    "name": QT_TRANSLATE_NOOP("report", "Name"),
    "path": QT_TRANSLATE_NOOP("report", "Path"),
    "library": QT_TRANSLATE_NOOP("report", "Library"),
    "campaign": QT_TRANSLATE_NOOP("report", "Campaign"),
    "owner": QT_TRANSLATE_NOOP("report", "Owner"),
    "format": QT_TRANSLATE_NOOP("report", "Format"),
    "preset": QT_TRANSLATE_NOOP("report", "Preset"),
    "assets": QT_TRANSLATE_NOOP("report", "Assets"),
    "approved": QT_TRANSLATE_NOOP("report", "Approved"),
    "in_use": QT_TRANSLATE_NOOP("report", "In use"),
    "places": QT_TRANSLATE_NOOP("report", "Places"),
    "requests": QT_TRANSLATE_NOOP("report", "Requests"),
    "bytes": QT_TRANSLATE_NOOP("report", "Size"),
    "bytes_delivered": QT_TRANSLATE_NOOP("report", "Delivered"),
    "last_used": QT_TRANSLATE_NOOP("report", "Last used"),
    "approval": QT_TRANSLATE_NOOP("report", "Approval"),
    "modified_at": QT_TRANSLATE_NOOP("report", "Changed"),
    "rights_from": QT_TRANSLATE_NOOP("report", "Rights from"),
    "rights_until": QT_TRANSLATE_NOOP("report", "Rights until"),
    "rights_status": QT_TRANSLATE_NOOP("report", "Rights"),
    "days_left": QT_TRANSLATE_NOOP("report", "Days left"),
    "width": QT_TRANSLATE_NOOP("report", "Width"),
    "height": QT_TRANSLATE_NOOP("report", "Height"),
    "content": QT_TRANSLATE_NOOP("report", "Content"),
    "group": QT_TRANSLATE_NOOP("report", "Group"),
    "copies": QT_TRANSLATE_NOOP("report", "Copies"),
    "spare_bytes": QT_TRANSLATE_NOOP("report", "Could be freed"),
    "distance": QT_TRANSLATE_NOOP("report", "Difference"),
    "missing": QT_TRANSLATE_NOOP("report", "Missing"),
    "renditions": QT_TRANSLATE_NOOP("report", "Renditions"),
    "bytes_now": QT_TRANSLATE_NOOP("report", "Bytes now"),
    "bytes_optimised": QT_TRANSLATE_NOOP("report", "Bytes optimised"),
    "saved_bytes": QT_TRANSLATE_NOOP("report", "Saved"),
    "basis": QT_TRANSLATE_NOOP("report", "Reckoned from"),
    "file": QT_TRANSLATE_NOOP("report", "File"),
    "digest": QT_TRANSLATE_NOOP("report", "Digest"),
    "imported_at": QT_TRANSLATE_NOOP("report", "Imported"),
    "first_day": QT_TRANSLATE_NOOP("report", "First day"),
    "last_day": QT_TRANSLATE_NOOP("report", "Last day"),
    "lines": QT_TRANSLATE_NOOP("report", "Lines"),
    "counted": QT_TRANSLATE_NOOP("report", "Counted"),
    "passed_over": QT_TRANSLATE_NOOP("report", "Passed over"),
    "unknown": QT_TRANSLATE_NOOP("report", "Unknown"),
    "unreadable": QT_TRANSLATE_NOOP("report", "Unreadable"),
    "samples": QT_TRANSLATE_NOOP("report", "Samples"),
    "usage_date": QT_TRANSLATE_NOOP("report", "Day"),
    "cloud_name": QT_TRANSLATE_NOOP("report", "Environment"),
    "public_id": QT_TRANSLATE_NOOP("report", "Public ID"),
    "asset_id": QT_TRANSLATE_NOOP("report", "Asset ID"),
    "resource_type": QT_TRANSLATE_NOOP("report", "Type"),
    "source_media_id": QT_TRANSLATE_NOOP("report", "Media ID"),
    "rendition": QT_TRANSLATE_NOOP("report", "Rendition"),
    "transformation": QT_TRANSLATE_NOOP("report", "Transformation"),
    "destination_kind": QT_TRANSLATE_NOOP("report", "Destination"),
    "destination_ref": QT_TRANSLATE_NOOP("report", "Entry"),
    "url_host": QT_TRANSLATE_NOOP("report", "Referring host"),
    "sku": QT_TRANSLATE_NOOP("report", "SKU"),
    "sku_count": QT_TRANSLATE_NOOP("report", "SKUs"),
    "market": QT_TRANSLATE_NOOP("report", "Market"),
    "language": QT_TRANSLATE_NOOP("report", "Language"),
    "downloads_ps": QT_TRANSLATE_NOOP("report", "Downloads"),
    "rights_expires": QT_TRANSLATE_NOOP("report", "Rights until"),
    "violation": QT_TRANSLATE_NOOP("report", "Outside its rights"),
    "measured_by": QT_TRANSLATE_NOOP("report", "Measured by"),
}
"""By the names of the columns."""
FACTS = {
    "plan": QT_TRANSLATE_NOOP("report", "Plan"),
    "assets": QT_TRANSLATE_NOOP("report", "Assets"),
    "bytes": QT_TRANSLATE_NOOP("report", "Bytes"),
    "requests": QT_TRANSLATE_NOOP("report", "Requests"),
    "bytes_delivered": QT_TRANSLATE_NOOP("report", "Delivered"),
    "groups": QT_TRANSLATE_NOOP("report", "Groups"),
    "days": QT_TRANSLATE_NOOP("report", "Days"),
    "spare_bytes": QT_TRANSLATE_NOOP("report", "Could be freed"),
    "saved_bytes": QT_TRANSLATE_NOOP("report", "Would be saved"),
    "violations": QT_TRANSLATE_NOOP("report", "Outside their rights"),
    "files": QT_TRANSLATE_NOOP("report", "Files"),
    "lines": QT_TRANSLATE_NOOP("report", "Lines"),
    "unknown": QT_TRANSLATE_NOOP("report", "Unknown lines"),
    "limit_reached": QT_TRANSLATE_NOOP("report", "Limits nearly reached"),
}
"""By the names of the facts."""
LACKS = {
    Lack.NO_ENVIRONMENT: QT_TRANSLATE_NOOP(
        "report", "No Cloudinary account is connected: what it would tell is missing."
    ),
    Lack.NEVER_ASKED: QT_TRANSLATE_NOOP(
        "report", "The environment was not asked for its usage yet."
    ),
    Lack.NOT_ASKED_NOW: QT_TRANSLATE_NOOP(
        "report", "The environment could not be asked now; this is what it told last."
    ),
    Lack.NO_LOGS: QT_TRANSLATE_NOOP(
        "report", "Requests were not measured: no access log was imported for these days."
    ),
    Lack.UNKNOWN_LINES: QT_TRANSLATE_NOOP(
        "report", "{count} lines of access logs belong to no asset that is known here."
    ),
    Lack.NO_PICTURE: QT_TRANSLATE_NOOP(
        "report", "{count} assets could not be compared: there is no thumbnail of them yet."
    ),
    Lack.MANY_ALIKE: QT_TRANSLATE_NOOP(
        "report", "{count} pictures look like too many others to be compared with all of them."
    ),
    Lack.NOT_READ: QT_TRANSLATE_NOOP("report", "{count} assets were not read yet."),
    Lack.NOT_MEASURED: QT_TRANSLATE_NOOP("report", "{count} figures were not measured."),
    Lack.CUT: QT_TRANSLATE_NOOP("report", "{count} more rows are in an export only."),
}
"""Each in a sentence."""
