"""The names that scripts rely on."""

import inspect

import bridge_app.transform as package


def test_the_package_exports_exactly_what_the_design_promises() -> None:
    assert set(package.__all__) == {
        "Fidelity",
        "Rendered",
        "Transformation",
        "TransformationError",
        "output_size",
        "parse",
        "render",
    }


def test_the_promised_functions_keep_their_parameters() -> None:
    assert list(inspect.signature(package.parse).parameters) == ["text"]
    assert list(inspect.signature(package.output_size).parameters) == [
        "transformation",
        "width",
        "height",
    ]
    assert list(inspect.signature(package.render).parameters) == [
        "path",
        "transformation",
        "accept",
        "facts",
        "named",
        "sources",
    ]
