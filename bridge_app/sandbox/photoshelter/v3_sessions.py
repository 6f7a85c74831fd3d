"""Signing in by version 3 of the interface, with its key.

Source: reference/photoshelter.md 14.
"""

from bridge_app.sandbox.photoshelter.auth import signed_in, token_of
from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request
from bridge_app.sandbox.photoshelter.sessions import check_membership


def _authenticate(call: ShelterCall) -> Reply:
    if call.fields.text("mode") != "token":
        raise bad_request("mode must be token")
    sessions = call.service.sessions
    person = sessions.person(call.fields.text("email"), call.fields.text("password"))
    session = sessions.begin(person, organization=call.fields.text("org_id"))
    return Reply(data=dict(signed_in(call, person, session).beside))


def _enter(call: ShelterCall) -> Reply:
    check_membership(call.person, call.ids["organization_id"])
    sessions = call.service.sessions
    sessions.enter(sessions.find(token_of(call.request)), call.ids["organization_id"])
    return Reply()


def _log_out(call: ShelterCall) -> Reply:
    call.service.sessions.end(token_of(call.request))
    return Reply()


def _session(call: ShelterCall) -> Reply:
    """Times without a zone are in this one."""
    session = {
        "user_id": call.person.id,
        "email": call.person.email,
        "organization_id": call.caller.organization or None,
        "tz": "UTC",
    }
    return Reply(data={"Session": session})


ENTER = "/mem/organization/{organization_id}/authenticate"
V3_SESSION_CALLS = (
    Call(method="POST", path="/mem/authenticate", answer=_authenticate),
    Call(method="GET", path="/mem/authenticate/logout", answer=_log_out),
    Call(method="GET", path=ENTER, answer=_enter, signed_in=True),
    Call(method="POST", path=ENTER, answer=_enter, signed_in=True),
    Call(method="GET", path="/mem/user/session", answer=_session, signed_in=True),
)
