"""The command `contentstack`: renditions in the entries of a CMS."""

import argparse
import csv
import getpass
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, job_json, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.contentstack import Destination, OnExpiry, Publication
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.libraries.errors import disk_trouble
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack_asking import PublishWish

NEEDED = ("asset", "preset", "content_type", "entry", "field")
OTHERS = ("market", "language", "locale", "label")
"""Columns of a table of publications."""
BEGINNING = (JobState.QUEUED, JobState.RUNNING)


def show(arguments: argparse.Namespace) -> int:
    """List the destinations."""
    with opened() as parts:
        for one in parts.worker.contentstack.destinations():
            if arguments.json:
                say_json(
                    {
                        "id": one.id,
                        "name": one.name,
                        "region": one.region,
                        "branch": one.branch,
                        "environment": one.environment,
                        "locales": dict(one.locales),
                        "folder": one.folder,
                        "on_expiry": one.on_expiry.value,
                    }
                )
            else:
                place = f"{one.region}  {one.branch}  {one.environment}"
                say(f"{one.name}  {place}  {one.on_expiry.value}")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Try a management token at the service, and keep it with its destination."""
    destination = Destination(
        id="",
        name=arguments.name,
        region=arguments.region,
        api_key=arguments.api_key,
        environment=arguments.environment,
        branch=arguments.branch,
        locales=_locales(arguments.locale),
        folder=arguments.folder.strip(" /"),
        on_expiry=OnExpiry(arguments.on_expiry),
    )
    with opened() as parts:
        kept = parts.worker.contentstack.add(destination, _token())
    note(f"{kept.name} can be published to; its token is in the key store.")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Forget a destination."""
    with opened() as parts:
        parts.worker.contentstack.remove(arguments.name)
    note(f"{arguments.name} was forgotten with its token. Nothing was changed there.")
    return DONE


def test(arguments: argparse.Namespace) -> int:
    """Call a destination, and say what there is."""
    with opened() as parts:
        found = parts.worker.contentstack.test(arguments.name)
    if arguments.json:
        say_json(dict(found))
    for words, name in LISTED:
        if not arguments.json:
            say(f"{words}: {', '.join(found[name])}")
    return DONE


LISTED = (
    ("Environments", "environments"),
    ("Locales", "locales"),
    ("Content types", "content_types"),
)


def entries(arguments: argparse.Namespace) -> int:
    """The entries of a content type."""
    with opened() as parts:
        desk = parts.worker.contentstack
        for one in desk.entries(arguments.name, arguments.content_type, arguments.locale):
            if arguments.json:
                facts: dict[str, object] = {"uid": one.uid, "title": one.title}
                say_json(facts | {"version": one.version, "published": one.published})
            else:
                public = "" if one.published is None else f"  published {one.published}"
                say(f"{one.uid}  {one.title}  version {one.version}{public}")
    return DONE


def publish(arguments: argparse.Namespace) -> int:
    """Have a rendition written into an entry's field and published, and wait for that."""
    wish = PublishWish(
        content_type=arguments.content_type,
        entry=arguments.entry,
        field=arguments.field,
        preset=arguments.preset,
        market=arguments.market,
        language=arguments.language,
        locale=arguments.locale,
        label=arguments.label,
    )
    if arguments.dry_run:
        return _plan(arguments, [(arguments.asset, wish)])
    with working(only_sending=True) as (parts, _):
        (asset,) = chosen_assets(parts, [arguments.asset])
        batch = parts.worker.contentstack.publish(arguments.name, [(asset, wish)])
        wait_until(lambda: _settled(parts.worker.batch(batch)))
        return _told(parts.worker.batch(batch), as_json=arguments.json)


def publish_many(arguments: argparse.Namespace) -> int:
    """Have all that a table says published, and wait for that: each row is looked at first."""
    rows = _rows(Path(arguments.file))
    if arguments.dry_run:
        return _plan(arguments, rows)
    with working(only_sending=True) as (parts, _):
        names = list(dict.fromkeys(asset for asset, _ in rows))
        known = {name: chosen_assets(parts, [name])[0] for name in names}
        wishes = [(known[asset], wish) for asset, wish in rows]
        batch = parts.worker.contentstack.publish(arguments.name, wishes)
        wait_until(lambda: _settled(parts.worker.batch(batch)))
        return _told(parts.worker.batch(batch), as_json=arguments.json)


