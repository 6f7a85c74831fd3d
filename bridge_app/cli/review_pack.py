"""The commands `review pack` and `review import`: packs handed out, and verdicts taken back."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.cli.review import due_from, items_meant, request_meant
from bridge_app.cli.session import opened
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.review_pack import HINDRANCES, ReturnedLine
from bridge_app.work.review_pack import PackMade, PackReturn, PackWish
from bridge_app.work.review_pack_pictures import LeftOut


def pack(arguments: argparse.Namespace) -> int:
    """Write a pack of some assets; those of its pictures that cannot be made are told."""
    if bool(arguments.assets) == bool(arguments.request):
        raise InvalidInputError(what="The pack", detail="say either assets, or --request")
    with opened() as parts:
        made = parts.worker.review_packs.export(_wish(parts, arguments), on_progress=_progress)
    _show_made(made, as_json=arguments.json)
    return FAILED if made.left_out else DONE


def import_file(arguments: argparse.Namespace) -> int:
    """Show what came back, and unless it is a dry run, record what is new of it."""
    with opened() as parts:
        desk = parts.worker.review_packs
        returned = desk.look(Path(arguments.file).absolute())
        _show_returned(returned, as_json=arguments.json)
        held = any(line.hindrance for line in returned.lines)
        if arguments.dry_run:
            return FAILED if held else DONE
        done = desk.record(returned)
        if not arguments.json:
            verdicts = f"{done.decisions} verdicts and {done.comments} comments"
            say(f"{verdicts} were recorded, signed “{returned.file.signature}”.")
    return FAILED if held else DONE


def line_json(line: ReturnedLine) -> dict[str, object]:
    """One line of what came back, as scripts see it; the names are stable."""
    item, said = line.item, line.verdict
    return {
        "asset": item.asset if item else None,
        "name": item.name if item else None,
        "preset": (item.preset or None) if item else None,
        "transformation": item.transformation if item else None,
        "verdict": said.approval.value if said.approval else None,
        "note": said.note or None,
        "comments": [one.text for one in said.comments],
        "state": "held_back" if line.hindrance else "new" if line.is_new else "known",
        "hindrance": line.hindrance.value if line.hindrance else None,
    }


def _show_made(made: PackMade, *, as_json: bool) -> None:
    if as_json:
        told = {"pack": made.pack.id, "output": str(made.path), "pictures": len(made.pack.items)}
        left, films = _left_json(made.left_out), _left_json(made.as_pictures)
        say_json({**told, "left_out": left, "as_pictures": films})
        return
    say(f"{made.path}: {len(made.pack.items)} pictures.")
    for one in made.left_out:
        note(f"{_left_name(one)} was left out: {one.why}")
    for one in made.as_pictures:
        note(f"{_left_name(one)} is one picture of a film: {one.why}")


def _left_json(told: Sequence[LeftOut]) -> list[dict[str, object]]:
    return [{"name": one.name, "preset": one.preset or None, "why": str(one.why)} for one in told]


def _left_name(one: LeftOut) -> str:
    return " ".join(filter(None, (one.name, one.preset)))


def _show_returned(returned: PackReturn, *, as_json: bool) -> None:
    for line in returned.lines:
        if as_json:
            say_json(line_json(line))
        else:
            say(_line(line))
    if not as_json and returned.before is not None:
        note(f"{returned.name} was imported on {returned.before:%Y-%m-%d %H:%M} UTC.")


def _line(line: ReturnedLine) -> str:
    item, said = line.item, line.verdict
    what = f"{item.name}  {item.preset or 'master'}" if item else f"picture {said.key}"
    parts = [said.approval.value] if said.approval else []
    if said.comments:
        parts.append(f"{len(said.comments)} comments")
    if line.hindrance is not None:
        parts.append(f"held back, {HINDRANCES[line.hindrance]}")
    elif not line.is_new:
        parts.append("on record already")
    return f"{what}: {', '.join(parts)}"


def _wish(parts: Parts, arguments: argparse.Namespace) -> PackWish:
    """What the words ask for; what they leave open is taken from the request."""
    target = Path(arguments.output).absolute()
    asked = request_meant(parts, arguments.request) if arguments.request else None
    due = due_from(arguments.due) if arguments.due else None
    return PackWish(
        title=arguments.title or (asked.title if asked else target.stem),
        items=asked.items if asked else items_meant(parts, arguments),
        target=target,
        note=arguments.note or (asked.note if asked else ""),
        due=due or (asked.due if asked else None),
        stage=arguments.stage,
    )


def _progress(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {whole} pictures ")
        sys.stderr.flush()
