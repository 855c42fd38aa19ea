"""How the tests talk to the practice company: real text in, real text out.

Every answer is held against Intuit's schema where that is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from lxml import etree

from app.practice.quickbooks import Edition, PracticeCompany, RequestProcessor, Session
from tests.practice.quickbooks import intuit

OWNER = "{90A44FB7-33D9-4815-AC85-AC86A7E7D1EB}"


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 15, 15, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


def message_set(
    *requests: str, on_error: str = "continueOnError", version: str = "13.0", new: str = "", old: str = ""
) -> str:
    ids = (f' newMessageSetID="{new}"' if new else "") + (f' oldMessageSetID="{old}"' if old else "")
    return (
        f'<?xml version="1.0" encoding="utf-8"?><?qbxml version="{version}"?>'
        f'<QBXML><QBXMLMsgsRq onError="{on_error}"{ids}>{"".join(requests)}</QBXMLMsgsRq></QBXML>'
    )


def parse(answer: str) -> etree._Element:
    """Parse an answer and give its QBXMLMsgsRs."""
    assert answer.startswith('<?xml version="1.0" ?>')
    assert answer.isascii()
    root = etree.fromstring(answer.encode())
    if intuit.FOLDER.is_dir():
        schema = intuit.schema()
        assert schema.validate(root), schema.error_log
    return root[0]


@dataclass
class Books:
    """A company with a little of everything, and one session of one application."""

    company: PracticeCompany
    clock: Clock
    customer_id: str = ""
    session: Session = field(init=False)
    processor: RequestProcessor = field(init=False)

    def __post_init__(self) -> None:
        self.processor = RequestProcessor(self.company, "Cedar Sync", OWNER)
        self.session = self.processor.begin_session()

    def new_session(self) -> None:
        self.session.end()
        self.session = self.processor.begin_session()

    def ask(self, *requests: str, **options: str) -> list[etree._Element]:
        """Run a message set and give its responses."""
        return list(parse(self.session.process(message_set(*requests, **options))))

    def ask_one(self, request: str) -> etree._Element:
        (response,) = self.ask(request)
        return response

    def add(self, body: str, name: str = "SalesOrder") -> etree._Element:
        return self.ask_one(f"<{name}AddRq><{name}Add>{body}</{name}Add></{name}AddRq>")

    def mod(self, body: str, txn_id: str, name: str = "SalesOrder", sequence: str | None = None) -> etree._Element:
        sequence = self.company.order(txn_id).edit_sequence if sequence is None else sequence
        return self.ask_one(
            f"<{name}ModRq><{name}Mod><TxnID>{txn_id}</TxnID><EditSequence>{sequence}</EditSequence>{body}"
            f"</{name}Mod></{name}ModRq>"
        )

    def add_order(self, ref_number: str = "INV-1", lines: str = "", name: str = "SalesOrder") -> str:
        """Add an order by qbXML and give its TxnID."""
        response = self.add(order_body(ref_number, lines or line("STORAGE", "2", rate="10"), name=name), name)
        assert status(response) == 0, response.attrib
        return text(response, ".//TxnID")


def open_books(edition: Edition = Edition.ENTERPRISE) -> Books:
    company = PracticeCompany(name="Prairie Short Line", edition=edition)
    clock = Clock()
    company.clock = clock
    company.add_account("Freight Income", "Income")
    customer_id = company.add_customer("4410", company_name="Acme Grain")
    company.add_customer("4500", company_name="Old Mill", is_active=False)
    company.add_vendor("Track Supply")
    company.add_item("STORAGE", price=Decimal("12.50"), desc="Car storage")
    company.add_item("DEMURRAGE")
    company.add_item("RETIRED", is_active=False)
    company.add_item("DISCOUNT", kind="discount")
    return Books(company, clock, customer_id)


def order_body(ref_number: str, lines: str, *, name: str = "SalesOrder", customer: str = "4410") -> str:
    return (
        f"<CustomerRef><FullName>{customer}</FullName></CustomerRef><TxnDate>2026-03-31</TxnDate>"
        f"<RefNumber>{ref_number}</RefNumber><Memo>Cedar invoice {ref_number}</Memo>"
        + lines.replace("<Line>", f"<{name}LineAdd>").replace("</Line>", f"</{name}LineAdd>")
    )


def line(item: str, quantity: str = "", *, rate: str = "", amount: str = "", desc: str = "", more: str = "") -> str:
    parts = [
        f"<ItemRef><FullName>{item}</FullName></ItemRef>" if item else "",
        f"<Desc>{desc}</Desc>" if desc else "",
        f"<Quantity>{quantity}</Quantity>" if quantity else "",
        f"<Rate>{rate}</Rate>" if rate else "",
        f"<Amount>{amount}</Amount>" if amount else "",
        more,
    ]
    return f"<Line>{''.join(parts)}</Line>"


def status(response: etree._Element) -> int:
    return int(response.get("statusCode", ""))


def message(response: etree._Element) -> str:
    return response.get("statusMessage", "")


def text(element: etree._Element, path: str) -> str:
    found = element.findtext(path)
    assert found is not None, f"no {path} in {etree.tostring(element)!r}"
    return found


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path)]
