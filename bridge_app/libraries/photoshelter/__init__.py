"""A library at a PhotoShelter-style service: signing in, reading, fetching and writing there."""
