"""The words by which the doctor shows what leaving means, and does it."""

import argparse


def add_uninstall(doctor: argparse.ArgumentParser) -> None:
    """Two wishes that stand in the place of an examination, and what they may take along."""
    wishes = doctor.add_mutually_exclusive_group()
    wishes.add_argument(
        "--uninstall-plan",
        dest="run",
        action="store_const",
        const="uninstall:show_plan",
        default=argparse.SUPPRESS,
        help="show what uninstalling takes away and what it leaves; change nothing",
    )
    wishes.add_argument(
        "--uninstall",
        dest="run",
        action="store_const",
        const="uninstall:uninstall",
        default=argparse.SUPPRESS,
        help="show the same, and do it if you agree",
    )
    doctor.add_argument(
        "--with-profile",
        action="store_true",
        help="also what was said here: decisions, history, settings, backups",
    )
    doctor.add_argument(
        "--abandon-unsent",
        action="store_true",
        help="uninstall although not everything has arrived",
    )
    doctor.add_argument("--yes", action="store_true", help="uninstall without being asked")
    doctor.add_argument(
        "--json", action="store_true", help="the plan with one JSON object per line"
    )
