"""Where icons, fonts, styles and the demo recipe lie: in a checkout or in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries `resources/` inside the package (pyproject.toml, force-include); a checkout has
# it beside the package.
PLACES = (PACKAGE / "_resources", PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """The file or folder `name` of `resources/`, such as `"icons"` or `"demo/campaign.toml"`.

    Raises FileNotFoundError: then the installation is broken.
    """
    for place in PLACES:
        if (place / name).exists():
            return place / name
    raise FileNotFoundError(name)


def help_folder() -> Path:
    """The pages of the help: `docs/` of a checkout, which a wheel carries inside the package.

    Raises FileNotFoundError: then the installation is broken.
    """
    for place in (PACKAGE / "_docs", PACKAGE.parent / "docs"):
        if (place / "guide.md").exists():
            return place
    raise FileNotFoundError(place)
