"""Models: the rows that answer a question. No widgets, no disk, no network."""
