"""Contentstack's management API, as far as publishing pictures needs it."""