def _plan(arguments: argparse.Namespace, rows: Sequence[tuple[str, PublishWish]]) -> int:
    """Say what would be written; the service is only read."""
    with opened() as parts:
        names = list(dict.fromkeys(asset for asset, _ in rows))
        known = {name: chosen_assets(parts, [name])[0] for name in names}
        wishes = [(known[asset], wish) for asset, wish in rows]
        for one in parts.worker.contentstack.plan(arguments.name, wishes):
            if arguments.json:
                say_json(_facts(one) | {"title": one.title})
            else:
                say(_line(one))
    note(f"{len(rows)} publications; nothing was written.")
    return DONE


def _rows(path: Path) -> list[tuple[str, PublishWish]]:
    """The assets of a table, and where each is wanted. Raises InvalidInputError."""
    with disk_trouble(path), path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (table.fieldnames or ())]
        if missing:
            raise InvalidInputError(what=path.name, detail=f"it has no column {missing[0]}")
        found = []
        for row in table:
            told = {name: str(row.get(name) or "").strip() for name in (*NEEDED, *OTHERS)}
            empty = [name for name in NEEDED if not told[name]]
            if empty:
                what = f"{path.name}, line {table.line_num}"
                raise InvalidInputError(what=what, detail=f"{empty[0]} is empty")
            asset = told.pop("asset")
            found.append((asset, PublishWish(**told)))
    return found


def unpublish(arguments: argparse.Namespace) -> int:
    """Take an asset back from a destination's entries, or from one of them, and wait for that."""
    if arguments.dry_run:
        with opened() as parts:
            found = _of_asset(parts, arguments)
            for one in found:
                say(_line(one))
        note(f"{len(found)} publications would be taken back; nothing was changed.")
        return DONE
    with working(only_sending=True) as (parts, _):
        desk, found = parts.worker.contentstack, _of_asset(parts, arguments)
        batch = desk.unpublish(found)
        wait_until(lambda: _settled(parts.worker.batch(batch)))
        return _told(parts.worker.batch(batch))


def status(arguments: argparse.Namespace) -> int:
    """What is or was published at a destination."""
    with opened() as parts:
        for one in parts.worker.contentstack.publications(arguments.name):
            if arguments.json:
                say_json(_facts(one))
            else:
                place = f"{one.place.entry}  {one.place.field}  {one.place.locale}"
                reason = f"  {one.reason}" if one.reason else ""
                say(f"{one.name}  {one.preset}  {place}  {one.state.value}{reason}")
    return DONE


def _of_asset(parts: Parts, arguments: argparse.Namespace) -> list[Publication]:
    (asset,) = chosen_assets(parts, [arguments.asset])
    return [
        one
        for one in parts.worker.contentstack.publications(arguments.name)
        if one.asset == asset.id and arguments.entry in ("", one.place.entry)
    ]


def _line(one: Publication) -> str:
    place = one.place
    where = one.title or place.entry
    return f"{one.name}  {one.preset}  {where}  {place.field}  {place.locale}"


def _facts(one: Publication) -> dict[str, object]:
    place = one.place
    return {
        "asset": one.asset,
        "name": one.name,
        "preset": one.preset,
        "market": one.market,
        "language": one.language,
        "content_type": place.content_type,
        "entry": place.entry,
        "field": place.field,
        "locale": place.locale,
        "state": one.state.value,
        "reason": one.reason,
        "url": one.url,
        "entry_version": one.entry_version,
    }


def _settled(jobs: Sequence[JobRecord]) -> bool:
    return all(one.state not in BEGINNING for one in jobs)


def _told(jobs: Sequence[JobRecord], *, as_json: bool = False) -> int:
    for job in jobs:
        if as_json:
            say_json(job_json(job))
            continue
        trouble = f"  {job.error.sentence()}" if job.error else ""
        say(f"{job.name}  {job.state.value}{trouble}")
    return DONE if all(job.state is JobState.DONE for job in jobs) else FAILED


def _locales(texts: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for text in texts:
        name, equals, code = text.partition("=")
        if not (name and equals and code):
            raise InvalidInputError(what=text, detail="it has to look like de=de-de")
        found[name] = code
    return found


def _token() -> Secret:
    prompt = "Management token: "
    typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    return Secret(typed.strip())
