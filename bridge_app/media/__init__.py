"""What is in a file: probing, embedded metadata, thumbnails. Hostile input stays in a child."""
