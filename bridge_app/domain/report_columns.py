"""The columns of every report, in their order. Scripts rely on them: new ones go to the end."""

from bridge_app.domain.reports import Column, ColumnType, ReportKind, Unit

INTEGER, NUMBER = ColumnType.INTEGER, ColumnType.NUMBER


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name) for name in names)


def _count(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, type=INTEGER, unit=Unit.COUNT) for name in names)


def _bytes(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, type=INTEGER, unit=Unit.BYTES) for name in names)


def _pixels(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, type=INTEGER, unit=Unit.PIXELS) for name in names)


def _time(name: str) -> Column:
    return Column(name=name, type=ColumnType.TIME)


def _date(name: str) -> Column:
    return Column(name=name, type=ColumnType.DATE)


ASSET = (
    *_text("asset", "name", "path", "library", "format"),
    *_bytes("bytes"),
    *_text("approval"),
    *_count("places"),
    _time("last_used"),
    *_count("requests"),
    *_bytes("bytes_delivered"),
)
"""Of each row about one asset."""
METERS = (
    *_text("environment", "meter"),
    Column(name="used", type=NUMBER),
    Column(name="limit", type=NUMBER),
    Column(name="share", type=NUMBER, unit=Unit.SHARE),
    Column(name="credits", type=NUMBER, unit=Unit.CREDITS),
    *_text("unit"),
    _time("read_at"),
)
TOTALS = (
    *_count("assets"),
    *_bytes("bytes"),
    *_count("approved", "in_use", "places", "requests"),
    *_bytes("bytes_delivered"),
)
DELIVERY = (
    _date("usage_date"),
    *_text("cloud_name", "public_id", "asset_id", "resource_type", "format"),
    *_text("source_media_id", "rendition", "transformation"),
    *_text("destination_kind", "destination_ref", "url_host"),
    *_text("sku", "campaign", "market", "language"),
    *_count("sku_count", "requests"),
    *_bytes("bytes"),
    *_count("downloads_ps"),
    *_text("rights_status"),
    _date("rights_expires"),
    Column(name="violation", type=ColumnType.BOOLEAN),
    *_text("measured_by"),
)
"""`usage-extract/1`."""
COLUMNS: dict[ReportKind, tuple[Column, ...]] = {
    ReportKind.USAGE: METERS,
    ReportKind.TREND: (_date("day"), *METERS),
    ReportKind.MOST_USED: ASSET,
    ReportKind.LEAST_USED: ASSET,
    ReportKind.BY_CAMPAIGN: (*_text("campaign"), *TOTALS),
    ReportKind.BY_OWNER: (*_text("owner"), *TOTALS),
    ReportKind.BY_LIBRARY: (*_text("library"), *TOTALS),
    ReportKind.BY_FORMAT: (*_text("format"), *TOTALS),
    ReportKind.BY_PRESET: (
        *_text("preset"),
        *_count("renditions", "assets"),
        *_bytes("bytes"),
        *_count("requests"),
        *_bytes("bytes_delivered"),
    ),
    ReportKind.UNUSED: (*ASSET, _time("modified_at")),
    ReportKind.RIGHTS_ENDING: (
        *ASSET,
        _time("rights_until"),
        Column(name="days_left", type=INTEGER, unit=Unit.DAYS),
    ),
    ReportKind.HEAVY: (*ASSET, *_pixels("width", "height")),
    ReportKind.DUPLICATES: (
        *_count("group"),
        *ASSET,
        *_text("content"),
        *_count("copies"),
        *_bytes("spare_bytes"),
    ),
    ReportKind.NEAR_DUPLICATES: (
        *_count("group"),
        *ASSET,
        *_pixels("width", "height"),
        *_count("distance"),
    ),
    ReportKind.MISSING_METADATA: (*ASSET, *_text("missing")),
    ReportKind.SAVINGS: (
        *_text("asset", "name", "library", "transformation", "format"),
        *_count("requests"),
        *_bytes("bytes_now", "bytes_optimised", "saved_bytes"),
        *_text("basis"),
    ),
    ReportKind.DELIVERY: DELIVERY,
    ReportKind.LOGS: (
        *_text("file", "digest"),
        _time("imported_at"),
        _date("first_day"),
        _date("last_day"),
        *_count("lines", "counted", "passed_over", "unknown", "unreadable"),
        *_text("samples"),
    ),
}
