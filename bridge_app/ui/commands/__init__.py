"""Everything that can be done, by name or by key: the palette, the shortcuts, the way back."""
