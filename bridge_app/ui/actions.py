"""Everything a person can do, once: texts, keys, icons; menus and buttons are made of these."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence

from bridge_app.domain.approvals import Approval
from bridge_app.ui.exchange_actions import ExchangeActions
from bridge_app.ui.help_actions import HelpActions
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import native, unmarked
from bridge_app.ui.languages import NATIVE_NAMES, SYSTEM
from bridge_app.ui.look_actions import LookActions
from bridge_app.ui.source_names import SourceNames
from bridge_app.ui.theme import Scheme, Theme

ICON_PX = 18


@dataclass(frozen=True, slots=True)
class Key:
    """A letter that acts while the assets have the keyboard, beside the action's shortcut."""

    letter: str
    action: QAction


class Actions(SourceNames):
    """The window's actions. Who builds the window connects them."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._icon_names: dict[QAction, str] = {}
        self._make_file_actions()
        self._make_edit_actions()
        self._make_view_actions()
        self._make_ways()
        self._make_metadata_actions()
        self._make_review_actions()
        self._make_cloud_actions()
        self._make_scheme_actions()
        self._make_language_actions()
        self.name_actions()
        theme.changed.connect(self.dress)
        self._give_icons((self.grid, self.list))

    @property
    def review(self) -> tuple[tuple[Approval, QAction], ...]:
        """The three decisions that buttons offer."""
        return (
            (Approval.APPROVED, self.approve),
            (Approval.CHANGES_REQUESTED, self.request_changes),
            (Approval.REJECTED, self.reject),
        )

    @property
    def decisions(self) -> tuple[tuple[Approval, QAction], ...]:
        """Every decision there is an action for."""
        return (*self.review, (Approval.IN_REVIEW, self.put_in_review))

    @property
    def letters(self) -> tuple[Key, ...]:
        """The letters that act while the assets have the keyboard."""
        return (
            Key("A", self.approve),
            Key("C", self.request_changes),
            Key("X", self.reject),
            Key("I", self.put_in_review),
            Key("R", self.review_mode),
        )

    @property
    def for_assets(self) -> tuple[QAction, ...]:
        """Those that need at least one asset."""
        return (
            *(action for _, action in self.decisions),
            self.approve_with_comment,
            self.ask_review,
            self.review_pack,
            self.rights,
            self.let_pass,
            self.push,
            self.publish,
            self.download,
            self.copy_path,
            self.contact_sheet,
            self.make_renditions,
            *self.for_metadata,
        )

    @property
    def for_metadata(self) -> tuple[QAction, ...]:
        """What is done with the metadata of the chosen masters, but for copying from one."""
        return (
            self.metadata_grid,
            self.paste_metadata,
            self.apply_template,
            self.export_table,
            self.import_table,
        )

    @property
    def for_one_asset(self) -> tuple[QAction, ...]:
        """Those that need exactly one asset."""
        return (self.studio, self.open_original, self.reveal, self.copy_metadata)

    def name_undo(self, undone: str, redone: str) -> None:
        """What undo and redo would do, in a few words; "" where nothing is known of it."""
        undo, redo = self.tr("&Undo {step}"), self.tr("&Redo {step}")
        plain = self.tr("&Undo"), self.tr("&Redo")
        shown = (step.replace("&", "&&") for step in (undone, redone))
        for action, usual, named, step in zip(
            (self.undo, self.redo), plain, (undo, redo), shown, strict=True
        ):
            action.setText(named.format(step=step) if step else usual)

    def show_conflicts(self, count: int) -> None:
        """So many fields of which two people said different things wait for somebody."""
        plain = self.tr("C&onflicts…")
        self.conflicts.setText(self.tr("C&onflicts (%Ln)…", "", count) if count else plain)

    def _make_file_actions(self) -> None:
        self.add_folder = self._new(self.tr("&Add Folder…"), "Ctrl+O", "folder-plus")
        self.add_shelter = self._new(self.tr("Connect P&hotoShelter…"), "", "library")
        self.add_other = self._new(self.tr("Connect Ano&ther Service…"), "", "")
        self.rescan = self._new(self.tr("&Read Again"), "F5", "refresh-cw")
        self.skipped = self._new(self.tr("&Skipped Files…"), "", "file-warning")
        self.remove_library = self._new(self.tr("Re&move Library…"), "", "trash-2")
        self.new_window = self._new(self.tr("&New Window"), "Ctrl+N", "app-window")
        self.quit = self._new(self.tr("&Quit"), "Ctrl+Q", "")

    def _make_edit_actions(self) -> None:
        self.undo = self._new(self.tr("&Undo"), "Ctrl+Z", "undo-2")
        self.redo = self._new(self.tr("&Redo"), "Ctrl+Shift+Z", "redo-2")
        self.search = self._new(self.tr("&Search"), "Ctrl+F", "search")
        self.clear_filters = self._new(self.tr("C&lear Filters"), "Ctrl+Shift+F", "funnel-x")
        self.select_all = self._new(self.tr("Select &All"), "Ctrl+A", "list-checks")
        self.select_none = self._new(self.tr("Select &None"), "Ctrl+Shift+N", "")
        self.copy_path = self._new(self.tr("&Copy Path"), "Ctrl+Alt+C", "copy")
        self.open_original = self._new(self.tr("&Open Original"), "Ctrl+Return", "external-link")
        self.reveal = self._new(self.tr("Show in &File Manager"), "Ctrl+R", "folder-open")

    def _make_view_actions(self) -> None:
        self.grid = self._new(self.tr("&Grid"), "Ctrl+1", "layout-grid")
        self.list = self._new(self.tr("&List"), "Ctrl+2", "list")
        self._alike((self.grid, self.list))
        self.larger = self._new(self.tr("&Larger Thumbnails"), "Ctrl++", "zoom-in")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._new(self.tr("S&maller Thumbnails"), "Ctrl+-", "zoom-out")
        self.look = self._new(self.tr("&Quick Look"), "Ctrl+Y", "eye")
        self.studio = self._new(self.tr("Open in the S&tudio"), "Ctrl+E", "sliders-horizontal")
        self.contact_sheet = self._new(self.tr("Contact S&heet"), "Ctrl+G", "grid-3x3")
        self.make_renditions = self._new(self.tr("Make Rend&itions…"), "Ctrl+Shift+G", "images")
        self.kits = self._new(self.tr("Channel &Kits…"), "", "package")
        self.preset_shelf = self._new(self.tr("&Presets and Sets…"), "Ctrl+Shift+P", "bookmark")
        self.insights = self._new(self.tr("I&nsights…"), "Ctrl+I", "gauge")
        self.sidebar = self._new(self.tr("&Sidebar"), "F9", "panel-left", checkable=True)
        self.inspector = self._new(self.tr("&Inspector"), "F10", "panel-right", checkable=True)
        self.transfers = self._new(self.tr("&Transfers"), "Ctrl+T", "arrow-down-up", checkable=True)
        self.full_screen = self._new(self.tr("F&ull Screen"), "F11", "maximize", checkable=True)

    def _make_ways(self) -> None:
        self.back = self._new(self.tr("&Back"), "Alt+Left", "")
        self.forward = self._new(self.tr("&Forward"), "Alt+Right", "")
        self.up = self._new(self.tr("Enclosing F&older"), "Alt+Up", "")
        self.favourite = self._new(
            self.tr("Fa&vourite Place"), "Ctrl+Shift+B", "star", checkable=True
        )
        self.save_search = self._new(self.tr("Save as &Smart Folder…"), "Ctrl+Shift+S", "sparkles")

    def _make_metadata_actions(self) -> None:
        self.metadata_grid = self._new(self.tr("&Grid Editor"), "Ctrl+M", "table")
        self.copy_metadata = self._new(self.tr("&Copy Metadata"), "Ctrl+Alt+M", "copy")
        self.paste_metadata = self._new(self.tr("&Paste Metadata…"), "Ctrl+Alt+V", "clipboard")
        self.apply_template = self._new(self.tr("&Templates…"), "Ctrl+Alt+T", "file-text")
        self.vocabularies = self._new(self.tr("&Vocabularies…"), "Ctrl+Alt+W", "book-open")
        self.export_table = self._new(self.tr("&Export Table…"), "Ctrl+Alt+E", "download")
        self.import_table = self._new(self.tr("&Import Table…"), "Ctrl+Alt+I", "upload")
        self.conflicts = self._new(self.tr("C&onflicts…"), "Ctrl+Alt+K", "git-compare")
        self.keep_originals = self._new(
            self.tr("&Keep a Copy of Files before Writing Metadata"), "", "", checkable=True
        )

    def _make_review_actions(self) -> None:
        self.review_mode = self._new(self.tr("Re&view"), "Ctrl+Shift+R", "presentation")
        self.approve = self._new(self.tr("&Approve"), "Ctrl+Shift+A", "circle-check")
        self.approve_with_comment = self._new(self.tr("Approve with Co&mment…"), "", "")
        self.request_changes = self._new(
            self.tr("Request &Changes…"), "Ctrl+Shift+C", "message-square"
        )
        self.reject = self._new(self.tr("&Reject…"), "Ctrl+Shift+X", "circle-x")
        self.put_in_review = self._new(self.tr("Put &in Review"), "Ctrl+Shift+I", "clock")
        self.ask_review = self._new(self.tr("Ask &for Review…"), "Ctrl+Shift+M", "users")
        self.review_queue = self._new(self.tr("Review &Queue…"), "Ctrl+Shift+W", "clipboard-check")
        self.approvals_in_files = self._new(
            self.tr("&Keep Approvals in Files, Too"), "", "", checkable=True
        )
        self.review_pack = self._new(self.tr("Write Review &Pack…"), "Ctrl+Shift+D", "package")
        self.import_verdicts = self._new(self.tr("Import &Verdicts…"), "Ctrl+Shift+V", "inbox")
        self.rights = self._new(self.tr("Ri&ghts…"), "Ctrl+Shift+L", "copyright")
        self.rights_calendar = self._new(
            self.tr("Rights Ca&lendar…"), "Ctrl+Alt+L", "calendar-clock"
        )
        self.let_pass = self._new(self.tr("Let Pa&ss…"), "Ctrl+Shift+Y", "lock-open")
        self.policies = self._new(self.tr("P&olicies…"), "Ctrl+Shift+J", "list-checks")
        self.audit_trail = self._new(self.tr("Audit &Trail…"), "Ctrl+Shift+T", "shield-check")

    def _make_cloud_actions(self) -> None:
        self.push = self._new(self.tr("&Push"), "Ctrl+U", "cloud-upload")
        self.publish = self._new(self.tr("Pu&blish Renditions…"), "Ctrl+Shift+U", "send")
        self.download = self._new(self.tr("&Download…"), "Ctrl+D", "cloud-download")
        self.search_cloud = self._new(
            self.tr("&Search All of Cloudinary…"), "Ctrl+Shift+K", "cloud"
        )
        self.accounts = self._new(self.tr("&Accounts…"), "", "key-round")
        self.usage = self._new(self.tr("&Usage and Limits…"), "", "gauge")
        self.work_offline = self._new(
            self.tr("Work &Offline"), "Ctrl+Shift+O", "cloud-off", checkable=True
        )
        self.sandbox = self._new(
            self.tr("Cloudinary &Sandbox Reachable"), "", "server", checkable=True
        )
        self.at_shelter = self._new(self.tr("&PhotoShelter"), "", "")
        self.at_cloudinary = self._new(self.tr("Chosen &at Cloudinary"), "", "cloud")
        self.hear_changes = self._new(
            self.tr("&Hear of Changes at Once"), "", "activity", checkable=True
        )
        self.triggers = self._new(self.tr("&Notifications…"), "", "inbox")
        self.endpoints = self._new(self.tr("Tell Other S&ystems…"), "", "send")
        self.feeds = self._new(self.tr("Product &Feeds…"), "", "inbox")
        self.stacks = self._new(self.tr("&Contentstack…"), "", "layers")
        self.upload_from = self._new(self.tr("Upload fro&m an Address…"), "", "cloud-upload")
        self.upload_presets = self._new(self.tr("Upload P&resets…"), "", "upload")
        self.metadata_fields = self._new(self.tr("Metadata Fie&lds…"), "", "tags")
        self.guide = self._new(self.tr("&Steps and Keys"), "", "")
        self.palette = self._new(self.tr("Command &Palette…"), "Ctrl+K", "command")
        self.shortcuts = self._new(self.tr("&Keyboard Shortcuts…"), "Ctrl+Alt+S", "keyboard")
        self.helping = HelpActions(self)
        self.exchange = ExchangeActions(self)
        self._icon_names |= self.exchange.icons
        self.about = self._new(self.tr("&About Asset Bridge"), "", "info")

    def _make_scheme_actions(self) -> None:
        self.schemes = {
            Scheme.SYSTEM: self._new(self.tr("Like the &System"), "", "monitor"),
            Scheme.LIGHT: self._new(self.tr("&Light"), "", "sun"),
            Scheme.DARK: self._new(self.tr("&Dark"), "", "moon"),
        }
        self.looking = LookActions(self)
        self.schemes |= self.looking.schemes
        self._alike(self.schemes.values())
        self.schemes[self._theme.scheme].setChecked(True)

    def _make_language_actions(self) -> None:
        self.languages = {SYSTEM: self._new(self.tr("Like the &System"), "", "")}
        for code, name in NATIVE_NAMES.items():
            self.languages[code] = self._new(name, "", "")
        self._alike(self.languages.values())

    def _new(self, text: str, keys: str, icon: str, *, checkable: bool = False) -> QAction:
        action = QAction(text, self)
        action.setCheckable(checkable)
        # In a menu an icon would take the place of the tick.
        action.setIconVisibleInMenu(not checkable)
        if keys:
            action.setShortcut(QKeySequence(keys))
            name = unmarked(text).rstrip("…")
            action.setToolTip(f"{name} ({native(keys)})")
        if icon:
            self._icon_names[action] = icon
        return action

    def _alike(self, actions: Iterable[QAction]) -> None:
        group = QActionGroup(self)
        for action in actions:
            action.setCheckable(True)
            action.setIconVisibleInMenu(False)
            group.addAction(action)

    def dress(self) -> None:
        """Give all of them their icons in the theme's colours; few are seen before that."""
        # Another window may have been asked for it.
        self.schemes[self._theme.scheme].setChecked(True)
        self._give_icons(self._icon_names)

    def _give_icons(self, actions: Iterable[QAction]) -> None:
        tokens = self._theme.tokens
        for action in actions:
            lit = tokens.link if action in (self.grid, self.list) else None
            icon = self._icons.icon(self._icon_names[action], on_colour=lit, size_px=ICON_PX)
            action.setIcon(icon if not icon.isNull() else QIcon())
