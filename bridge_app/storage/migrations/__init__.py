"""Numbered steps from every earlier schema to today's; they import nothing of ours."""
