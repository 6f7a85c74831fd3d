"""The only clock; everything else takes it as an argument."""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment, UTC."""
    return datetime.fromtimestamp(time.time(), UTC)
