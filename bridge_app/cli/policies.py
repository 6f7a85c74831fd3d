"""The commands `policy` and `override`: what is demanded, and who passes in spite of it."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime

from bridge_app.app.build import Parts
from bridge_app.cli.files import read_file
from bridge_app.cli.output import DONE, REFUSED, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.approvals import subject_text
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.gate import SENTENCES, Reason, lifts
from bridge_app.domain.policies_json import LARGEST_DOCUMENT, policies_in, policies_text
from bridge_app.domain.required_fields import field_words
from bridge_app.domain.uses import Use
from bridge_app.work.approvals import OverrideWish
from bridge_app.work.policies import Checked


def show(arguments: argparse.Namespace) -> int:
    """Print the policies of an environment as a document."""
    with opened() as parts:
        policies = parts.worker.policies.policies(arguments.environment)
    say(policies_text(policies).rstrip("\n"))
    return DONE


def put(arguments: argparse.Namespace) -> int:
    """Check a document, and let its policies hold from now on."""
    policies = policies_in(read_file(arguments.file, at_most=LARGEST_DOCUMENT))
    if arguments.dry_run:
        note(f"{len(policies)} policies can be used. Nothing was changed.")
        return DONE
    with opened() as parts:
        parts.worker.policies.put(policies, arguments.environment)
    note(f"{len(policies)} policies hold from now on.")
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Say what is demanded of assets; 3 if the gate is shut for one of them."""
    use = Use(market=arguments.market, channel=arguments.channel)
    with opened() as parts:
        ids = [asset.id for asset in chosen_assets(parts, arguments.assets)]
        found = parts.worker.policies.check(ids, use, arguments.environment)
    for one in found:
        if arguments.json:
            say_json(_checked_json(one))
        else:
            _tell(one)
    return DONE if all(one.verdict.allows for one in found) else REFUSED


def override(arguments: argparse.Namespace) -> int:
    """Let assets pass in spite of their review, or end that."""
    with opened() as parts:
        assets = [asset.id for asset in chosen_assets(parts, arguments.assets)]
        subject = subject_of(parts, arguments.rendition)
        desk = parts.worker.approvals
        if arguments.take_back:
            count = desk.take_back(assets, arguments.reason, subject)
            note(f"{count} overrides ended.")
            return DONE
        until = _moment(arguments.until) if arguments.until else None
        wish = OverrideWish(reason=arguments.reason, until=until, transformation=subject)
        count = desk.override(assets, wish)
    note(f"{count} let pass, on the record.")
    return DONE


def subject_of(parts: Parts, preset: str | None) -> str:
    """What a decision on a preset's rendition is about; "" is the master. Raises NotFoundError."""
    if preset is None:
        return ""
    one = parts.worker.rendition_presets.library().preset(preset)
    return subject_text(one.transformation, one.format)


def _tell(one: Checked) -> None:
    demands = one.demands
    asked = [
        *([f"stages {', '.join(demands.stages)}"] if demands.stages else []),
        *(["each rendition approved"] if demands.renditions else []),
        *(["files that are taken out, too"] if demands.files else []),
        *([f"filled in: {_labels(demands.required)}"] if demands.required else []),
    ]
    say(f"{one.name}: {'; '.join(asked) or 'nothing is demanded beyond an approval'}")
    for reason in one.verdict.against:
        what = f" ({_labels(one.verdict.fields)})" if reason is Reason.FIELDS_MISSING else ""
        say(f"  held back: {SENTENCES[reason]}{what}. {lifts(reason)}")
    for reason in one.verdict.overridden:
        say(f"  let pass all the same: {SENTENCES[reason]}")


def _labels(fields: Iterable[str]) -> str:
    return ", ".join(map(field_words, fields))


def _checked_json(one: Checked) -> dict[str, object]:
    demands, verdict = one.demands, one.verdict
    return {
        "asset": one.asset,
        "name": one.name,
        "environment": demands.environment,
        "stages": list(demands.stages),
        "renditions": demands.renditions,
        "keeps_below": demands.keeps_below,
        "may_override": sorted(demands.may_override),
        "required": list(demands.required),
        "files": demands.files,
        "allowed": verdict.allows,
        "missing": list(verdict.missing),
        "fields": list(verdict.fields),
        "reasons": [
            {"reason": reason.value, "sentence": SENTENCES[reason], "lifts": lifts(reason)}
            for reason in verdict.against
        ],
        "overridden": [reason.value for reason in verdict.overridden],
    }


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        detail = "a moment looks like 2027-01-31T18:00"
        raise InvalidInputError(what=text, detail=detail) from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
