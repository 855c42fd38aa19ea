"""The help: a page for every reason with everything on it, links that lead somewhere, and words a bookkeeper uses."""

import re
from pathlib import Path

import pytest

from app.cli.main import cli
from app.domain.reason_texts import explain
from app.domain.reasons import Reason, ReasonCode

HELP = Path(__file__).parents[2] / "resources" / "help"
PAGES = sorted(HELP.rglob("*.md"))
GUIDES = ("getting-started.md", "every-day.md", "several-computers.md", "quickbooks-online.md", "troubles.md")
HEADINGS = [
    "What it means",
    "What is in QuickBooks now",
    "Why it happens",
    "How to mend it",
    "If you do nothing",
    "What support wants to know",
]

EXAMPLE = {
    "gl_number": "4410",
    "item": "SWITCHING",
    "date": "2026-10-31",
    "ref_number": "INV-1001",
    "invoice": "PSL-2026-10-000482",
    "currencies": "CAD and USD",
    "amount": "-84.20",
    "currency": "USD",
    "books_currency": "Canadian Dollar",
}
"""The names in the titles of the pages."""

FORBIDDEN = re.compile(
    r"\b(soap|https?|xml|qbxml|json|sql|api|urls?|tickets?|queued?|queues|exceptions?|tracebacks?|hresult|null|stack"
    r"|threads?|sockets?|payload|pars(e[dr]?|ing)|endpoints?|backend|hash|sync(ed|ing|s)?|skip(s|ped|ping)?|invalid"
    r"|errors?|fatal|illegal|simply|please|unfortunately)\b|!",
    re.IGNORECASE,
)
_NO_PROSE = re.compile(r"^ {4}.*$|`[^`]*`|\]\([^)]*\)|Cedar Sync", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
_COMMAND = re.compile(r"cedar-sync ([a-z-]+)([^`\n]*)")
PLANNED = {"support-file"}
"""Commands that are promised and not made yet."""

CODES = pytest.mark.parametrize("code", ReasonCode)
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(HELP).as_posix())


def text_of(code: ReasonCode) -> str:
    """Read a reason's page."""
    return (HELP / "reasons" / f"{code}.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Split a page at its headings of the second order."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


@CODES
def test_a_reason_has_a_page_under_its_own_title(code: ReasonCode) -> None:
    first, *_ = text_of(code).splitlines()
    assert first == f"# {explain(Reason(code, EXAMPLE)).title}"
    assert f"`{code}`" in text_of(code)


@CODES
def test_a_reasons_page_has_every_heading_in_order_and_something_under_each(code: ReasonCode) -> None:
    found = sections(text_of(code))
    assert list(found) == HEADINGS
    assert all(found.values())


@CODES
def test_a_reasons_page_gives_causes_as_a_list_and_the_cure_as_steps(code: ReasonCode) -> None:
    found = sections(text_of(code))
    causes = re.findall(r"^- ", found["Why it happens"], re.MULTILINE)
    steps = re.findall(r"^(\d+)\. ", found["How to mend it"], re.MULTILINE)
    assert 2 <= len(causes) <= 5
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    assert len(steps) >= 2


@CODES
def test_a_reasons_page_is_short(code: ReasonCode) -> None:
    assert len(text_of(code).split()) <= 320


def test_there_is_no_page_for_a_reason_that_is_gone() -> None:
    assert {page.stem for page in (HELP / "reasons").iterdir()} == {code.value for code in ReasonCode}


@CODES
def test_the_index_leads_to_every_reason_by_its_title(code: ReasonCode) -> None:
    index = (HELP / "index.md").read_text(encoding="utf-8")
    title = explain(Reason(code, EXAMPLE)).title
    assert index.count(f"| [{title}](reasons/{code}.md) | `{code}` |") == 1


@pytest.mark.parametrize("guide", GUIDES)
def test_the_index_leads_to_the_guides(guide: str) -> None:
    assert f"]({guide})" in (HELP / "index.md").read_text(encoding="utf-8")


@EVERY_PAGE
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).is_file()] == []


@EVERY_PAGE
def test_the_words_are_a_bookkeepers(page: Path) -> None:
    prose = _NO_PROSE.sub("", page.read_text(encoding="utf-8"))
    assert [match.group() for match in FORBIDDEN.finditer(prose)] == []


@EVERY_PAGE
def test_a_page_is_tidy(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert not re.search(r"TODO|TBD|\?\?", text)


@EVERY_PAGE
def test_every_command_named_exists_with_its_options(page: Path) -> None:
    for name, rest in _COMMAND.findall(page.read_text(encoding="utf-8")):
        if name in PLANNED:
            continue
        command = cli.commands[name]
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", rest)) - known == set(), f"{name}{rest}"


def test_what_support_is_told_never_asks_for_a_key() -> None:
    for code in ReasonCode:
        asked = sections(text_of(code))["What support wants to know"]
        assert not re.search(r"\b(password|key)\b(?! itself)", asked, re.IGNORECASE)
