"""New versions of the program: looked for in a signed feed, fetched, and held against what was signed."""
