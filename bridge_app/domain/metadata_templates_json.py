"""Metadata templates as a JSON document, which people exchange. Reading is strict."""

import json
from collections.abc import Sequence

from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.metadata_templates import (
    MetadataTemplate,
    TemplateRow,
    Way,
    check_template,
)
from bridge_app.domain.standard_values import split_key

KIND = "asset-bridge/metadata-templates"
VERSION = 1
MOST_TEMPLATES = 1_000


class TemplateDocumentError(InvalidInputError):
    """A document that is not the one it should be, with the place."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The templates were not imported: {what}: {detail}. Nothing was changed."
    )


def templates_text(templates: Sequence[MetadataTemplate]) -> str:
    """Templates as a document."""
    told = {
        "kind": KIND,
        "version": VERSION,
        "templates": [template_json(one) for one in templates],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def template_json(template: MetadataTemplate) -> dict[str, object]:
    """One template as JSON's object."""
    fields = [
        {"field": row.path.key, "text": row.text, "way": row.way.value} for row in template.rows
    ]
    return {"name": template.name, "fields": fields}


def templates_in(text: str) -> tuple[MetadataTemplate, ...]:
    """The templates of a document. Raises InvalidInputError with the place."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TemplateDocumentError(
            what=QT_TRANSLATE_NOOP("facts", "the document"), detail=f"no JSON: {error}"
        ) from error
    if not isinstance(told, dict) or told.get("kind") != KIND or told.get("version") != VERSION:
        detail = f"it is no {KIND} of version {VERSION}"
        raise TemplateDocumentError(what=QT_TRANSLATE_NOOP("facts", "the document"), detail=detail)
    found = told.get("templates")
    if not isinstance(found, list) or len(found) > MOST_TEMPLATES:
        detail = f"it has to be a list of at most {MOST_TEMPLATES}"
        raise TemplateDocumentError(what="templates", detail=detail)
    templates = tuple(template_from(one, f"templates[{n}]") for n, one in enumerate(found))
    names = [one.name for one in templates]
    if twice := [name for name in names if names.count(name) > 1]:
        raise TemplateDocumentError(
            what=twice[0], detail=QT_TRANSLATE_NOOP("facts", "the name is there twice")
        )
    return templates


def template_from(told: object, place: str = "the template") -> MetadataTemplate:
    """The template of an object, checked. Raises InvalidInputError with the place."""
    if not isinstance(told, dict) or set(told) != {"name", "fields"}:
        raise TemplateDocumentError(
            what=place,
            detail=QT_TRANSLATE_NOOP("facts", "it needs a name and fields, nothing else"),
        )
    name, fields = told["name"], told["fields"]
    if not isinstance(name, str) or not isinstance(fields, list):
        raise TemplateDocumentError(
            what=place, detail=QT_TRANSLATE_NOOP("facts", "a name is a text, fields are a list")
        )
    rows = tuple(_row(one, f"{place}.fields[{n}]") for n, one in enumerate(fields))
    template = MetadataTemplate(name=name, rows=rows)
    check_template(template)
    return template


def _row(told: object, place: str) -> TemplateRow:
    if not isinstance(told, dict) or not {"field", "text"} <= set(told) <= {"field", "text", "way"}:
        raise TemplateDocumentError(
            what=place,
            detail=QT_TRANSLATE_NOOP("facts", "it needs field and text, and may have way"),
        )
    key, text, way = told["field"], told["text"], told.get("way", Way.SET.value)
    if not isinstance(key, str) or split_key(key) is None:
        raise TemplateDocumentError(what=place, detail=f"there is no field {key!r}")
    if not isinstance(text, str) or way not in set(Way):
        raise TemplateDocumentError(
            what=place, detail=QT_TRANSLATE_NOOP("facts", "text is a text, way is set, add or fill")
        )
    return TemplateRow(path=FieldPath(Subject.STANDARD, key), text=text, way=Way(way))
