"""Where masters live: one port, and what stands behind it."""
