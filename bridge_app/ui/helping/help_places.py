"""Which page of the help is about what: its table of contents, and where F1 begins.

What the pages are called they say themselves; here they are named by their files alone.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from bridge_app.ui.helping.help_book import Address

START = Address("guide.md")
CONTENTS = (
    (
        QT_TRANSLATE_NOOP("help", "By role"),
        (
            "roles/designer.md",
            "roles/reviewer.md",
            "roles/librarian.md",
            "roles/administrator.md",
            "roles/integrator.md",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("help", "Day by day"),
        (
            "guide.md",
            "getting-on.md",
            "commands.md",
            "looks.md",
            "exchange.md",
            "presets.md",
            "kits.md",
            "insights.md",
            "accessibility.md",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("help", "To look things up"),
        ("metadata.md", "mapping.md", "fidelity.md", "limitations.md"),
    ),
    (
        QT_TRANSLATE_NOOP("help", "Run it and get help"),
        ("installing.md", "support.md"),
    ),
    (
        QT_TRANSLATE_NOOP("help", "Build with it"),
        (
            "command-line.md",
            "webhooks.md",
            "feeds.md",
            "contentstack.md",
            "authors.md",
            "libraries.md",
            "sandbox.md",
            "architecture.md",
            "releasing.md",
        ),
    ),
)
"""Groups of pages, in the order of the list."""

SECTIONS = {
    "StudioWindow": Address("guide.md", "the-studio"),
    "ContactSheet": Address("guide.md", "the-contact-sheet"),
    "PresetsDialog": Address("guide.md", "presets-and-sets"),
    "MakeSheet": Address("guide.md", "making-renditions"),
    "RenditionsPanel": Address("guide.md", "renditions"),
    "ReviewWindow": Address("guide.md", "review-mode"),
    "ReviewQueueDialog": Address("guide.md", "asking-for-a-review"),
    "ReviewRequestDialog": Address("guide.md", "asking-for-a-review"),
    "ReviewPackDialog": Address("guide.md", "review-packs"),
    "PoliciesDialog": Address("guide.md", "renditions-stages-and-policies"),
    "RightsEditor": Address("guide.md", "rights-that-people-claim"),
    "AuditDialog": Address("guide.md", "the-audit-trail"),
    "RetractionsDialog": Address("guide.md", "retractions"),
    "GridEditor": Address("guide.md", "the-grid-editor"),
    "MetadataPanel": Address("guide.md", "metadata-of-masters"),
    "VocabulariesDialog": Address("guide.md", "templates-vocabularies-and-tables"),
    "FieldMappingDialog": Address("mapping.md"),
    "PushSheet": Address("guide.md", "push"),
    "TransfersPanel": Address("guide.md", "push"),
    "AccountDialog": Address("guide.md", "accounts"),
    "ArchiveDialog": Address("guide.md", "archiving-a-campaign"),
    "WebhooksDialog": Address("guide.md", "telling-other-systems"),
    "FeedsDialog": Address("feeds.md"),
    "InsightsWindow": Address("guide.md", "insights"),
    "KitsDialog": Address("kits.md"),
    "HotFoldersDialog": Address("exchange.md", "hot-folders"),
    "ShortcutsDialog": Address("commands.md", "shortcuts-of-your-own"),
    "SearchBar": Address("guide.md", "search-and-filter"),
    "LogWindow": Address("getting-on.md", "the-log-and-the-diagnostic-bundle"),
    "BundleDialog": Address("support.md"),
    "UpdatesDialog": Address("getting-on.md", "updates"),
}
"""Where F1 begins while the keyboard is in a window, a dialog or a panel, by its class."""


def group_text(group: str) -> str:
    """A group's heading, translated."""
    return QCoreApplication.translate("help", group)


def section_of(widget: QWidget | None) -> Address:
    """What the help says of the place that has the keyboard, or of the nearest around it."""
    while widget is not None:
        found = SECTIONS.get(type(widget).__name__)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return START


def listed(pages: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The groups with those of their pages that are there."""
    there = frozenset(pages)
    for group, names in CONTENTS:
        found = tuple(name for name in names if name in there)
        if found:
            yield str(group), found
