"""What goes to other programs as files, and what comes back from them."""
