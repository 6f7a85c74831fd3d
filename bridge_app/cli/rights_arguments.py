"""What `rights` understands."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers

RELEASED = ("yes", "no", "unsaid")


def add_rights(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about what people claim of rights."""
    text = "What is claimed of the rights in assets, and when they begin and end."
    inner = commands.add_parser("rights", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    show = add(inner, "show", "rights:show", "show what holds, and all that was claimed", json=True)
    show.add_argument("asset")
    claim = add(inner, "set", "rights:claim", "claim rights in assets, all or none", json=True)
    claim.add_argument("assets", nargs="+", metavar="ASSET")
    claim.add_argument("--template", metavar="NAME", help="begin with this one")
    claim.add_argument("--clear", action="store_true", help="begin with a claim of nothing")
    claim.add_argument("--dry-run", action="store_true", help="only print what would be claimed")
    _add_fields(claim)
    text = "list templates, keep one, or forget one"
    template = add(inner, "template", "rights:template", text, json=True)
    template.add_argument("name", nargs="?", help="keep what the options say under this name")
    template.add_argument("--remove", action="store_true")
    _add_fields(template)
    text = "list the rights that end soon, the soonest first"
    expiring = add(inner, "expiring", "rights:expiring", text, json=True)
    expiring.add_argument("--within", type=_days, default=30, metavar="DAYS")
    expiring.add_argument("--begins", action="store_true", help="those that begin, too")


def _add_fields(command: argparse.ArgumentParser) -> None:
    """The fields of a claim; one that is not given stays as it was, an empty one is cleared."""
    command.add_argument("--licence", metavar="TEXT")
    command.add_argument("--usage-terms", metavar="TEXT")
    command.add_argument("--from", dest="starts", metavar="DATE", help="2027-03-31[T18:00]")
    command.add_argument("--until", dest="ends", metavar="DATE", help="a day counts to its end")
    command.add_argument("--zone", metavar="NAME", help="of these dates: Europe/Oslo; else UTC")
    command.add_argument("--territories", metavar="LIST", help="countries, regions or WORLD")
    command.add_argument("--not-in", dest="excluded_territories", metavar="LIST")
    command.add_argument("--channels", metavar="LIST")
    command.add_argument("--not-for", dest="excluded_channels", metavar="LIST")
    command.add_argument("--credit", dest="credit_line", metavar="TEXT")
    command.add_argument("--model-release", dest="model_released", choices=RELEASED)
    command.add_argument("--property-release", dest="property_released", choices=RELEASED)
    command.add_argument("--source", metavar="TEXT", help="where the claim comes from")
    for kind in ("licence", "model", "property"):
        option = "--document" if kind == "licence" else f"--{kind}-document"
        command.add_argument(
            option, dest=f"{kind}_documents", action="append", default=[], metavar="FILE"
        )


def _days(text: str) -> int:
    number = int(text)
    if not 0 < number <= 36_500:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 36500")
    return number
