"""The command `template`: texts for fields, with variables that each asset fills."""

import argparse
from collections.abc import Iterator, Sequence

from bridge_app.cli.files import read_file, write_file
from bridge_app.cli.metadata_words import master_path
from bridge_app.cli.output import DONE, note, say, say_json
from bridge_app.cli.session import opened
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.foreign_text import LARGEST_TEXT
from bridge_app.domain.metadata_templates import VARIABLES, MetadataTemplate, TemplateRow, Way
from bridge_app.domain.metadata_templates_json import template_json
from bridge_app.domain.standard_fields import FIELDS


def show(arguments: argparse.Namespace) -> int:
    """List the templates, or one with its fields."""
    with opened() as parts:
        words = parts.worker.words
        found = [words.template(arguments.name)] if arguments.name else words.templates()
    for one in found:
        if arguments.json:
            say_json(template_json(one))
        elif arguments.name:
            for row in one.rows:
                say(f"{row.path.key}  {row.way.value}  {row.text}")
        else:
            say(f"{one.name}  {', '.join(row.path.key for row in one.rows)}")
    return DONE


def save(arguments: argparse.Namespace) -> int:
    """Keep a template under a name."""
    rows = (
        *_rows(arguments.set, Way.SET),
        *_rows(arguments.add, Way.ADD),
        *_rows(arguments.fill, Way.FILL),
    )
    with opened() as parts:
        parts.worker.words.save_template(MetadataTemplate(name=arguments.name, rows=rows))
    note(f"{arguments.name} was saved: {len(rows)} fields.")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Forget a template."""
    with opened() as parts:
        parts.worker.words.delete_template(arguments.name)
    note(f"{arguments.name} was forgotten.")
    return DONE


def variables(arguments: argparse.Namespace) -> int:
    """List what can stand in braces."""
    del arguments
    for name in (*VARIABLES, *(field.id for field in FIELDS)):
        say(f"{{{name}}}")
    return DONE


def import_document(arguments: argparse.Namespace) -> int:
    """Keep the templates of a document."""
    data = read_file(arguments.file, at_most=LARGEST_TEXT)
    with opened() as parts:
        names = parts.worker.words.import_templates(data, replace=arguments.replace)
    note(f"{len(names)} templates were imported.")
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """Write templates as a document."""
    with opened() as parts:
        text = parts.worker.words.export_templates(arguments.names)
    write_file(arguments.output, text.encode())
    return DONE


def _rows(words: Sequence[str], way: Way) -> Iterator[TemplateRow]:
    for one in words:
        name, equals, text = one.partition("=")
        if not equals:
            raise InvalidInputError(what=one, detail="it has to look like FIELD=TEXT")
        yield TemplateRow(path=master_path(name), text=text, way=way)
