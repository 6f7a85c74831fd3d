"""The commands `feed listen` and `feed secret`: other systems post their products."""

import argparse

from bridge_app.app.build import utc_now
from bridge_app.app.feed_parts import received_by
from bridge_app.channels.feed_receiver import PATH, feed_receiver
from bridge_app.cli.output import DONE, note, say
from bridge_app.cli.serving import serving
from bridge_app.cli.session import opened, wait_until, working
from bridge_app.storage.feeds import FeedRun


def secret(arguments: argparse.Namespace) -> int:
    """Make the secret that posts are signed with; the one before ends."""
    with opened() as parts:
        say(parts.worker.feeds.new_secret(arguments.name).reveal())
    note("Whoever posts signs with it. It is kept in the keyring, and not shown again.")
    return DONE


def listen(arguments: argparse.Namespace) -> int:
    """Take what is posted until interrupted; a feed that pushes does so."""
    with working() as (parts, _):
        desk = parts.worker.feeds
        feed = desk.one(arguments.name).id
        desk.receiving_key(feed)  # now, not with the first post
        received = received_by(desk, feed, utc_now, _tell)
        with serving(feed_receiver(received), arguments) as server:
            note(f"{arguments.name} is received at http://{arguments.host}:{server.port}{PATH}.")
            wait_until(lambda: False)
    return DONE


def _tell(run: FeedRun) -> None:
    counts = run.result
    note(f"{counts.received} rows, {counts.upserted} taken, {counts.bad_rows} rejected.")
