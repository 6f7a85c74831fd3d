"""The command `channel`: how shops and sites show what is delivered to them."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict, replace

from bridge_app.cli.output import DONE, say, say_json
from bridge_app.cli.session import opened
from bridge_app.domain.channel_settings import (
    READY_SETTINGS,
    Breakpoints,
    ChannelSettings,
    ChannelSettingsError,
    Placeholder,
    Platform,
    StorageMode,
    optimised,
)
from bridge_app.domain.errors import NotFoundError
from bridge_app.work.kits import KitDesk

NOTHING = "none"
"""How a person says that something is left to the rendition."""


def listing(arguments: argparse.Namespace) -> int:
    """List the channels that have settings, and the ready ones."""
    with opened() as parts:
        kept = parts.worker.kits.channels()
    names = [one.channel for one in kept]
    ready = [one for one in READY_SETTINGS if one.channel not in names]
    for one, is_kept in [*((one, True) for one in kept), *((one, False) for one in ready)]:
        if arguments.json:
            say_json({**settings_json(one), "kept": is_kept})
        else:
            say(_line(one) + ("" if is_kept else "  (ready, not kept)"))
    return DONE


def save(arguments: argparse.Namespace) -> int:
    """Keep settings; what is not said stays as it is."""
    with opened() as parts:
        desk = parts.worker.kits
        after = _changed(_before(desk, arguments.channel), arguments)
        desk.save_channel(after)
    if arguments.json:
        say_json({**settings_json(after), "kept": True})
    else:
        say(f"Saved: {_line(after)}")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Forget a channel's settings."""
    with opened() as parts:
        parts.worker.kits.remove_channel(arguments.channel)
    say(f"Forgotten: {arguments.channel}")
    return DONE


def settings_json(one: ChannelSettings) -> Mapping[str, object]:
    """Settings, in the names that scripts rely on."""
    return {**asdict(one), "plugin_folders": list(one.plugin_folders)}


def _before(desk: KitDesk, name: str) -> ChannelSettings:
    try:
        return desk.channel(name)
    except NotFoundError:
        return ChannelSettings(channel=name)


def _changed(before: ChannelSettings, said: argparse.Namespace) -> ChannelSettings:
    base = optimised(before) if said.optimise else before
    return replace(
        base,
        platform=Platform(said.platform) if said.platform else base.platform,
        use=base.use if said.use is None else said.use,
        storage=StorageMode(said.storage) if said.storage else base.storage,
        format=_choice(said.format, base.format),
        quality=_choice(said.quality, base.quality),
        dpr=_choice(said.dpr, base.dpr),
        breakpoints=_widths(said.breakpoints, base.breakpoints),
        lazy=base.lazy if said.lazy is None else said.lazy,
        placeholder=Placeholder(said.placeholder) if said.placeholder else base.placeholder,
        seo_suffix=base.seo_suffix if said.seo_suffix is None else said.seo_suffix,
        plugin_folders=_folders(said.plugin_folder, base.plugin_folders),
    )


def _choice(said: str | None, before: str) -> str:
    if said is None:
        return before
    return "" if said == NOTHING else said


def _widths(said: str | None, before: Breakpoints | None) -> Breakpoints | None:
    if said is None or said == NOTHING:
        return before if said is None else None
    try:
        narrowest, widest, most = map(int, said.split(","))
    except ValueError:
        raise ChannelSettingsError(what="The breakpoints", detail="say 320,1920,5") from None
    return Breakpoints(narrowest=narrowest, widest=widest, most=most)


def _folders(said: list[str] | None, before: tuple[str, ...]) -> tuple[str, ...]:
    if said is None:
        return before
    return tuple(dict.fromkeys(one.strip("/ ") for one in said if one.strip("/ ")))


def _line(one: ChannelSettings) -> str:
    facts = [
        one.platform.value,
        f"storage {one.storage.value}",
        *(
            f"{key}_{value}"
            for key, value in (("f", one.format), ("q", one.quality), ("dpr", one.dpr))
            if value
        ),
        "lazy" if one.lazy else "",
        "" if one.placeholder is Placeholder.NONE else f"placeholder {one.placeholder.value}",
        "SEO suffix" if one.seo_suffix else "",
        *(f"never into {folder}" for folder in one.plugin_folders),
    ]
    return f"{one.channel:<16} {', '.join(filter(None, facts))}"
