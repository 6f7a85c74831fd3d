"""Signing in and out: passwords, second factors, organizations.

Source: reference/photoshelter.md 4.1, 4.2 and 4.4.
"""

from typing import Any

from starlette.requests import Request

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import ShelterError, bad_request
from bridge_app.sandbox.photoshelter.records import Person
from bridge_app.sandbox.photoshelter.sessions import Session, check_membership, is_same

COOKIE = "acs"
VERIFY = "/two-factor/verify"
LOGOUT = "/authenticate/logout"


def token_of(request: Request) -> str:
    """The token that a request brings: in a header, as a bearer's, in its address, as a cookie."""
    bearer = request.headers.get("authorization", "")
    return (
        request.headers.get("x-ps-auth-token", "")
        or (bearer.partition(" ")[2].strip() if bearer.lower().startswith("bearer ") else "")
        or request.query_params.get("auth_token", "")
        or request.cookies.get(COOKIE, "")
    )


def second_factor_is_missing() -> ShelterError:
    """401: the token is good for the code alone."""
    return ShelterError(
        401, "TwoFactorRequiredException", "A two-factor authentication code is required"
    )


def _authenticate(call: ShelterCall) -> Reply:
    """Sign in; `token` stands beside `meta`, not in `data`."""
    said = _said(call)
    mode = said.get("mode", "")
    modes = call.state.settings.modes
    if mode not in modes:
        raise bad_request(f"mode must be {' or '.join(modes)}")
    person = call.service.sessions.person(said.get("email", ""), said.get("password", ""))
    session = call.service.sessions.begin(
        person, organization=said.get("org_id", ""), cookie=mode == "cookie"
    )
    return signed_in(call, person, session)


def signed_in(call: ShelterCall, person: Person, session: Session) -> Reply:
    """The answer to somebody who signed in: the token, and which organizations there are."""
    call.request.state.session = session
    known = (call.store.organization(one) for one in person.organizations)
    return Reply(
        beside={
            "token": session.token,
            "org": [{"id": one.id, "name": one.name} for one in known if one],
            "two_factor": session.pending,
        }
    )


def _verify(call: ShelterCall) -> Reply:
    """The second factor: another token, which is good for everything."""
    sessions, person = call.service.sessions, call.person
    session = sessions.find(token_of(call.request))
    code = _said(call).get("code", "")
    if not session.pending or not is_same(person.two_factor_code, code):
        raise ShelterError(401, "TwoFactorInvalidException", "The code is wrong")
    sessions.end(session.token)
    confirmed = sessions.begin(
        person, organization=session.organization, cookie=session.cookie, confirmed=True
    )
    return signed_in(call, person, confirmed)


def _log_out(call: ShelterCall) -> Reply:
    call.service.sessions.end(token_of(call.request))
    return _ok()


def _enter(call: ShelterCall) -> Reply:
    """Take the session into an organization."""
    organization = _said(call).get("org_id", "")
    if not organization:
        raise bad_request("org_id is missing")
    check_membership(call.person, organization)
    sessions = call.service.sessions
    sessions.enter(sessions.find(token_of(call.request)), organization)
    return _ok()


def _leave(call: ShelterCall) -> Reply:
    sessions = call.service.sessions
    sessions.enter(sessions.find(token_of(call.request)), "")
    return _ok()


def _session(call: ShelterCall) -> Reply:
    """Who is signed in, and where; with `include=organizations` also where else they may be."""
    person = call.person
    attributes = {
        "email": person.email,
        "role": person.role.value,
        "org_id": call.caller.organization or None,
        "tz": "UTC",
    }
    includes: dict[str, Any] = {}
    if "organizations" in call.include:
        known = (call.store.organization(one) for one in person.organizations)
        includes["organizations"] = [
            resource(call, "organization", one.id, {"name": one.name}) for one in known if one
        ]
    return Reply(data=resource(call, "user", person.id, attributes, includes=includes))


def _invites(call: ShelterCall) -> Reply:
    """The containers of others that the person was given a right to."""
    person = call.person
    found = [
        resource(call, one.kind.value, one.id, {"name": one.name, "org_id": one.organization})
        for one in call.store.containers()
        if any(right.value == person.id for right in one.rights)
    ]
    return Reply(data=found, meta={"count": len(found)})


def _said(call: ShelterCall) -> dict[str, str]:
    """What the request says, in whatever shape.

    Raises:
        ShelterError: 400, a password stands in the address, and that is not taken.
    """
    if call.state.settings.strict and "password" in call.fields.query:
        raise bad_request("Passwords are not taken from addresses")
    return {name: str(value) for name, value in call.fields.attributes().items()}


def _ok() -> Reply:
    return Reply(meta={"status": "OK"})


AUTH_CALLS = (
    Call(method="POST", path="/authenticate", answer=_authenticate),
    Call(method="GET", path="/authenticate", answer=_authenticate),
    Call(method="POST", path=LOGOUT, answer=_log_out),
    Call(method="GET", path=LOGOUT, answer=_log_out),
    Call(method="POST", path=VERIFY, answer=_verify, signed_in=True),
    Call(method="POST", path="/organization/authenticate", answer=_enter, signed_in=True),
    Call(method="POST", path="/organization/logout", answer=_leave, signed_in=True),
    Call(method="GET", path="/organization/logout", answer=_leave, signed_in=True),
    Call(method="GET", path="/user/session", answer=_session, signed_in=True),
    Call(method="GET", path="/user/invites", answer=_invites, signed_in=True),
)
