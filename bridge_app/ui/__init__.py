"""The window: Qt Widgets over storage (read) and work (ask)."""
