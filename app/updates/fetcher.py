"""How the feed's files come over the network: by httpx, as Cedar's answers do, and within a time for all of them.

The library bounds each file's length, and the wait for the next piece; a server that sends a byte now and then would
keep it for ever. Encodings are not asked for: a small file that unfolds into a huge one does not arrive here.
"""

import time
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

import httpx
from tuf.api.exceptions import DownloadError, DownloadHTTPError, SlowRetrievalError
from tuf.ngclient import FetcherInterface

from app import __version__
from app.system.network import is_loopback, trusted_authorities

TIMEOUTS: Final = httpx.Timeout(20.0, connect=10.0, pool=10.0)
"""Seconds to connect, and to wait for the next piece."""


class FeedFetcher(FetcherInterface):
    """Fetches the files of one look at one feed."""

    def __init__(self, address: str, seconds: float) -> None:
        """Take where the feed is, and how long all of it may take."""
        url = httpx.URL(address)
        self._until = time.monotonic() + seconds
        self._http = httpx.Client(
            headers={"User-Agent": f"cedar-sync/{__version__}", "Accept-Encoding": "identity"},
            timeout=TIMEOUTS,
            follow_redirects=False,  # elsewhere may be without encryption, and a hotel's sign-in page is no feed
            trust_env=not is_loopback(url.host),
            verify=trusted_authorities() if url.scheme == "https" else True,
        )

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._http.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            response = self._http.send(self._http.build_request("GET", url), stream=True)
        except httpx.ReadTimeout as exc:
            raise SlowRetrievalError(str(exc)) from exc
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise DownloadError(f"{type(exc).__name__}: {exc}") from exc
        if response.status_code != httpx.codes.OK:
            response.close()
            raise DownloadHTTPError(f"{response.status_code} for {url}", response.status_code)
        return self._pieces(response)

    def _pieces(self, response: httpx.Response) -> Iterator[bytes]:
        try:
            for piece in response.iter_raw():
                if time.monotonic() > self._until:
                    raise SlowRetrievalError("the time for all files is over")
                yield piece
        except httpx.TimeoutException as exc:
            raise SlowRetrievalError(str(exc)) from exc
        except httpx.HTTPError as exc:
            raise DownloadError(f"{type(exc).__name__}: {exc}") from exc
        finally:
            response.close()
