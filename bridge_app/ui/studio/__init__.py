"""The studio: one asset, the steps that make a rendition of it, and what comes out."""
