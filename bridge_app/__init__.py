"""Asset Bridge: the desktop window between masters and their delivery."""

__version__ = "0.1.0"
