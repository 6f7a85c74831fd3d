"""Publishing and unpublishing, one by one and in bulk. What is asked is done at once here."""

from collections.abc import Iterable

from bridge_app.sandbox.contentstack.answers import RefusedError, gone
from bridge_app.sandbox.contentstack.stack import MASTER, Branch, Entry, Row, Stack


def publish_entry(stack: Stack, entry: Entry, body: Row, *, out: bool) -> None:
    """Publish (`out`) or unpublish; `locale`, `version` and `scheduled_at` are at the top level."""
    wanted = body.get("entry")
    if not isinstance(wanted, dict):
        raise RefusedError(422, 141, "Publishing failed.", {"entry": ["is required."]})
    locales = wanted.get("locales") or [body.get("locale", MASTER)]
    if body.get("scheduled_at") and not out:
        for environment in _environments(stack, wanted):
            for locale in locales:
                entry.ends[environment, locale] = str(body["scheduled_at"])
        return
    environments = _environments(stack, wanted)
    if out and stack.unkept:
        stack.unkept -= 1
        return
    _carry_out(stack, entry, environments, locales, body.get("version"), out=out)


def publish_asset(stack: Stack, asset: Row, body: Row, *, out: bool) -> None:
    """The same for an asset."""
    wanted = body.get("asset")
    if not isinstance(wanted, dict):
        raise RefusedError(422, 145, "Publishing failed.", {"asset": ["is required."]})
    for environment in _environments(stack, wanted):
        for locale in wanted.get("locales") or [MASTER]:
            ends = stack.asset_ends
            if body.get("scheduled_at") and not out:
                ends[asset["uid"], environment, locale] = str(body["scheduled_at"])
                continue
            ends.pop((asset["uid"], environment, locale), None)
            _note_asset(stack, asset, environment, locale, out=out)


def publish_many(stack: Stack, branch: Branch, body: Row, *, out: bool) -> None:
    """Entries and assets together; all are looked up before anything is done."""
    environments, locales = _environments(stack, body), body.get("locales") or [MASTER]
    entries = [(_entry(branch, one), one) for one in body.get("entries", [])]
    assets = [_asset(branch, one) for one in body.get("assets", [])]
    for entry, told in entries:
        if out and stack.unkept:
            stack.unkept -= 1
            continue
        chosen = [told["locale"]] if told.get("locale") else locales
        _carry_out(stack, entry, environments, chosen, told.get("version"), out=out)
    for asset in assets:
        for environment in environments:
            for locale in locales:
                _note_asset(stack, asset, environment, locale, out=out)


def _carry_out(
    stack: Stack,
    entry: Entry,
    environments: Iterable[str],
    locales: Iterable[str],
    version: int | None,
    *,
    out: bool,
) -> None:
    for locale in locales:
        if locale not in stack.locales:
            raise RefusedError(422, 141, "Publishing failed.", {"locales": ["is not valid."]})
        row = stack.shown(entry, locale, version)
        if not row:
            raise RefusedError(422, 141, "Publishing failed.", {"version": ["is not valid."]})
        for environment in environments:
            entry.ends.pop((environment, locale), None)
            if out:
                entry.published[environment, locale] = (row["_version"], stack.moment())
            else:
                entry.published.pop((environment, locale), None)


def _note_asset(stack: Stack, asset: Row, environment: str, locale: str, *, out: bool) -> None:
    place = {"environment": environment, "locale": locale}
    others = [one for one in asset["publish_details"] if place.items() - one.items()]
    told = {**place, "version": asset["_version"], "time": stack.moment()}
    asset["publish_details"] = [*others, told] if out else others


def _environments(stack: Stack, wanted: Row) -> list[str]:
    environments = wanted.get("environments")
    if not environments or set(environments) - set(stack.environments):
        raise RefusedError(422, 141, "Publishing failed.", {"environments": ["is not valid."]})
    return list(environments)


def _entry(branch: Branch, told: Row) -> Entry:
    entry = branch.entries.get(str(told.get("uid")))
    if entry is None or told.get("content_type") not in (None, entry.content_type):
        raise gone("entry")
    return entry


def _asset(branch: Branch, told: Row) -> Row:
    asset = branch.assets.get(str(told.get("uid")))
    if asset is None:
        raise gone("asset")
    return asset
