"""Dialogs: one question to the person each, never blocking the window."""
