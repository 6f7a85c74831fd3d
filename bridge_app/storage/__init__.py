"""Every SQL statement and every secret."""
