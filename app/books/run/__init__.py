"""One update of any accounting system, as a conversation. No I/O."""
