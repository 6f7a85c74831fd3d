"""Every exception of the SDK becomes trouble a person can understand."""

import inspect

import pytest
from cloudinary import exceptions

from bridge_app.delivery.answers import NotPermittedError
from bridge_app.delivery.errors import LONGEST_DETAIL, bridge_error, cloudinary_errors
from bridge_app.domain.errors import (
    BridgeError,
    CredentialsError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
)

EXPECTED: dict[str, type[BridgeError]] = {
    "Error": ServiceTroubleError,
    "GeneralError": ServiceTroubleError,
    "AuthorizationRequired": CredentialsError,
    "RateLimited": RateLimitedError,
    "BadRequest": RefusedByServiceError,
    "NotAllowed": NotPermittedError,
    "NotFound": RefusedByServiceError,
    "AlreadyExists": RefusedByServiceError,
}
RAISED: dict[str, type[Exception]] = dict(inspect.getmembers(exceptions, inspect.isclass))


def test_the_sdk_raises_nothing_we_have_not_thought_about() -> None:
    assert RAISED.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_each_exception_has_its_error(name: str) -> None:
    with pytest.raises(EXPECTED[name]) as caught, cloudinary_errors():
        raise RAISED[name]("why")
    assert type(caught.value) is EXPECTED[name]
    assert isinstance(caught.value.__cause__, RAISED[name])


def test_a_mistake_of_ours_stays_a_mistake() -> None:
    with pytest.raises(KeyError), cloudinary_errors():
        raise KeyError("x")


def test_the_service_has_the_word_but_not_all_day() -> None:
    sentence = str(bridge_error(exceptions.BadRequest("because " * 1000)))
    assert "because because" in sentence
    assert len(sentence) < LONGEST_DETAIL + 100
