"""Every view of the window in turn: for pictures of them, and to look for texts that are cut."""
