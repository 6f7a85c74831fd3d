"""What a test in another process may do with the service: `/__emu/…`.

Source: reference/photoshelter.md 16.
"""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from bridge_app.sandbox.photoshelter.envelope import refused
from bridge_app.sandbox.photoshelter.errors import ShelterError, bad_request
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.trouble import Trouble, Troubles


def control_app(state: ShelterState, troubles: Troubles) -> Router:
    """Serves `/__emu/reset`, `/__emu/log`, `/__emu/clock` and `/__emu/faults`."""
    return Router(_Control(state, troubles).routes(), redirect_slashes=False)


class _Control:
    """Sees and sets what no interface of the service shows."""

    def __init__(self, state: ShelterState, troubles: Troubles) -> None:
        self._state = state
        self._troubles = troubles

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            Route("/__emu/reset", self._reset, methods=["POST"]),
            Route("/__emu/log", self._log, methods=["GET"]),
            Route("/__emu/log", self._clear_log, methods=["DELETE"]),
            Route("/__emu/clock", self._time, methods=["GET"]),
            Route("/__emu/clock", self._set_clock, methods=["POST"]),
            Route("/__emu/faults", self._add_faults, methods=["POST"]),
            Route("/__emu/faults", self._clear_faults, methods=["DELETE"]),
        ]

    async def _reset(self, _request: Request) -> Response:
        """All is as at the start."""
        self._troubles.clear()
        self._state.reset()
        return Response(status_code=204)

    async def _log(self, _request: Request) -> Response:
        return JSONResponse({"calls": [asdict(one) for one in self._state.log()]})

    async def _clear_log(self, _request: Request) -> Response:
        self._state.clear_log()
        return Response(status_code=204)

    async def _time(self, _request: Request) -> Response:
        return JSONResponse({"now": self._state.clock.now().isoformat()})

    async def _set_clock(self, request: Request) -> Response:
        """`{"now": …}` sets the clock, `{"advance_s": …}` moves it, `{}` sets it right."""
        try:
            self._move_clock(await _body(request))
        except ShelterError as error:
            return refused(error, about="")
        return await self._time(request)

    def _move_clock(self, said: dict[str, Any]) -> None:
        clock = self._state.clock
        try:
            match said:
                case {"now": str(text)}:
                    moment = datetime.fromisoformat(text)
                    clock.set(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
                case {"advance_s": int() | float() as seconds}:
                    clock.advance(timedelta(seconds=seconds))
                case _:
                    clock.reset()
        except (ValueError, OverflowError) as error:
            raise bad_request("The clock cannot be set to that") from error

    async def _add_faults(self, request: Request) -> Response:
        """`{"fault": "500;times=2", "path_contains": …}`; once where it does not say how often."""
        try:
            said = await _body(request)
            self._troubles.add(
                Trouble.parse(
                    str(said.get("fault", "")),
                    times=1,
                    path_contains=str(said.get("path_contains", "")),
                )
            )
        except ShelterError as error:
            return refused(error, about="")
        return Response(status_code=204)

    async def _clear_faults(self, _request: Request) -> Response:
        self._troubles.clear()
        return Response(status_code=204)


async def _body(request: Request) -> dict[str, Any]:
    """A JSON object; an empty body is an empty one.

    Raises:
        ShelterError: 400, it is something else.
    """
    if not await request.body():
        return {}
    try:
        said = await request.json()
    except ValueError as error:
        raise bad_request("The body has to be JSON") from error
    if not isinstance(said, dict):
        raise bad_request("The body has to be a JSON object")
    return said
