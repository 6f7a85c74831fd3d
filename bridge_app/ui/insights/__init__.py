"""The window of reports: a question, its answer at a glance, and the table behind it."""
