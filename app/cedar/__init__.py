"""Reads Cedar's charges: the only room that knows Cedar's addresses, columns and JSON. It never writes to Cedar."""
