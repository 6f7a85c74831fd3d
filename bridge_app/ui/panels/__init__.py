"""Panels: layout, connections and texts of one part of the window."""
