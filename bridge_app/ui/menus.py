"""The menu bar and the menus of assets: every action in its place."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from bridge_app.ui.actions import Actions
from bridge_app.ui.parts.key_menu import KeyMenu

translate = QCoreApplication.translate  # a name that lupdate knows


def fill_menus(bar: QMenuBar, actions: Actions, *, account: QMenu) -> None:
    """The menu bar: every action in its place. `account` lists the accounts to choose from."""
    a = actions
    files = (a.copy_path, a.open_original, a.reveal)
    _fill(
        _menu(bar, translate("menu", "&File")),
        (
            *(a.new_window, None),
            *(a.add_folder, a.add_shelter, a.add_other, None),
            *(a.rescan, a.skipped, a.exchange.hot_folders, a.remove_library, None),
            *(a.exchange.stay, a.exchange.notices, None),
            a.quit,
        ),
    )
    _fill(
        _menu(bar, translate("menu", "&Edit")),
        (
            a.undo,
            a.redo,
            None,
            a.search,
            a.clear_filters,
            None,
            a.select_all,
            a.select_none,
            None,
            a.exchange.copy,
            a.exchange.paste,
            a.exchange.copy_link,
            a.exchange.open_with,
            a.exchange.new_version,
            *files,
            None,
            a.shortcuts,
        ),
    )
    view = _menu(bar, translate("menu", "&View"))
    _fill(view, (a.grid, a.list, None, a.larger, a.smaller, a.look, None))
    _fill(view, (a.studio, a.contact_sheet, a.make_renditions, a.kits, a.preset_shelf, None))
    _fill(view, (a.insights, None))
    _fill(view, (a.sidebar, a.inspector, a.transfers, a.helping.activity, a.exchange.drop_target))
    _fill(view, (a.full_screen, None))
    view.addMenu(scheme_menu(actions, view))
    view.addMenu(language_menu(actions, view))
    view.addMenu(text_size_menu(actions, view))
    _fill(view, (None, *a.looking.of_the_window))
    go = _menu(bar, translate("menu", "&Go"))
    _fill(go, (a.back, a.forward, a.up, None))
    _fill(go, (a.favourite, a.save_search, None, a.palette))
    _fill(
        _menu(bar, translate("menu", "&Metadata")),
        (
            a.metadata_grid,
            None,
            a.copy_metadata,
            a.paste_metadata,
            a.apply_template,
            a.vocabularies,
            None,
            a.export_table,
            a.import_table,
            None,
            a.conflicts,
            None,
            a.keep_originals,
        ),
    )
    review = _menu(bar, translate("menu", "&Review"))
    _fill(
        review,
        (
            a.review_mode,
            None,
            a.approve,
            a.approve_with_comment,
            a.request_changes,
            a.reject,
            a.put_in_review,
        ),
    )
    _fill(review, (None, a.ask_review, a.review_queue))
    _fill(review, (None, a.review_pack, a.import_verdicts))
    _fill(review, (None, a.rights, a.rights_calendar))
    _fill(review, (None, a.let_pass, a.policies, a.approvals_in_files, a.audit_trail))
    bar.addAction(a.at_shelter)
    cloud = _menu(bar, translate("menu", "&Cloudinary"))
    _fill(cloud, (a.push, a.publish, a.upload_from, a.download, None))
    _fill(cloud, (a.at_cloudinary, a.search_cloud, None, a.accounts))
    cloud.addMenu(account)
    _fill(cloud, (a.usage, a.upload_presets, a.metadata_fields, None))
    _fill(cloud, (a.triggers, a.endpoints, a.stacks, a.feeds, None))
    _fill(cloud, (a.hear_changes, a.work_offline))
    _fill(
        _menu(bar, translate("menu", "&Help")),
        (
            *(a.helping.contents, a.guide, *a.helping.beginning, None),
            *(*a.helping.mending, None, a.about),
        ),
    )


def add_demo_menu(bar: QMenuBar, actions: Actions) -> None:
    """The switch of the sandbox, before the help, for windows that show the demo."""
    menu = QMenu(translate("menu", "&Demo"), bar)
    _fill(menu, (actions.sandbox,))
    bar.insertMenu(bar.actions()[-1], menu)


def put_menu(made: QMenu, stand_in: QMenu) -> None:
    """Put a menu into the place of another one, which goes."""
    place = stand_in.menuAction()
    for menu in place.associatedObjects():
        if isinstance(menu, QMenu):
            menu.insertMenu(place, made)
    stand_in.deleteLater()


def scheme_menu(actions: Actions, parent: QMenu) -> QMenu:
    """Light, dark, or like the system."""
    menu = QMenu(translate("menu", "&Theme"), parent)
    _fill(menu, actions.schemes.values())
    return menu


def language_menu(actions: Actions, parent: QMenu) -> QMenu:
    """What the window speaks."""
    menu = QMenu(translate("menu", "&Language"), parent)
    _fill(menu, actions.languages.values())
    return menu


def text_size_menu(actions: Actions, parent: QMenu) -> QMenu:
    """How large letters are, and everything with them."""
    menu = QMenu(translate("menu", "Te&xt Size"), parent)
    _fill(menu, actions.looking.text_sizes.values())
    return menu


def asset_menu(actions: Actions, parent: QMenu) -> QMenu:
    """What can be done with the chosen assets."""
    a = actions
    _fill(
        parent,
        (a.look, a.review_mode, a.studio, a.contact_sheet, a.make_renditions, a.kits, None),
    )
    _fill(parent, (a.metadata_grid, a.copy_metadata, a.paste_metadata, None))
    _fill(
        parent,
        (a.approve, a.approve_with_comment, a.request_changes, a.reject),
    )
    _fill(
        parent,
        (
            a.put_in_review,
            a.ask_review,
            a.rights,
            None,
            a.push,
            a.publish,
            a.download,
            a.at_cloudinary,
            None,
            a.exchange.copy,
            a.exchange.copy_link,
            a.exchange.open_with,
            a.exchange.new_version,
            a.copy_path,
            a.open_original,
            a.reveal,
        ),
    )
    return parent


def _menu(bar: QMenuBar, title: str) -> QMenu:
    made = KeyMenu(title, bar)
    bar.addMenu(made)
    return made


def _fill(menu: QMenu, actions: Iterable[QAction | None]) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
