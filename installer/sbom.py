"""Writes what is inside the program as a CycloneDX bill of materials."""

from collections.abc import Iterable
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from app import PRODUCT, __version__
from installer.distributions import Package


def write_sbom(file: Path, found: Iterable[Package], python: str, hashes: dict[str, str] | None = None) -> None:
    """Write it.

    Args:
        file: Where to.
        found: The packages inside the program.
        python: The version of Python inside it.
        hashes: SHA-256 of the program's own files, by name.
    """
    bom = Bom()
    bom.metadata.tools.components.add(this_component())
    program = Component(type=ComponentType.APPLICATION, name=PRODUCT, version=__version__, bom_ref="cedar-sync")
    bom.metadata.component = program
    parts = [_library(each) for each in found]
    parts.append(
        Component(
            type=ComponentType.PLATFORM,
            name="CPython",
            version=python,
            purl=PackageURL("generic", name="cpython", version=python),
            bom_ref="cpython",
            licenses=[LicenseFactory().make_from_string("PSF-2.0")],
        )
    )
    parts += [
        Component(
            type=ComponentType.FILE,
            name=name,
            bom_ref=f"file:{name}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )
        for name, digest in (hashes or {}).items()
    ]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(program, parts)
    file.write_text(JsonV1Dot6(bom).output_as_string(indent=2), encoding="utf-8")


def _library(found: Package) -> Component:
    references = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(found.home))] if found.home else []
    return Component(
        type=ComponentType.LIBRARY,
        name=found.name,
        version=found.version,
        purl=PackageURL("pypi", name=found.name.lower().replace("_", "-"), version=found.version),
        bom_ref=f"{found.name}=={found.version}",
        licenses=[LicenseFactory().make_from_string(found.licence)] if found.licence else [],
        external_references=references,
    )
