"""Named transformations at the service, against the sandbox."""

from collections.abc import Iterator

import pytest

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.connections import Connections, install
from bridge_app.delivery.named_transformations import (
    NamedMovedOnError,
    NamedTransformations,
    definition_in,
)
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.named_matching import canonical
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Clock


@pytest.fixture
def service(sandbox: Sandbox) -> Iterator[NamedTransformations]:
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    connections = Connections(now=Clock())
    install(connections)
    yield NamedTransformations(Credentials(account=new.record(), secret=new.secret))
    connections.clear()


@pytest.mark.parametrize(
    "definition",
    [
        "c_fill,g_auto,h_630,w_1200/q_auto",
        "c_fill,dpr_2.0,w_0.5",
        "$x_100/c_scale,w_$x",
        "if_w_gt_300,c_scale,w_300/if_else,e_grayscale/if_end",
        "l_text:Arial_40:Hello%252C%20you,co_white/fl_layer_apply,g_south,y_10",
        "b_rgb:ff0000,c_pad,h_9,w_9/a_90/r_max/f_png",
        "e_blur:300/o_50/fl_progressive.lossy",
        "c_scale,w_iw_div_2",
        "t_other/c_fit,w_9",
    ],
)
def test_what_is_defined_is_read_as_it_was(service: NamedTransformations, definition: str) -> None:
    service.create("card", definition)
    found = service.one("card")
    assert found is not None
    assert canonical(found.definition) == canonical(definition)
    assert (found.name, found.used) == ("card", False)


def test_all_of_them_are_listed_by_name(service: NamedTransformations) -> None:
    service.create("b", "w_2")
    service.create("t_a", "w_1")
    assert sorted(service.names()) == ["a", "b"]
    assert {one.name: one.definition for one in service.listed()} == {"a": "w_1", "b": "w_2"}


def test_one_that_is_not_there_is_none(service: NamedTransformations) -> None:
    assert service.one("nothing") is None


def test_a_name_that_is_taken_is_refused(service: NamedTransformations) -> None:
    service.create("a", "w_1")
    with pytest.raises(BridgeError):
        service.create("a", "w_2")
    found = service.one("a")
    assert found is not None
    assert found.definition == "w_1"


def test_it_is_redefined_from_what_was_seen(service: NamedTransformations) -> None:
    service.create("a", "c_fill,w_1")
    service.update("a", "w_2", seen="w_1,c_fill")
    found = service.one("a")
    assert found is not None
    assert found.definition == "w_2"


def test_what_somebody_else_redefined_is_left_alone(service: NamedTransformations) -> None:
    service.create("a", "w_5")
    with pytest.raises(NamedMovedOnError, match="w_5"):
        service.update("a", "w_2", seen="w_1")
    with pytest.raises(NamedMovedOnError, match="w_5"):
        service.delete("a", seen="w_1")
    found = service.one("a")
    assert found is not None
    assert found.definition == "w_5"


def test_it_is_deleted(service: NamedTransformations) -> None:
    service.create("a", "w_1")
    service.delete("a", seen="w_1")
    assert service.names() == ()
    with pytest.raises(NamedMovedOnError, match="deleted"):
        service.delete("a", seen="w_1")


def test_a_parameter_without_a_long_name_stays(service: NamedTransformations) -> None:
    told = {"info": [{"crop": "fill", "width": 9, "zz": "new"}, {"extension": "webp"}]}
    assert definition_in(told) == "c_fill,w_9,zz_new/f_webp"
