"""A whole update made by a real .NET SOAP proxy: Mono's, generated from our service description.

Needs Mono's ``wsdl``, ``mcs`` and ``mono`` (Debian: ``apt-get install --no-install-recommends mono-devel``).
"""

import atexit
import re
import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

from app.books.quickbooks_desktop.web_connector.wsdl import service_description
from tests.books.quickbooks_desktop.web_connector.toolkit import MOST_REQUESTS, Respond, ToolkitRun, echo

_SOURCE = Path(__file__).parent / "mono" / "client.cs"
_RUNTIMES_OWN_END = "* Assertion at mono-threads.c"
_ESCAPED = {"\\\\": "\\", "\\t": "\t", "\\r": "\r", "\\n": "\n"}


class MonoFailed(Exception):
    """The proxy could not make use of an answer."""


def missing_tools() -> list[str]:
    """Name what is not installed."""
    return [tool for tool in ("wsdl", "mcs", "mono") if shutil.which(tool) is None]


def run_session(url: str, user: str, password: str, respond: Respond = echo, seconds: float = 100) -> ToolkitRun:
    """Log in, carry requests and responses until 100, close.

    Raises:
        MonoFailed: If the proxy threw.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with subprocess.Popen(
            ["mono", str(_client()), url, user, password, str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            # A runtime that breaks off leaves a crash file where it ran.
            cwd=folder,
        ) as process:
            deadline = time.monotonic() + seconds
            number = 1
            while process.poll() is None and number <= MOST_REQUESTS:
                if time.monotonic() > deadline:
                    process.kill()
                number += _responded(folder, number, respond)
                time.sleep(0.005)
            output = process.communicate()[0]
    if process.returncode and "\ncloseConnection\t" in output and _RUNTIMES_OWN_END in output:
        # Everything was said and done; Mono's runtime itself breaks off now and then while it shuts down.
        output = output[: output.index(_RUNTIMES_OWN_END)]
    elif process.returncode:
        raise MonoFailed(output)
    return _read(output)


def _responded(folder: Path, number: int, respond: Respond) -> int:
    """Answer request `number` if it is there; return how many were answered."""
    request = folder / f"request-{number}.xml"
    if not request.exists():
        return 0
    part = folder / "response.part"
    part.write_bytes(respond(request.read_bytes().decode()).encode())
    part.rename(folder / f"response-{number}.xml")
    return 1


def _read(output: str) -> ToolkitRun:
    run = ToolkitRun()
    for line in output.splitlines():
        name, _, escaped = line.partition("\t")
        value = re.sub(r"\\[\\trn]", lambda match: _ESCAPED[match[0]], escaped)
        match name:
            case "status":
                run.status = value
            case "request":
                run.requests.append(value)
            case "percent":
                run.percents.append(int(value))
            case "getLastError":
                run.last_error = value
            case "closeConnection":
                run.closing_text = value
    return run


@cache
def _client() -> Path:
    """Generate the proxy and compile the client, once in a test run."""
    folder = Path(tempfile.mkdtemp(prefix="cedar-sync-mono-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    description = folder / "service.wsdl"
    description.write_bytes(service_description("http://localhost/qbwc"))
    proxy, client = folder / "Proxy.cs", folder / "client.exe"
    subprocess.run(["wsdl", str(description), f"-out:{proxy}"], check=True, capture_output=True, cwd=folder)
    subprocess.run(
        ["mcs", "-r:System.Web.Services", "-r:System.Xml", f"-out:{client}", str(_SOURCE), str(proxy)],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    return client
