"""Commands that hear of changes at Cloudinary, and say who else is told of them."""

import argparse
import os
from contextlib import AbstractContextManager

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, NO_ACCOUNT, note, say, say_json
from bridge_app.cli.serving import serving
from bridge_app.cli.session import current_environment, opened, wait_until, working
from bridge_app.delivery.notices import Notice
from bridge_app.delivery.notifications import Notifications
from bridge_app.delivery.webhook_receiver import webhook_receiver
from bridge_app.domain.errors import NotFoundError
from bridge_app.work.hearing import HearingState
from bridge_app.work.listening import Listening

WEBHOOK_SECRET = "ASSET_BRIDGE_WEBHOOK_SECRET"  # noqa: S105 - the variable's name
"""The secret of the key that signs web hooks, where that is not the account's own."""


def listen(arguments: argparse.Namespace) -> int:
    """Hear of changes until interrupted, and have read again what they are about."""
    with working() as (parts, ours):
        environment = _environment(parts)
        if not ours and arguments.port is None:
            note("A window is open: it hears of changes by itself where that is switched on.")
            return FAILED
        parts.worker.hearing.on_notice = lambda notice: _tell(notice, as_json=arguments.json)
        if arguments.port is None:
            return _poll(parts, environment)
        with _receiving(parts, environment, arguments) as server:
            note(f"Web hooks are received at http://{arguments.host}:{server.port}/.")
            wait_until(lambda: False)
    return DONE


def list_all(arguments: argparse.Namespace) -> int:
    """List the triggers."""
    with opened() as parts:
        for one in _notifications(parts).triggers():
            if arguments.json:
                facts = {"id": one.id, "uri": one.uri}
                say_json({**facts, "event_type": one.event_type, "uri_type": one.uri_type})
            else:
                say(f"{one.id}  {one.event_type:<12}  {one.uri}")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Have somebody told from now on."""
    with opened() as parts:
        trigger = _notifications(parts).add(arguments.uri, arguments.event)
    say(trigger.id)
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Have somebody told no more."""
    with opened() as parts:
        notifications = _notifications(parts)
        if all(one.id != arguments.trigger for one in notifications.triggers()):
            raise NotFoundError(what=f"The trigger {arguments.trigger}")
        notifications.remove(arguments.trigger)
    return DONE


def _poll(parts: Parts, environment: str) -> int:
    """Poll a channel of one's own, which goes with the command if it came with it."""
    hearing = parts.worker.hearing
    was_on = hearing.state(environment) is not HearingState.OFF
    hearing.switch_on(environment)
    note(f"Changes of {environment} are heard of at once, until you interrupt.")
    try:
        wait_until(lambda: hearing.state(environment) is HearingState.TROUBLED)
    finally:
        trouble = hearing.trouble(environment)
        if not was_on:
            hearing.switch_off(environment)
    if trouble is not None:
        raise trouble
    return DONE


def _receiving(
    parts: Parts, environment: str, arguments: argparse.Namespace
) -> AbstractContextManager[Listening]:
    secrets = [os.environ.get(WEBHOOK_SECRET, "")]
    credentials = parts.environments.credentials(environment)
    if credentials.can_sign:
        secrets.append(credentials.secret.reveal())
    known = [secret for secret in secrets if secret]

    def take(body: bytes, timestamp: str, signature: str) -> None:
        parts.worker.hearing.take(environment, body, timestamp, signature, *known)

    return serving(webhook_receiver(take), arguments)


def _tell(notice: Notice, *, as_json: bool) -> None:
    """Say what was heard."""
    if as_json:
        assets = list(notice.asset_ids)
        say_json({"type": notice.type, "asset_ids": assets, "widely": notice.widely})
    else:
        about = ", ".join(notice.asset_ids) or ("everything" if notice.widely else "no asset")
        say(f"{notice.type}: {about}")


def _notifications(parts: Parts) -> Notifications:
    return Notifications(parts.environments.credentials(_environment(parts)))


def _environment(parts: Parts) -> str:
    environment = current_environment(parts)
    if environment is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return environment
