"""What support needs to see, and nothing it must not."""
