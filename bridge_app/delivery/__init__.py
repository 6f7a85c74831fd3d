"""Cloudinary as the delivery side: environments, uploads, links, delivered pictures."""
