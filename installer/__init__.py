"""What the makers run: it builds the Windows program and its setup, and gives out new versions."""
