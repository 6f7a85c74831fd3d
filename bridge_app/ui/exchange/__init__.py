"""Exchange with the other programs of the desktop: drags, clipboard, links, notices, the tray."""
