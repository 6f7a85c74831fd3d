"""The options of `push` beyond where it goes: policies, and files that are fetched by URL."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridge_app.app.build import Parts
from bridge_app.cli.asking import says_yes
from bridge_app.cli.output import DONE, FAILED, REFUSED, USAGE, note, say, say_json
from bridge_app.delivery.uploads import RemoteOrder
from bridge_app.domain.eager import EagerRendition, eager_of
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.localised import EVERYWHERE
from bridge_app.domain.push_plan import PushAction, PushPlan, PushTarget
from bridge_app.domain.push_policies import (
    Access,
    DeliveryType,
    IdFrom,
    Moderated,
    OnConflict,
    ShownAs,
)

# What few pushes need is loaded for them: the first byte of the others leaves earlier.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.domain.push_metadata import Pairs


def target_of(parts: Parts, environment: str, arguments: argparse.Namespace) -> PushTarget:
    """Where and how, as typed. Raises InvalidInputError.

    Structured fields are those last read; where none ever were, the service is asked.
    """
    return PushTarget(
        folder=arguments.folder,
        tags=tuple(arguments.tag),
        preset=arguments.preset,
        context=tuple(_pair(text) for text in arguments.context),
        on_conflict=OnConflict(arguments.on_conflict or OnConflict.NEW_VERSION),
        id_from=IdFrom(arguments.id_from),
        shown_as=ShownAs(arguments.shown_as),
        access=Access(arguments.access),
        delivery_type=DeliveryType(arguments.type),
        metadata=_said(parts, environment, arguments.metadata),
        moderated=Moderated(arguments.moderation),
        eager=_eager(parts, arguments),
    )


def _said(parts: Parts, environment: str, texts: Sequence[str]) -> "Pairs":
    """Values of structured fields, `FIELD=VALUE` each."""
    if not texts:
        return ()
    from bridge_app.domain.push_metadata import read_pairs

    editing = parts.worker.editing
    schema = editing.schema(environment)
    if not schema.fields:
        schema = editing.read_schema(environment)
    return read_pairs(schema, [_pair(text) for text in texts])


def _eager(parts: Parts, arguments: argparse.Namespace) -> tuple[EagerRendition, ...]:
    """The renditions that are made with the push, for the markets and languages of a table."""
    if not arguments.eager:
        return ()
    from bridge_app.cli.renditions import variants_of

    table = variants_of(arguments.table) if arguments.table else EVERYWHERE
    return eager_of(parts.worker.rendition_presets.library(), arguments.eager, table)


def may_replace(plan: PushPlan, arguments: argparse.Namespace) -> bool:
    """Ask at a terminal before something delivered is replaced, unless the command says so."""
    replaced = plan.count(PushAction.NEW_VERSION)
    if not replaced or arguments.on_conflict or not sys.stdin.isatty():
        return True
    many = f"{replaced} delivered asset(s)"
    return says_yes(f"{many} would be replaced by their new version. Replace? [y/N]")


def push_url(parts: Parts, environment: str, arguments: argparse.Namespace) -> int:
    """Let the service fetch a file; no byte of it passes through this machine.

    Nobody has approved it, so it may not arrive where everybody can see it.
    """
    if not arguments.public_id or arguments.assets or arguments.approved:
        note("With --url, name its --public-id, and no assets.")
        return USAGE
    if arguments.type == DeliveryType.UPLOAD:
        note(
            "Nobody has approved that file, so it is not published. Say --type private or "
            "--type authenticated to bring it in unpublished."
        )
        return REFUSED
    order = RemoteOrder(
        url=arguments.url,
        public_id=arguments.public_id,
        delivery_type=arguments.type,
        folder=arguments.folder,
        tags=tuple(arguments.tag),
        preset=arguments.preset,
        overwrite=arguments.on_conflict == OnConflict.NEW_VERSION,
    )
    if arguments.dry_run:
        say(f"{order.url} → {environment}: {order.public_id}")
        return DONE
    reply = parts.environments.opened(environment).upload_from(order)
    if reply.get("existing"):
        note(
            f"There is something at {order.public_id} already; nothing was changed. "
            "Say --on-conflict new_version to replace it."
        )
        return FAILED
    if arguments.json:
        names = ("asset_id", "public_id", "version", "bytes", "secure_url")
        say_json({name: reply.get(name) for name in names})
    else:
        say(f"{reply['public_id']}  {reply.get('bytes')} bytes  {reply.get('secure_url')}")
    return DONE


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidInputError(what=text, detail="it is written as NAME=VALUE")
    return name.strip(), value.strip()
