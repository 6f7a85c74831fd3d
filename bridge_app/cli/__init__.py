"""The window's capabilities without a window: text for people, JSON lines for scripts."""
