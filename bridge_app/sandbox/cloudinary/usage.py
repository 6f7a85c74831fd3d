"""What an environment uses, and what its plan would allow.

Source: reference/cloudinary.md 14.
"""

from collections.abc import Mapping
from datetime import datetime

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json

BYTES_PER_CREDIT = 1024**3
TRANSFORMATIONS_PER_CREDIT = 1_000
DATES = ("%d-%m-%Y", "%Y-%m-%d")
"""How the SDKs write a day, and how the documentation does."""


def _usage(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    """What is stored now; of a past day no limits are told."""
    past = _day(path["date"]) if "date" in path else ""
    day = past or cloud.now().date().isoformat()
    delivered, requests = cloud.traffic.total(past)
    assets = cloud.environment.assets()
    derived = sum(len(cloud.environment.derived_of(asset.asset_id)) for asset in assets)
    stored = sum(asset.bytes for asset in assets)
    limit = int(cloud.settings.plan.credits * BYTES_PER_CREDIT)
    limits: Json = {}
    if not past:
        limits = {"limit": limit, "used_percent": _percent(stored, limit)}
    credit = {
        "storage": round(stored / BYTES_PER_CREDIT, 2),
        "bandwidth": round(delivered / BYTES_PER_CREDIT, 2),
        "transformations": round(derived / TRANSFORMATIONS_PER_CREDIT, 2),
    }
    used = round(sum(credit.values()), 2)
    most = cloud.settings.plan.credits
    return {
        "plan": cloud.settings.plan.name,
        "last_updated": cloud.now().date().isoformat(),
        "date_requested": f"{day}T00:00:00Z",
        "transformations": {
            "usage": derived,
            "credits_usage": credit["transformations"],
            "breakdown": {"transformation": derived},
        },
        "objects": {"usage": len(assets) + derived},
        "bandwidth": {
            "usage": delivered,
            "credits_usage": credit["bandwidth"],
            **({"limit": limit, "used_percent": _percent(delivered, limit)} if limits else {}),
        },
        "storage": {"usage": stored, "credits_usage": credit["storage"], **limits},
        "impressions": {"usage": 0, "credits_usage": 0},
        "seconds_delivered": {"usage": 0, "credits_usage": 0},
        **(
            {"credits": {"usage": used, "limit": most, "used_percent": _percent(used, most)}}
            if limits
            else {}
        ),
        "requests": requests,
        "resources": len(assets),
        "derived_resources": derived,
        "media_limits": cloud.settings.plan.media_limits(),
    }


def _percent(used: float, limit: float) -> float:
    return round(100 * used / limit, 2)


def _day(text: str) -> str:
    """A day as yyyy-mm-dd.

    Raises:
        CloudinaryError: 400, it is none.
    """
    for form in DATES:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day alone
        except ValueError:
            continue
    raise bad_request(f"Invalid date {text}")


USAGE_CALLS = (
    AdminCall("GET", "/usage", _usage),
    AdminCall("GET", "/usage/{date}", _usage),
)
