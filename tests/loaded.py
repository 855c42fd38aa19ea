"""What the server that processes are forked from has loaded before the first of them; imported there alone."""

import functools
import ssl
from zoneinfo import available_timezones

import httpx
import tomlkit

import app.books.quickbooks_desktop.web_connector.answering
import app.cli.main
import app.sync.cedar_source

__all__ = ["app", "tomlkit"]

# The certificates are read once, as in the tests' own process: nothing here speaks TLS.
ssl.create_default_context = functools.cache(ssl.create_default_context)  # type: ignore[assignment]
httpx.Client().close()
# What finds the time zones is loaded by the first who asks.
available_timezones()
