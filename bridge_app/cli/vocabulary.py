"""The command `vocabulary`: words for fields, from lists that other programs exchange."""

import argparse
from pathlib import Path

from bridge_app.cli.files import read_file, write_file
from bridge_app.cli.output import DONE, note, say, say_json
from bridge_app.cli.session import opened
from bridge_app.domain.foreign_text import LARGEST_TEXT


def import_list(arguments: argparse.Namespace) -> int:
    """Keep a list under a name."""
    data = read_file(arguments.file, at_most=LARGEST_TEXT)
    name = arguments.name or Path(arguments.file).stem
    with opened() as parts:
        words = parts.worker.words.import_vocabulary(
            name, data, field=arguments.field, closed=arguments.closed
        )
    note(f"{name}: {words} words for {arguments.field}.")
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """Write a vocabulary as the list that it came as."""
    with opened() as parts:
        text = parts.worker.words.export_vocabulary(arguments.name)
    write_file(arguments.output, text.encode())
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """List the vocabularies, or the words that some letters mean."""
    with opened() as parts:
        words = parts.worker.words
        if arguments.complete:
            for one in words.completions(arguments.complete, field=arguments.field):
                term = one.term
                if arguments.json:
                    say_json({"word": term.word, "path": term.path, "typed": one.typed})
                else:
                    say(term.path + (f"  ({one.typed})" if one.typed else ""))
            return DONE
        for kept in words.vocabularies():
            facts = {"name": kept.name, "field": kept.field, "closed": kept.closed}
            if arguments.json:
                say_json(facts)
            else:
                say(f"{kept.name}  {kept.field}{'  closed' if kept.closed else ''}")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Forget a vocabulary."""
    with opened() as parts:
        parts.worker.words.delete_vocabulary(arguments.name)
    note(f"{arguments.name} was forgotten; what masters say stays as it is.")
    return DONE
