"""The command line: thin; every command asks or orders through the same facade as the window."""
