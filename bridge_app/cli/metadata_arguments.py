"""What the commands about metadata understand."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers

SAYS = "FIELD=VALUE"
OF_MASTERS = "a standard field such as title or alt_text[de]; `metadata fields --standard`"
OF_CLOUD = "at Cloudinary title, caption, display_name, tags, context.KEY or a metadata field"
USUAL = "title,headline,caption,alt_text,keywords,author,credit,copyright,city,country"
"""The columns of a table, unless others are named."""
STDIN = "- for standard input"


def add_metadata(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add the commands about metadata."""
    text = "change what masters, or assets in a Cloudinary environment, say"
    edit = add(commands, "edit", "metadata:edit", text, json=True)
    edit.add_argument("assets", nargs="+", metavar="ASSET")
    texts = (("--set", f"{OF_MASTERS}; {OF_CLOUD}"), ("--add", "a word to a set"))
    for name, help_text in (*texts, ("--remove", "a word from a set")):
        edit.add_argument(name, action="append", default=[], metavar=SAYS, help=help_text)
    edit.add_argument("--add-tag", action="append", default=[], metavar="TAG", help="or a keyword")
    edit.add_argument("--remove-tag", action="append", default=[], metavar="TAG")
    edit.add_argument("--template", metavar="NAME", help="of masters, before what is said besides")
    _add_delivery(edit)
    text = "What assets say."
    inner = commands.add_parser("metadata", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    text = "list the fields and their values"
    fields = add(inner, "fields", "metadata_record:fields", text, json=True)
    fields.add_argument("--standard", action="store_true", help="those that every master can have")
    show = add(inner, "show", "metadata_record:show", "print what assets say", json=True)
    text = "print who said what, oldest first"
    history = add(inner, "history", "metadata_record:history", text, json=True)
    for command in (show, history):
        command.add_argument("assets", nargs="+", metavar="ASSET")
        command.add_argument("--field", action="append", default=[], metavar="FIELD")
    text = "deliver once more what was refused of assets"
    retry = add(inner, "retry", "metadata:retry", text)
    retry.add_argument("assets", nargs="+", metavar="ASSET")
    retry.add_argument("--wait", action="store_true", help="deliver now and wait for the end")
    _add_definitions(inner, add)
    _add_tables(inner, add)
    _add_vocabulary(commands, add)
    _add_templates(commands, add)


def _add_delivery(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="only print what would change")
    command.add_argument("--wait", action="store_true", help="deliver now and wait for the end")


def _add_definitions(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "add or change fields: JSON as `metadata fields --json` tells them"
    define = add(inner, "define", "definitions:define", text)
    define.add_argument("file", metavar="FILE", help="- for standard input")
    text = "delete a field, and what all assets say in it"
    undefine = add(inner, "undefine", "definitions:undefine", text)
    undefine.add_argument("field", metavar="ID")
    undefine.add_argument("--yes", action="store_true", help="without being asked")
    add(inner, "rules", "definitions:rules", "list the conditional rules", json=True)
    text = "add or change rules: JSON as `metadata rules --json` tells them"
    rule = add(inner, "define-rule", "definitions:define_rule", text)
    rule.add_argument("file", metavar="FILE", help="- for standard input")
    gone = add(inner, "undefine-rule", "definitions:undefine_rule", "delete a rule")
    gone.add_argument("rule", metavar="ID")


def _add_tables(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "write what masters say as a table (CSV)"
    export = add(inner, "export", "metadata_tables:export", text)
    export.add_argument("assets", nargs="*", metavar="ASSET", help="all masters by default")
    export.add_argument("--query", default="", metavar="TEXT", help="those that a search finds")
    export.add_argument("--fields", default=USUAL, metavar="FIELD,…", help="or `all`")
    export.add_argument("--separator", choices=("comma", "semicolon", "tab"), default="comma")
    export.add_argument("-o", "--output", metavar="FILE")
    text = "say what a table says, where it differs"
    take = add(inner, "import", "metadata_tables:import_table", text, json=True)
    take.add_argument("file", metavar="FILE", help=STDIN)
    take.add_argument("--clear-empty", action="store_true", help="an empty cell empties the field")
    take.add_argument("--skip-faulty", action="store_true", help="take what is not faulty")
    for command in (export, take):
        command.add_argument("--library", metavar="NAME", help="only masters there")
    _add_delivery(take)


def _add_vocabulary(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "Words for fields, with those above them and their synonyms."
    inner = commands.add_parser("vocabulary", help=text, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    text = "keep a list: a word on each line, indented by tabs, {synonym} below its word"
    take = add(inner, "import", "vocabulary:import_list", text)
    take.add_argument("file", metavar="FILE", help=STDIN)
    take.add_argument("--name", metavar="NAME", help="the file's by default")
    take.add_argument("--closed", action="store_true", help="refuse other words")
    text = "list the vocabularies, or complete a word"
    show = add(inner, "show", "vocabulary:show", text, json=True)
    show.add_argument("--complete", default="", metavar="LETTERS")
    for command in (take, show):
        command.add_argument("--field", default="keywords", metavar="FIELD")
    export = add(inner, "export", "vocabulary:export", "write a vocabulary as such a list")
    export.add_argument("-o", "--output", metavar="FILE")
    remove = add(inner, "remove", "vocabulary:remove", "forget a vocabulary")
    for command in (export, remove):
        command.add_argument("name", metavar="NAME")


def _add_templates(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    text = "Texts for fields, with variables such as {filename}, {date:%Y} and {counter:4}."
    # argparse takes a percent sign in a help text for a format of its own.
    told = text.replace("%", "%%")
    inner = commands.add_parser("template", help=told, description=text).add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    text = "list the templates, or the fields of one"
    show = add(inner, "show", "templates:show", text, json=True)
    show.add_argument("name", nargs="?", metavar="NAME")
    save = add(inner, "save", "templates:save", "keep a template under a name")
    ways = (("--set", "in its place"), ("--add", "behind what is there"))
    for name, help_text in (*ways, ("--fill", "where nothing is said")):
        save.add_argument(name, action="append", default=[], metavar="FIELD=TEXT", help=help_text)
    remove = add(inner, "remove", "templates:remove", "forget a template")
    for command in (save, remove):
        command.add_argument("name", metavar="NAME")
    add(inner, "variables", "templates:variables", "list what can stand in braces")
    take = add(inner, "import", "templates:import_document", "keep the templates of a document")
    take.add_argument("file", metavar="FILE", help=STDIN)
    take.add_argument("--replace", action="store_true", help="those that are there")
    export = add(inner, "export", "templates:export", "write templates as a JSON document")
    export.add_argument("names", nargs="*", metavar="NAME")
    export.add_argument("-o", "--output", metavar="FILE")
