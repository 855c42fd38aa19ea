"""qbXML: text in, objects out, and the other way round. No I/O."""
