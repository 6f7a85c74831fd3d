"""What helps a person along: the welcome, the tour, hints, the log, what goes with a report."""
