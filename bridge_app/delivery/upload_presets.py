"""The upload presets of a product environment: asked for once, then from memory."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import cloudinary.api

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.errors import ServiceTroubleError

PAGE = 500
"""Presets asked for in one call; the most the service gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPreset:
    """A named set of upload parameters. `unsigned` ones let people upload without a key."""

    name: str
    unsigned: bool
    settings: Mapping[str, Any]


class UploadPresets:
    """Presets by product environment; thread-safe. `credentials(environment)` may raise."""

    def __init__(self, *, credentials: Callable[[str], Credentials]) -> None:
        self._credentials = credentials
        self._lock = threading.Lock()
        self._known: dict[str, tuple[UploadPreset, ...]] = {}

    def known(self, environment: str) -> tuple[UploadPreset, ...] | None:
        """What was listed before; None if nothing was."""
        with self._lock:
            return self._known.get(environment)

    def listed(self, environment: str) -> tuple[UploadPreset, ...]:
        """Ask the service for all presets, by name. Blocking; raises BridgeError."""
        options = self._credentials(environment).options()
        found: list[UploadPreset] = []
        cursor: str | None = None
        while True:
            page = {"max_results": PAGE, **({"next_cursor": cursor} if cursor else {})}
            with cloudinary_errors():
                reply = cloudinary.api.upload_presets(**page, **options)
            found += _presets(reply)
            cursor = reply.get("next_cursor")
            if not cursor:
                break
        presets = tuple(sorted(found, key=lambda preset: preset.name.casefold()))
        with self._lock:
            self._known[environment] = presets
        return presets


def _presets(reply: Mapping[str, Any]) -> list[UploadPreset]:
    """Those of one page. Source: reference/cloudinary.md 4."""
    listed = reply.get("presets")
    if not isinstance(listed, list):
        raise ServiceTroubleError(service=SERVICE, detail="its answer lists no presets")
    return [
        UploadPreset(
            name=str(preset["name"]),
            unsigned=bool(preset.get("unsigned")),
            settings=preset.get("settings") or {},
        )
        for preset in listed
        if isinstance(preset, Mapping) and preset.get("name")
    ]
