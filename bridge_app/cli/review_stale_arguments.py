"""What `review stale`, `review difference`, `review disagreements` and `moderation` understand."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_stale_reviews(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add them to `review`."""
    text = "list what was approved and has to be looked at again, and why"
    stale = add(inner, "stale", "review_stale:stale", text, json=True)
    stale.add_argument("assets", nargs="*", metavar="ASSET", help="all by default")
    stale.add_argument("--scores", action="store_true", help="how much each differs")
    text = "say how much an asset differs from what was approved of it last"
    compare = add(inner, "difference", "review_stale:difference", text, json=True)
    compare.add_argument("asset", metavar="ASSET")
    compare.add_argument("--rendition", default="", metavar="PRESET", help="the master by default")
    compare.add_argument("-o", "--output", metavar="OUT.jpg", help="a picture of what differs")
    text = "list where reviewers decided differently and nobody has settled it"
    differ = add(inner, "disagreements", "review_stale:disagreements", text, json=True)
    differ.add_argument("assets", nargs="*", metavar="ASSET", help="all by default")
    text = "list what waits for a moderator at Cloudinary, as it was read last"
    waits = add(inner, "moderation", "review_stale:moderation", text, json=True)
    waits.add_argument("--refresh", action="store_true", help="ask Cloudinary first")
