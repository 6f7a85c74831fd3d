"""Loopback servers that speak the services' real APIs: for the demo, for tests, for others."""
