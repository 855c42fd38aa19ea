"""The practice company's grammar is at least as strict as Intuit's schema, and takes what a US edition takes."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.practice.quickbooks import PracticeCompany, ProcessorFault, RequestProcessor
from app.practice.quickbooks.grammar import Content, Element, OneOf, Particle, Version
from app.practice.quickbooks.grammar_index import REQUESTS
from app.practice.quickbooks.reading import read_message_set
from tests.practice.quickbooks import intuit

pytestmark = [
    pytest.mark.schemas,
    pytest.mark.skipif(not intuit.FOLDER.is_dir(), reason="QBXML_SCHEMAS names no folder with Intuit's schemas"),
]
NAMES = sorted(REQUESTS)
FINE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def envelope(request: etree._Element) -> str:
    inside = etree.tostring(request, encoding="us-ascii", with_tail=False).decode()
    inside = inside.removeprefix("<?xml version='1.0' encoding='us-ascii'?>\n")
    return (
        '<?xml version="1.0"?><?qbxml version="13.0"?>'
        f'<QBXML><QBXMLMsgsRq onError="continueOnError">{inside}</QBXMLMsgsRq></QBXML>'
    )


def schema_takes(text: str) -> bool:
    return bool(intuit.schema().validate(etree.fromstring(text.encode())))


@pytest.mark.parametrize("name", NAMES)
@FINE
@given(source=st.randoms(use_true_random=False))
def test_a_valid_request_of_the_us_edition_is_understood(name: str, source: random.Random) -> None:
    text = envelope(intuit.Maker(name, source).make())
    assert schema_takes(text), intuit.schema().error_log
    company = PracticeCompany()
    RequestProcessor(company, "Oracle", "{0}").begin_session().process(text)


@pytest.mark.parametrize("name", NAMES)
@FINE
@given(source=st.randoms(use_true_random=False))
def test_whatever_the_schema_refuses_is_refused(name: str, source: random.Random) -> None:
    request = intuit.Maker(name, source).make()
    intuit.mutate(request, source)
    text = envelope(request)
    if not schema_takes(text):
        with pytest.raises(ProcessorFault) as caught:
            read_message_set(text, ["13.0"])
        assert caught.value.hresult == "0x80040400"


@pytest.mark.parametrize("name", NAMES)
def test_elements_lengths_and_first_versions_are_those_of_the_message_form(name: str) -> None:
    ours: dict[tuple[str, ...], tuple[int | None, Version]] = {}
    walk(REQUESTS[name], (), (1, 0), ours)
    theirs = {path: (entry.limit, entry.since) for path, entry in intuit.form_entries(name).items()}
    assert ours == theirs


def walk(
    particle: Particle,
    above: tuple[str, ...],
    since: Version,
    found: dict[tuple[str, ...], tuple[int | None, Version]],
) -> None:
    if isinstance(particle, OneOf):
        for option in particle.options:
            walk_all(option, above, since, found)
    elif isinstance(particle, Element):
        path = (*above, particle.name)
        found[path] = (particle.limit, particle.since)
        walk_all(particle.content, path, since, found)


def walk_all(
    content: Content,
    above: tuple[str, ...],
    since: Version,
    found: dict[tuple[str, ...], tuple[int | None, Version]],
) -> None:
    for particle in content:
        walk(particle, above, since, found)
