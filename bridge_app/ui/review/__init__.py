"""Review mode: pictures side by side, decisions by keys, and what was said about them."""
