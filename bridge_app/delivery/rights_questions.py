"""Questions whose answers tell what a key may do, and which change nothing, however answered.

Nothing at the service tells a key's role. What may be read is asked for with one result. What may
be written is asked with a change that has nothing to act on: something is deleted, or loses a tag,
that bears a name made up for this one question, and an upload brings no file. Whoever checks rights
first says 403; whoever looks for the thing first says that there is none, and teaches nothing.
Source: reference/cloudinary.md 2.2, 4.1 and 4.2; which of the two comes first is not documented.
"""

import uuid
from collections.abc import Callable, Mapping

import cloudinary.api
from cloudinary import uploader, utils
from cloudinary.search import Search

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.delivery.permissions import Capability
from bridge_app.domain.errors import CredentialsError, RefusedByServiceError

Options = Mapping[str, object]


def ask(credentials: Credentials, capability: Capability) -> None:
    """Ask one question; who listens to the connections hears the answer. Blocking.

    A refusal is an answer like any other. Raises CredentialsError where the key itself is not
    taken, OfflineError, RateLimitedError and ServiceTroubleError.
    """
    try:
        with cloudinary_errors():
            QUESTIONS[capability](credentials.options(), f"nothing-{uuid.uuid4().hex}")
    except CredentialsError:
        if not _is_good(credentials):
            raise
    except RefusedByServiceError:
        return


def _is_good(credentials: Credentials) -> bool:
    """Is the key as such taken? A 401 may also be about this one right."""
    try:
        with cloudinary_errors():
            cloudinary.api.ping(**credentials.options())
    except CredentialsError:
        return False
    return True


def _search(options: Options, _: str) -> object:
    return Search().max_results(1).execute(**options)


def _upload(options: Options, _: str) -> object:
    return uploader.call_api("upload", {"timestamp": utils.now()}, **options)


QUESTIONS: Mapping[Capability, Callable[[Options, str], object]] = {
    Capability.READ: lambda options, _: cloudinary.api.resources(max_results=1, **options),
    Capability.SEARCH: _search,
    Capability.UPLOAD: _upload,
    Capability.EDIT: lambda options, nothing: uploader.remove_tag(nothing, [nothing], **options),
    Capability.DELETE: lambda options, nothing: uploader.destroy(nothing, **options),
    Capability.PRESETS: lambda options, nothing: cloudinary.api.delete_upload_preset(
        nothing, **options
    ),
    Capability.METADATA_FIELDS: lambda options, nothing: cloudinary.api.delete_metadata_field(
        nothing, **options
    ),
    Capability.TRANSFORMATIONS: lambda options, nothing: cloudinary.api.delete_transformation(
        nothing, **options
    ),
    Capability.TRIGGERS: lambda options, nothing: cloudinary.api.delete_trigger(nothing, **options),
    Capability.SETTINGS: lambda options, _: cloudinary.api.upload_presets(max_results=1, **options),
    Capability.USAGE: lambda options, _: cloudinary.api.usage(**options),
}
