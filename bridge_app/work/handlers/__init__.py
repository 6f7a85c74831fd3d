"""One function for each kind of job; running one again after a crash ends in the same world."""
