"""Cloudinary's errors: a status and a message, as JSON for the API, as a header for delivery."""

from starlette.responses import JSONResponse, Response

MAX_HEADER_BYTES = 1_024


class CloudinaryError(Exception):
    """A request that is refused, with the status and the words of the real service."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message
        super().__init__(message)


def bad_request(message: str) -> CloudinaryError:
    """400."""
    return CloudinaryError(400, message)


def unauthorized(message: str) -> CloudinaryError:
    """401."""
    return CloudinaryError(401, message)


def not_found(name: str) -> CloudinaryError:
    """404 for an asset."""
    return CloudinaryError(404, f"Resource not found - {name}")


def header_text(text: str) -> str:
    """`text` so that it may stand in a header: UTF-8 seen as Latin-1, control characters blank.

    A long one is cut: clients give up on headers of more than some kilobytes.
    """
    plain = "".join(" " if ord(letter) < 32 or ord(letter) == 127 else letter for letter in text)
    kept = plain.encode()[:MAX_HEADER_BYTES].decode(errors="ignore")
    return kept.encode().decode("latin-1").strip()


def api_error(error: CloudinaryError) -> Response:
    """The reply of an API call that is refused."""
    return JSONResponse(
        {"error": {"message": error.message}},
        error.status,
        {"X-Cld-Error": header_text(error.message)},
    )


def delivery_error(error: CloudinaryError) -> Response:
    """The reply of a delivery URL that has nothing to show: no body, the reason in a header."""
    return Response(
        status_code=error.status,
        headers={"X-Cld-Error": header_text(error.message), "Cache-Control": "private, no-store"},
    )
