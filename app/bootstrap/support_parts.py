"""The texts support needs of an installation that can be opened."""

from app.books.quickbooks_desktop.web_connector.connector_summary import connector_summary
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.connector_silence import evidence
from app.bootstrap.examination import examine
from app.bootstrap.installation import Installation
from app.sync.support import parts_of_home, support_page


def support_parts(installation: Installation, *, asks_cedar: bool = True) -> dict[str, str]:
    """Gather them by file name: versions, settings, how things stand, the doctor's findings, the log.

    Args:
        installation: The home.
        asks_cedar: Ask Cedar; otherwise its side is judged by what its last reading left.
    """
    seen = evidence(installation)
    found = examine(installation, seen, asks_cedar=asks_cedar)
    findings = "\n".join(f"{'well' if each.is_well else 'AMISS'}  {each.check}" for each in found)
    lines = [kit.connector_line.as_it_should_be() for kit in kits_of(installation)]
    return parts_of_home(installation.home.path) | {
        "status.txt": support_page(installation.service.snapshot()),
        "doctor.txt": findings + "\n",
        "web-connector.txt": connector_summary(seen, lines),
    }
