"""The command `presets`: kept, exchanged as JSON, and matched with named transformations."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.files import read_file
from bridge_app.cli.output import DONE, FAILED, NO_ACCOUNT, note, say, say_json
from bridge_app.cli.session import current_environment, opened
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.named_matching import Match, NamedMatch
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.presets_json import preset_json, set_json
from bridge_app.domain.published import PublishedRendition
from bridge_app.work.preset_shelf import LARGEST_DOCUMENT
from bridge_app.work.rendition_files import write_whole


def list_all(arguments: argparse.Namespace) -> int:
    """List presets, then sets."""
    with opened() as parts:
        library = parts.worker.rendition_presets.library()
    for preset in library.presets.values():
        if arguments.json:
            say_json({"kind": "preset", **preset_json(preset)})
        else:
            where = f"  ({', '.join((*preset.markets, *preset.languages))})"
            limits = where if preset.markets or preset.languages else ""
            say(f"{preset.name:<24} {preset.transformation}  {preset.format}{limits}")
    for one in library.sets.values():
        if arguments.json:
            say_json({"kind": "set", **set_json(one)})
        else:
            say(f"{one.name:<24} = {', '.join(one.presets)}")
    return DONE


def save(arguments: argparse.Namespace) -> int:
    """Add a preset, or change one; what is affected is told first."""
    contract = Contract(width=arguments.width, height=arguments.height, exact=not arguments.at_most)
    preset = RenditionPreset(
        name=arguments.name,
        title=arguments.title,
        transformation=arguments.transformation,
        format=arguments.format,
        channel=arguments.channel,
        markets=tuple(arguments.market),
        languages=tuple(arguments.language),
        contract=contract if arguments.width or arguments.height else None,
    )
    with opened() as parts:
        shelf = parts.worker.rendition_presets
        outdated = shelf.effect(preset).outdated
        _tell_affected(outdated, as_json=False)
        if outdated and not arguments.replace:
            note("Nothing was changed. Say --replace to change it all the same.")
            return FAILED
        shelf.save(preset)
    say(f"Saved: {preset.name}")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Delete presets or sets by name; all or none."""
    with opened() as parts:
        shelf = parts.worker.rendition_presets
        library = shelf.library()
        for name in arguments.names:
            library.of_set(name)
        sets = [name for name in arguments.names if name in library.sets]
        shelf.remove([name for name in arguments.names if name not in sets], sets)
    say(f"Deleted: {', '.join(arguments.names)}")
    return DONE


def import_file(arguments: argparse.Namespace) -> int:
    """Add what a JSON document holds, all of it or nothing."""
    with opened() as parts:
        change = parts.worker.rendition_presets.imported(
            read_file(arguments.file, at_most=LARGEST_DOCUMENT), replaces=arguments.replace
        )
    say(f"Imported: {len(change.presets)} presets, {len(change.sets)} sets")
    return DONE


def export_file(arguments: argparse.Namespace) -> int:
    """Write presets and sets as JSON, to a file or to standard output."""
    with opened() as parts:
        text = parts.worker.rendition_presets.exported(arguments.names)
    if arguments.output:
        target = Path(arguments.output)
        write_whole(target, text.encode(), replaces=arguments.replace, with_folders=False)
        say(f"{arguments.output}: written")
    else:
        say(text.rstrip("\n"))
    return DONE


def affected(arguments: argparse.Namespace) -> int:
    """List the published renditions that a change of a preset would leave behind."""
    with opened() as parts:
        shelf = parts.worker.rendition_presets
        _tell_affected(shelf.effect_of_removing(arguments.name).outdated, as_json=arguments.json)
    return DONE


def named(arguments: argparse.Namespace) -> int:
    """List presets beside the named transformations of the environment in use."""
    with opened() as parts:
        for match in parts.worker.rendition_presets.matches(_environment(parts)):
            if arguments.json:
                say_json(
                    {
                        "name": match.name,
                        "match": match.match.value,
                        "here": match.here,
                        "there": match.there,
                        "used": match.used,
                    }
                )
            elif match.match is not Match.ONLY_HERE:
                say(f"{match.name:<24} {match.match.value.replace('_', ' ')}  {match.there}")
    return DONE


def send(arguments: argparse.Namespace) -> int:
    """Define presets as named transformations; one that says something else needs --replace."""
    with opened() as parts:
        environment = _environment(parts)
        for match in _chosen(parts, environment, arguments.names):
            if match.match is Match.DIFFERENT and not arguments.replace:
                raise InvalidInputError(
                    what=match.name,
                    detail=f"at Cloudinary it stands for {match.there}; say --replace",
                )
            parts.worker.rendition_presets.send_named(environment, match)
            say(f"t_{match.name}: {match.here}")
    return DONE


def take(arguments: argparse.Namespace) -> int:
    """Keep named transformations as presets; one that says something else needs --replace."""
    with opened() as parts:
        environment = _environment(parts)
        for match in _chosen(parts, environment, arguments.names):
            if match.match is Match.DIFFERENT and not arguments.replace:
                raise InvalidInputError(
                    what=match.name, detail=f"here it stands for {match.here}; say --replace"
                )
            parts.worker.rendition_presets.take_named(match)
            say(f"{match.name}: {match.there}")
    return DONE


def _chosen(parts: Parts, environment: str, names: Sequence[str]) -> list[NamedMatch]:
    bare = [name.removeprefix("t_") for name in names]
    matches = parts.worker.rendition_presets.matches(environment, bare)
    found = {one.name: one for one in matches}
    for name in bare:
        if name not in found:
            raise NotFoundError(what=f"The preset or named transformation {name}")
    return [found[name] for name in dict.fromkeys(bare)]


def _environment(parts: Parts) -> str:
    environment = current_environment(parts)
    if environment is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return environment


def _tell_affected(found: Sequence[PublishedRendition], *, as_json: bool) -> None:
    for one in found:
        if as_json:
            say_json(
                {
                    "asset": one.asset,
                    "name": one.name,
                    "preset": one.preset,
                    "market": one.market or None,
                    "language": one.language or None,
                    "environment": one.environment,
                    "public_id": one.public_id,
                    "url": one.url,
                    "made_at": one.made_at,
                }
            )
        else:
            say(f"published: {one.name}  {one.url}")
