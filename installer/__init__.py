"""What the makers of Cedar Sync run: it builds the program for Windows, and gives out new versions."""
