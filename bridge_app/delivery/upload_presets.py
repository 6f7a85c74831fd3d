"""The upload presets of a product environment: listed, kept in memory, made and changed."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import cloudinary.api
from cloudinary.api_client.call_api import call_json_api
from cloudinary.utils import (
    build_upload_params,
    cleanup_params,
    generate_transformation_string,
)

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.asset_answers import cursor_in, misunderstood, text_in
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, ServiceTroubleError


class PresetNameTakenError(BridgeError):
    """There is a preset of that name."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "There is an upload preset called {name} already. Change that one, or choose another name.",
    )


PAGE = 500
"""Presets asked for in one call; the most the service gives."""
PRESETS = "upload_presets"
BESIDES = ("disallow_public_id", "live")
"""Settings that no upload has. Source: the SDK's `create_upload_preset`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPreset:
    """A named set of upload parameters. `unsigned` ones let people upload without a key."""

    name: str
    unsigned: bool
    settings: Mapping[str, Any]


class UploadPresets:
    """Presets by product environment; thread-safe. `credentials(environment)` may raise.

    Every call but `known` blocks and raises BridgeError. Source: reference/cloudinary.md 4.9.
    """

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
            cursor = cursor_in(reply, cursor)
            if not cursor:
                break
        presets = tuple(sorted(found, key=lambda preset: preset.name.casefold()))
        with self._lock:
            self._known[environment] = presets
        return presets

    def folder_of(self, environment: str, name: str) -> str:
        """Where folders are fixed: what a preset puts before public IDs; "" if nobody can say."""
        try:
            presets = self.known(environment) or self.listed(environment)
        except BridgeError:
            return ""
        found = (str(one.settings.get("folder") or "") for one in presets if one.name == name)
        return next(found, "").strip("/")

    def create(self, environment: str, preset: UploadPreset) -> tuple[UploadPreset, ...]:
        """Make a preset; all there are now. Raises PresetNameTakenError."""
        if any(one.name == preset.name for one in self.listed(environment)):
            raise PresetNameTakenError(name=preset.name)
        with cloudinary_errors():
            wish = {"name": preset.name, **_wish(preset)}
            call_json_api("post", [PRESETS], wish, **self._credentials(environment).options())
        return self.listed(environment)

    def change(self, environment: str, preset: UploadPreset) -> tuple[UploadPreset, ...]:
        """Change the settings a preset names, and take away those it names as empty; others stay.

        All there are now.
        """
        with cloudinary_errors():
            options = self._credentials(environment).options()
            call_json_api("put", [PRESETS, preset.name], _wish(preset), **options)
        return self.listed(environment)

    def remove(self, environment: str, name: str) -> tuple[UploadPreset, ...]:
        """Remove a preset; all that are left."""
        with cloudinary_errors():
            cloudinary.api.delete_upload_preset(name, **self._credentials(environment).options())
        return self.listed(environment)


def _wish(preset: UploadPreset) -> dict[str, Any]:
    """A preset as the service takes it.

    The SDK's own calls leave out what is empty, so that nothing could be taken away, and take a
    transformation that is text for the name of one.
    """
    settings = dict(preset.settings)
    if isinstance(settings.get("transformation"), str):
        settings["raw_transformation"] = settings.pop("transformation")
    return {
        **cleanup_params(build_upload_params(**settings)),
        **{name: settings[name] for name in BESIDES if name in settings},
        **{name: "" for name, value in preset.settings.items() if value in ("", [], {})},
        "unsigned": preset.unsigned,
    }


def _presets(reply: Mapping[str, Any]) -> list[UploadPreset]:
    """Those of one page. Source: reference/cloudinary.md 4."""
    listed = reply.get("presets")
    if not isinstance(listed, list):
        raise ServiceTroubleError(
            service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "its answer lists no presets")
        )
    return [
        UploadPreset(
            name=text_in(preset, "name", required=True),
            unsigned=bool(preset.get("unsigned")),
            settings=_settings(preset.get("settings") or {}),
        )
        for preset in listed
        if isinstance(preset, Mapping) and preset.get("name")
    ]


def _settings(told: object) -> dict[str, Any]:
    """Settings as they are written; an incoming transformation is told in the SDK's parts."""
    if not isinstance(told, Mapping):
        raise misunderstood("the settings of an upload preset are not what they should be")
    parts = told.get("transformation")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        return dict(told)
    return {**told, "transformation": generate_transformation_string(transformation=parts)[0]}
