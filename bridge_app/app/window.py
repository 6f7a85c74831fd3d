"""Opens the window: Qt's own affairs, the parts, and the demo where there is no account."""
