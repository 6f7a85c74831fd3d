"""How the service answers, and refuses."""

from starlette.responses import JSONResponse

from bridge_app.sandbox.contentstack.stack import Row


class RefusedError(Exception):
    """The service says no.

    Args:
        status: Of the answer.
        code: The service's own number for it.
        message: Its sentence.
        fields: What is wrong with each field.
    """

    def __init__(
        self, status: int, code: int, message: str, fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: Row = {"error_message": message, "error_code": code}
        if fields:
            self.body["errors"] = fields


def gone(what: str) -> RefusedError:
    """There is nothing of that name."""
    told = {"uid": [f"{what} does not exist."]}
    return RefusedError(404, 141, f"The requested {what} doesn't exist.", told)


def answer(body: Row, status: int = 200) -> JSONResponse:
    """A JSON answer."""
    return JSONResponse(body, status_code=status)


def page(rows: list[Row], name: str, query: dict[str, str]) -> JSONResponse:
    """A part of a list: `skip`, `limit` of at most 100, and the number of all where asked for."""
    skip, limit = number(query, "skip", 0), min(number(query, "limit", 100), 100)
    body: Row = {name: rows[skip : skip + limit]}
    if query.get("include_count") == "true":
        body["count"] = len(rows)
    return answer(body)


def number(query: dict[str, str], name: str, usual: int) -> int:
    """A number in the query."""
    text = query.get(name, "")
    if not text:
        return usual
    if not text.isdecimal():
        raise RefusedError(400, 116, f"{name} is not a number.")
    return int(text)
