"""Films and sound through a transformation, by FFmpeg; a still of a film is `poster`'s."""
