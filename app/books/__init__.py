"""One folder per accounting system; all speak the port in `app.books.port`."""
