"""Presets and sets in the window: looked after, compared with Cloudinary's, and made."""
