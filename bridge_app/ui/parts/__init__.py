"""Parts: small widgets that panels and dialogs share."""
