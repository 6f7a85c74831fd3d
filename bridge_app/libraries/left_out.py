"""Which names are nobody's masters: hidden, the system's own, or still being downloaded."""

SYSTEM = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r"),
        *("$recycle.bin", "system volume information", "lost+found", "__macosx"),
        *("@eadir", "@recycle", "#recycle", "#snapshot"),
        *("network trash folder", "temporary items"),
    }
)
"""Windows, macOS, ext4, and the network disks of Synology and QNAP; in lower case."""

HIDDEN_PREFIXES = (".", "~$")
"""Dots hide also `._x` (AppleDouble), `.DS_Store`, `.Trash-1000`; `~$` are Office's locks."""

UNFINISHED_SUFFIXES = (
    *(".part", ".partial", ".crdownload", ".opdownload", ".download", ".filepart"),
    *(".aria2", ".!ut", ".tmp"),
)
"""What browsers and copy programs call a file until it is whole."""


def is_left_out(name: str) -> bool:
    """Is a file or folder of this name left out, with all that lies in it?

    Names compare without case, since the disks they come from do.
    """
    folded = name.casefold()
    return (
        folded.startswith(HIDDEN_PREFIXES)
        or folded.endswith(UNFINISHED_SUFFIXES)
        or folded in SYSTEM
    )


def is_left_out_path(path: str) -> bool:
    """The same for a relative path: one such step is enough."""
    return any(is_left_out(step) for step in path.split("/"))
