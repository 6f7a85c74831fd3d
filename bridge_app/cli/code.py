"""The command `code`: what a page needs to show a rendition of a delivered asset."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from bridge_app.cli.output import DONE, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform.breakpoints import BreakpointRules
from bridge_app.transform.channel_code import with_defaults
from bridge_app.transform.code import Code
from bridge_app.work.places import Copied, copied_preset
from bridge_app.work.renditions import measured
from bridge_app.work.studio import CodeWish
from bridge_app.work.worker import Worker


def code(arguments: argparse.Namespace) -> int:
    """Print the code of one kind, or of all of them; through the gate, as any address."""
    with opened() as parts:
        (asset,) = chosen_assets(parts, [arguments.asset])
        preset = parts.worker.rendition_presets.library().preset(arguments.preset)
        size = measured(asset, preset.transformation, preset.format)
        settings = parts.worker.kits.channel(arguments.channel) if arguments.channel else None
        wish = CodeWish(
            asset=asset,
            transformation=preset.transformation,
            width=size.width,
            height=size.height,
            widths=_widths(parts.worker, asset, preset, size.width, by=arguments.widths),
            channel=settings,
        )
        found = parts.worker.studio.codes(wish)
        wanted = [Code(arguments.kind)] if arguments.kind else list(found)
        if wanted[0] not in found:
            known = ", ".join(found)
            raise InvalidInputError(what=f"--as {wanted[0]}", detail=f"there are {known}")
        parts.worker.places.copied(asset, found[Code.URL], _copied(wish, preset, wanted))
    if arguments.json:
        for kind in wanted:
            say_json({"kind": kind.value, "code": found[kind]})
    else:
        say("\n\n".join(found[kind] for kind in wanted))
    return DONE


def _copied(wish: CodeWish, preset: RenditionPreset, kinds: Sequence[Code]) -> Copied:
    """What is handed out, for the record of places."""
    made = copied_preset(preset, kinds[0].value if len(kinds) == 1 else "")
    settings = wish.channel
    if settings is None:
        return made
    shown = with_defaults(preset.transformation, settings)
    use = settings.use or settings.channel
    return replace(made, channel=settings.channel, shown=shown, use=use)


def _widths(
    worker: Worker, asset: Asset, preset: RenditionPreset, width: int, *, by: str | None
) -> tuple[int, ...]:
    """The widths worth having of a rendition; none where nobody was asked to measure."""
    if by is None or not width:
        return ()
    desk, rules = worker.renditions, BreakpointRules()
    measure = desk.breakpoints if by == "here" else desk.breakpoints_by_service
    rules = replace(rules, min_width=min(rules.min_width, width), max_width=width)
    found = measure(asset.id, preset.transformation, preset.format, rules)
    return tuple(one.width for one in found)
