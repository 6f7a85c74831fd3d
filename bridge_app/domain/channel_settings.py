"""How a shop or a site shows what is delivered to it: the settings of its Cloudinary plug-in.

They are what the plug-ins of WordPress, Adobe Commerce and SAP Commerce can be set to, so that
copied code and exported kits are as the plug-in would have them.
Source: reference/destinations.md, 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.presets import check_name, check_text

WIDEST = 10_000
MOST_WIDTHS = 20


class ChannelSettingsError(InvalidInputError):
    """Settings that no page could follow."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} of the channel cannot be used: {detail}. Nothing was changed."
    )


class PluginFolderError(BridgeError):
    """A push would write into the folder of a plug-in."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was not sent: the folder {folder} belongs to the plug-in of {channel}. Push it "
        "into another folder.",
    )


class Platform(StrEnum):
    """Whose plug-in shows it."""

    WORDPRESS = "wordpress"
    ADOBE_COMMERCE = "adobe_commerce"
    SAP_COMMERCE = "sap_commerce"
    OTHER = "other"


class StorageMode(StrEnum):
    """Where the shop's pictures are."""

    CLOUDINARY = "cloudinary"
    """At Cloudinary alone: a kit for this channel is a list of addresses."""
    BOTH = "both"
    """Whole files at the shop as well."""
    REFERENCE = "reference"
    """A small stand-in at the shop, that refers to Cloudinary."""


class Placeholder(StrEnum):
    """What is seen until the picture is there."""

    NONE = "none"
    BLUR = "blur"
    PIXELATE = "pixelate"
    VECTORIZE = "vectorize"
    PREDOMINANT = "predominant"


FORMATS = ("auto", "avif", "webp", "jpg", "png", "gif", "")
QUALITIES = ("auto", "auto:best", "auto:good", "auto:eco", "auto:low", "")
DENSITIES = ("auto", "1.0", "1.5", "2.0", "3.0", "")
"""What can be chosen of each; "" leaves it to the rendition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakpoints:
    """Widths in pixels that browsers choose from: at most `most`, at even distances."""

    narrowest: int = 320
    widest: int = 1920
    most: int = 5

    def __post_init__(self) -> None:
        if not 1 <= self.narrowest <= self.widest <= WIDEST:
            detail = f"they go from 1 to {WIDEST} pixels, the narrowest first"
            raise ChannelSettingsError(
                what=QT_TRANSLATE_NOOP("facts", "The breakpoints"), detail=detail
            )
        if not 3 <= self.most <= MOST_WIDTHS:
            raise ChannelSettingsError(
                what=QT_TRANSLATE_NOOP("facts", "The breakpoints"),
                detail=f"there can be 3 to {MOST_WIDTHS}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """Of one channel, by a name of its own; `use` is what rights call it (web, ecommerce…).

    `format`, `quality` and `dpr` are added to a rendition that says nothing of them; without
    `breakpoints` code offers even shares of its width. `seo_suffix` ends addresses in the words of
    the asset's title. `plugin_folders` belong to the plug-in: nothing is ever pushed into them.
    """

    channel: str
    use: str = ""
    platform: Platform = Platform.OTHER
    storage: StorageMode = StorageMode.BOTH
    format: str = ""
    quality: str = ""
    dpr: str = ""
    breakpoints: Breakpoints | None = None
    lazy: bool = True
    placeholder: Placeholder = Placeholder.NONE
    seo_suffix: bool = False
    plugin_folders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.channel)
        check_text(self.use)
        for what, value, known in (
            ("The format", self.format, FORMATS),
            ("The quality", self.quality, QUALITIES),
            ("The density", self.dpr, DENSITIES),
        ):
            if value not in known:
                told = ", ".join(filter(None, known))
                raise ChannelSettingsError(what=what, detail=f"“{value}” is none of {told}")
        for folder in self.plugin_folders:
            if not folder.strip("/ ") or folder != folder.strip("/ "):
                detail = f"“{folder}” is no folder, written without slashes around it"
                raise ChannelSettingsError(
                    what=QT_TRANSLATE_NOOP("facts", "The plug-in's folder"), detail=detail
                )


def optimised(settings: ChannelSettings) -> ChannelSettings:
    """The same with what the plug-ins recommend, in one step; storage and folders stay."""
    return ChannelSettings(
        channel=settings.channel,
        use=settings.use,
        platform=settings.platform,
        storage=settings.storage,
        format="auto",
        quality="auto",
        dpr="",
        breakpoints=settings.breakpoints or Breakpoints(),
        lazy=True,
        placeholder=Placeholder.BLUR,
        seo_suffix=settings.seo_suffix,
        plugin_folders=settings.plugin_folders,
    )


READY_SETTINGS = (
    optimised(ChannelSettings(channel="wordpress", use="web", platform=Platform.WORDPRESS)),
    optimised(
        ChannelSettings(
            channel="adobe-commerce",
            use="ecommerce",
            platform=Platform.ADOBE_COMMERCE,
            storage=StorageMode.REFERENCE,
        )
    ),
    optimised(
        ChannelSettings(
            channel="sap-commerce",
            use="ecommerce",
            platform=Platform.SAP_COMMERCE,
            storage=StorageMode.CLOUDINARY,
        )
    ),
)
"""What is offered to begin with; a channel has settings once somebody keeps them."""


def plugin_folder_of(name: str, settings: Iterable[ChannelSettings]) -> tuple[str, str] | None:
    """The channel whose plug-in owns the folder that a folder or a public ID lies in, and that.

    Letters are compared without their case, as people write folders; None for nobody's.
    """
    wanted = f"{name.strip('/').casefold()}/"
    for one in settings:
        for folder in one.plugin_folders:
            if wanted.startswith(f"{folder.casefold()}/"):
                return one.channel, folder
    return None
