"""What a person may hand on when something is wrong: without secrets, and without names."""
