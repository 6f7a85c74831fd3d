"""The command `webhook`: endpoints of other systems, and what they were told."""

import argparse
import getpass
import sys
from dataclasses import replace

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, job_json, note, say, say_json
from bridge_app.cli.session import opened, wait_until, working
from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.webhooks import Endpoint, EndpointState
from bridge_app.storage.secrets import Secret
from bridge_app.work.events import Connectivity
from bridge_app.work.webhook_jobs import Message


def show(arguments: argparse.Namespace) -> int:
    """List the endpoints."""
    with opened() as parts:
        for one in parts.worker.webhooks.endpoints():
            events = sorted(event.value for event in one.events)
            if arguments.json:
                facts = {"id": one.id, "name": one.name, "url": one.url, "events": events}
                state = {"state": one.state.value, "reason": one.reason}
                say_json(facts | state | {"private_allowed": one.private_allowed})
            else:
                wanted = ", ".join(events) or "every event"
                say(f"{one.name}  {one.url}  {one.state.value}  {wanted}")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Tell an endpoint what happens from now on; its secret goes to standard output, once."""
    endpoint = Endpoint(
        id="",
        name=arguments.name,
        url=arguments.url,
        events=frozenset(map(_event, arguments.event)),
        private_allowed=arguments.private,
    )
    given = _secret() if arguments.secret else None
    with opened() as parts:
        kept, secret = parts.worker.webhooks.add(endpoint, given)
    note(f"{kept.name} is told from now on. Give this secret to the receiver; it is shown once:")
    if given is None:
        say(secret.reveal())
    return DONE


def change(arguments: argparse.Namespace) -> int:
    """Switch an endpoint on or off."""
    state = EndpointState.ON if arguments.state == "on" else EndpointState.OFF
    with opened() as parts:
        desk = parts.worker.webhooks
        changed = desk.change(replace(desk.one(arguments.name), state=state))
    note(f"{changed.name} is {changed.state.value}.")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Tell an endpoint nothing more."""
    with opened() as parts:
        parts.worker.webhooks.remove(arguments.name)
    note(f"{arguments.name} is told nothing more; its secret was forgotten.")
    return DONE


def rotate(arguments: argparse.Namespace) -> int:
    """Give an endpoint a new secret."""
    with opened() as parts:
        secret = parts.worker.webhooks.rotate(arguments.name)
    note("The secret before signs too for 24 hours. The new one is shown once:")
    say(secret.reveal())
    return DONE


def test(arguments: argparse.Namespace) -> int:
    """Send a message that says nothing, and wait for its first try."""
    with working() as (parts, _):
        if _is_held(parts):
            return FAILED
        batch = parts.worker.webhooks.test(arguments.name)
        wait_until(lambda: parts.worker.batch(batch)[0].state not in BEGINNING)
        job = parts.worker.batch(batch)[0]
    say(_line(job))
    return DONE if job.state is JobState.DONE else FAILED


def send(_: argparse.Namespace) -> int:
    """Send what waits to be sent now."""
    with working() as (parts, _ours):
        made = parts.worker.post_events()
        if _is_held(parts):
            return FAILED
        wait_until(lambda: not _beginning(parts))
        left = [one for one in parts.worker.webhooks.messages() if not one.state.is_finished]
    note(f"{made} new messages; {len(left)} wait for their next try.")
    return DONE


def messages(arguments: argparse.Namespace) -> int:
    """What endpoints were told, the newest first."""
    with opened() as parts:
        for job in parts.worker.webhooks.messages(arguments.name):
            if arguments.failed and job.state is not JobState.FAILED:
                continue
            if arguments.json:
                told = Message.from_params(job.params)
                say_json(job_json(job) | {"event": told.event, "message": told.id})
            else:
                say(_line(job))
    return DONE


def resend(arguments: argparse.Namespace) -> int:
    """Send messages again: those of these numbers, or all that failed."""
    with opened() as parts:
        known = parts.worker.webhooks.messages()
        failed = [one.id for one in known if one.state is JobState.FAILED]
        chosen = arguments.job or failed
        strange = set(chosen) - {one.id for one in known}
        if strange:
            raise NotFoundError(what=f"The message {min(strange)}")
        parts.worker.retry(chosen)
    note(f"{len(chosen)} messages are sent again, under the identity they had.")
    return DONE


BEGINNING = (JobState.QUEUED, JobState.RUNNING)


def _is_held(parts: Parts) -> bool:
    """Is nothing sent, because a person works offline? Then that is said."""
    held = parts.worker.connectivity() is Connectivity.WORK_OFFLINE
    if held:
        note("Asset Bridge works offline: messages wait until that is switched off.")
    return held


def _beginning(parts: Parts) -> bool:
    return any(one.state in BEGINNING for one in parts.worker.webhooks.messages())


def _line(job: JobRecord) -> str:
    told = Message.from_params(job.params)
    line = f"{job.id}  {job.state.value}  {told.event}  {job.name}"
    if job.error is not None:
        line += f"  {job.error.sentence()}"
    return line


def _event(text: str) -> EventType:
    try:
        return EventType(text)
    except ValueError:
        known = ", ".join(event.value for event in EventType)
        raise InvalidInputError(what=text, detail=f"the events are {known}") from None


def _secret() -> Secret:
    prompt = "Secret (whsec_…): "
    typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    return Secret(typed.strip())
