"""All that goes on, in one list: what, how far, how long, a way to stop it, and what came of it."""
