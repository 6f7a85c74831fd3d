"""What `review` understands."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers
from bridge_app.cli.review_pack_arguments import add_review_packs
from bridge_app.cli.review_stale_arguments import add_stale_reviews
from bridge_app.domain.marks import Label

LABELS = tuple(label.value or "none" for label in Label)


def add_review(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about reviews."""
    text = "Reviews: who is asked to look at what, and what people say about it."
    inner = commands.add_parser("review", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    _add_requests(inner, add)
    _add_comments(inner, add)
    add_review_packs(inner, add)
    add_stale_reviews(inner, add)
    text = "rate assets, or label them with a colour"
    mark = add(inner, "mark", "review_comments:mark", text, json=True)
    mark.add_argument("assets", nargs="+", metavar="ASSET")
    mark.add_argument("--rating", type=int, choices=range(6), metavar="0-5")
    mark.add_argument("--label", choices=LABELS)


def _add_requests(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    request = add(inner, "request", "review:request", "ask people to look at assets", json=True)
    request.add_argument("assets", nargs="+", metavar="ASSET")
    request.add_argument("--title", required=True)
    request.add_argument("--note", default="", help="what to look at; - reads standard input")
    request.add_argument("--due", metavar="DATE", help="a day (to its end, here), or a time")
    request.add_argument(
        "--reviewer", action="append", default=[], metavar="ROLE", help="everybody by default"
    )
    request.add_argument(
        "--set", action="append", default=[], metavar="NAME", help="renditions of a set, or preset"
    )
    request.add_argument("--master", action="store_true", help="with --set: the masters as well")
    text = "list review requests, with how far they are"
    listing = add(inner, "list", "review:requests", text, json=True)
    listing.add_argument("--all", action="store_true", help="closed ones as well")
    listing.add_argument("--who", metavar="NAME", help="those for this person or role")
    queue = add(inner, "queue", "review:queue", "list what waits for a decision", json=True)
    queue.add_argument("--who", metavar="NAME", help="a person or a role; yours by default")
    queue.add_argument("--request", metavar="ID", help="all of one request, decided or not")
    text = "approve what is undecided of a request, after a look at the list"
    rest = add(inner, "approve-rest", "review:approve_rest", text, json=True)
    rest.add_argument("request", metavar="ID")
    rest.add_argument("--comment", default="")
    rest.add_argument("--dry-run", action="store_true", help="only print the list")
    rest.add_argument("--yes", action="store_true", help="do not ask")
    text = "write decisions on masters into their files, and hear what these say; tells if it does"
    files = add(inner, "in-files", "review:in_files", text)
    files.add_argument("state", nargs="?", choices=("on", "off"))
    text = "say that nobody has to look at it any more; what was decided stays"
    add(inner, "close", "review:close", text).add_argument("request", metavar="ID")


def _add_comments(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    say = add(inner, "comment", "review_comments:comment", "say something of an asset", json=True)
    say.add_argument("asset", metavar="ASSET")
    say.add_argument("text", metavar="TEXT", help="- reads standard input; @role mentions it")
    say.add_argument("--rendition", default="", metavar="PRESET", help="of the master by default")
    say.add_argument("--thread", metavar="ID", help="answer in this thread")
    place = say.add_mutually_exclusive_group()
    place.add_argument("--point", metavar="X,Y", help="0 to 1, from the upper left corner")
    place.add_argument("--region", metavar="X,Y,W,H", help="the same with a width and a height")
    place.add_argument("--time", type=float, metavar="SECONDS", help="of a video or a sound")
    text = "list what was said of an asset, thread by thread"
    listing = add(inner, "comments", "review_comments:comments", text, json=True)
    listing.add_argument("asset", nargs="?", metavar="ASSET")
    listing.add_argument("--rendition", default=None, metavar="PRESET")
    listing.add_argument("--open", action="store_true", help="only threads that are open")
    listing.add_argument(
        "--mentions", nargs="?", const="", metavar="NAME", help="what mentions somebody; you, too"
    )
    for name, told in (("resolve", "say that a thread is settled"), ("reopen", "say it is not")):
        state = add(inner, name, "review_comments:resolve", told)
        state.add_argument("thread", metavar="ID")
