"""A PhotoShelter-style service on this machine, for the demo and for tests."""
