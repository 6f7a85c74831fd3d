"""Where the truth about assets lives: pure values and rules."""
