"""Cloudinary's Upload API, Admin API and delivery, as its own clients see them."""
