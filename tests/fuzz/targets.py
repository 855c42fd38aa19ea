"""What is fuzzed: functions that take any bytes, and let out nothing but the exceptions they document."""

import contextlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Final

from app.books.port import Answer
from app.books.quickbooks_desktop.qbxml import responses, text
from app.books.quickbooks_desktop.qbxml.responses import UnreadableAnswer
from app.books.quickbooks_desktop.web_connector.answering import answer
from app.books.quickbooks_desktop.web_connector.connector_log import decoded, log_events
from app.books.quickbooks_desktop.web_connector.connector_settings import connector_settings
from app.books.quickbooks_desktop.web_connector.envelope import MalformedEnvelope, parse
from app.books.quickbooks_desktop.web_connector.http_connection import Parser
from app.books.quickbooks_online.grants import PasteRefused
from app.books.quickbooks_online.online_system import OnlineSystem
from app.books.quickbooks_online.servers import servers
from app.books.quickbooks_online.signing_in import _query_of
from app.books.run.accounting_system import Progress, StopRun
from app.cedar import cells, summary, wire
from app.cedar.columns import ColumnDefinition, resolve_columns
from app.cedar.mapping import RowReader
from app.domain import memos, references
from app.domain.books_names import NameKind
from app.domain.facts import OnlineCompany
from app.domain.faults import CedarFault, NotConfigured
from app.domain.plain_text import folded, name_key
from app.domain.sales_order import DocumentKind
from app.practice import adding
from app.practice.soap import ConnectorError
from app.sync.ledger import RecordLedger
from app.system import settings_file
from app.system.settings import DestinationSettings
from tests.books.quickbooks_desktop.web_connector.fake_service import FakeService
from tests.books.quickbooks_desktop.web_connector.raw_http import envelope, head
from tests.builders import NOW


@dataclass(frozen=True, slots=True)
class Target:
    """One reader."""

    read: Callable[[bytes], object]
    """Takes the bytes."""
    seeds: tuple[bytes, ...]
    """What fuzzing begins with: well-formed, and what once was not read well."""
    documented: tuple[type[Exception], ...] = ()
    """The only exceptions that may leave it."""
    words: tuple[str, ...] = field(default=())
    """Pieces of the language that is read, for the fuzzer to build with."""

    def take(self, data: bytes) -> None:
        """Read some bytes; raises whatever the reader does not document."""
        with contextlib.suppress(*self.documented):
            self.read(data)


def _envelope(data: bytes) -> None:
    assert answer(FakeService(), parse(data)).startswith(b"<?xml")


def _http_head(data: bytes) -> None:
    parser = Parser(_Limits())
    while data and not parser.completed:
        taken = parser.received(data)
        assert taken > 0
        data = data[taken:]
    parser.close()


class _Limits:
    """The limits of the endpoint's parser, as `HttpServer` sets them."""

    max_request_header_size = 16 * 1024
    max_request_body_size = 16 * 1024 * 1024 + 1
    inbuf_overflow = 2**40
    url_scheme = "http"


def _qbxml(data: bytes) -> None:
    found = responses.parse(data.decode("utf-8", "replace"))
    responses.company_file(found, "C:\\books.qbw", "{1}")
    for each in found.responses:
        for read in (
            lambda response: list(responses.documents(response)),
            responses.written,
            responses.strays,
            responses.deleted,
            responses.customers,
            responses.items,
            responses.account_names,
        ):
            read(each)


_COLUMNS: Final = tuple(
    ColumnDefinition(key)
    for key in (
        *("chargeId", "billingStatus", "invoice", "glCode", "serviceType", "amount", "quantity", "rate"),
        *("customer", "appliedAt", "currency"),
    )
)


_READER: Final = RowReader(resolve_columns(_COLUMNS, {}), UTC)


class _NoLedger(RecordLedger):
    """A ledger without a record: no names are known."""

    def __init__(self) -> None: ...

    def full_names(self, kind: NameKind, ids: Iterable[str]) -> dict[str, str]:
        return {}


_ONLINE: Final = OnlineSystem(_NoLedger(), OnlineCompany("9130", "Prairie", "US", NOW), Progress())


def _online_batch(data: bytes) -> None:
    answer_ = Answer(data.decode("utf-8", "replace"))
    _ONLINE.reception(answer_)
    _ONLINE.replies(answer_)


def _online_page(data: bytes) -> None:
    """Read a page of a query, and a page of changes."""
    answer_ = Answer(data.decode("utf-8", "replace"))
    for asking in (_ONLINE.read(DocumentKind.ESTIMATE, ["1"]), _ONLINE.whole_list(NameKind.CUSTOMER)):
        next(asking)
        with contextlib.suppress(StopIteration):
            asking.send(answer_)


def _pasted_address(data: bytes) -> None:
    _query_of(data.decode("utf-8", "replace"), servers(DestinationSettings()))


def _cedar_rows(data: bytes) -> None:
    for row in wire.rows_page(data).rows or ():
        _READER.charge(row)


def _cedar_summary(data: bytes) -> None:
    summary.read(data, None)


def _cedar_definition(data: bytes) -> None:
    found = wire.table_definition(data)
    resolve_columns(
        [
            ColumnDefinition(each.key, each.name or "", each.type or "STRING", tuple(each.aliases or ()))
            for each in found
            if each.key
        ],
        {},
    )


def _cedar_cells(data: bytes) -> None:
    written = data.decode("utf-8", "surrogateescape")
    kinds = [
        wire.Cell(string_val=written),
        wire.Cell(int_val=written),
        wire.Cell(real_val=written),
        wire.Cell(decimal_val=wire.DecimalValue(written)),
        wire.Cell(ts_val=written),
    ]
    for cell in kinds:
        for words in (cells.text(cell), cells.number(cell), cells.cents(cell)):
            assert words is None or len(f"{words}") <= len(written) + 60
        cells.day(cell, UTC)
        cells.moment(cell, UTC)


def _settings(data: bytes) -> None:
    settings_file.parse(data.decode("utf-8", "replace"), Path("settings.toml"))


def _qwc(data: bytes) -> None:
    adding.application_of(data)


def _connector_log(data: bytes) -> None:
    log_events(decoded(data))


def _connector_settings(data: bytes) -> None:
    tree = json.loads(data, parse_int=str)
    if isinstance(tree, dict) and all(isinstance(values, dict) for values in tree.values()):
        connector_settings(
            {
                path: {name: value for name, value in values.items() if isinstance(value, str | int)}
                for path, values in tree.items()
            }
        )


def _memos(data: bytes) -> None:
    written = data.decode("utf-8", "surrogateescape")
    memo = memos.memo_of(written)
    memos.is_ours(written)
    memos.names_invoice(written, written[:10])
    list(memos.invoices_perhaps(memo))
    name_key(written)
    folded(written).encode("latin-1")
    assert text.escaped(written).isascii()
    numbers = references.reference_numbers(written.encode("utf-8", "replace").decode(), "4410")
    for _ in range(3):
        number = next(numbers)
        assert 0 < len(number) <= references.LIMIT
        assert number.isascii()


_ORDER: Final = (
    b'<?xml version="1.0" ?><QBXML><QBXMLMsgsRs messageSetStatusCode="0"><SalesOrderQueryRs requestID="1" statusCode='
    b'"0"'
    b' statusSeverity="Info" statusMessage="Status OK" iteratorRemainingCount="2" iteratorID="{9}"><SalesOrderRet>'
    b"<TxnID>1-2</TxnID><TimeCreated>2026-11-01T09:00:00-05:00</TimeCreated><TimeModified>2026-11-01T09:00:00-05:00"
    b"</TimeModified><EditSequence>3</EditSequence><CustomerRef><ListID>4</ListID><FullName>4410</FullName>"
    b"</CustomerRef><TxnDate>2026-11-01</TxnDate><RefNumber>INV-1</RefNumber><Subtotal>12.50</Subtotal><Memo>Cedar "
    b"invoice INV-1</Memo><SalesOrderLineRet><TxnLineID>5</TxnLineID><ItemRef><FullName>Switching</FullName></ItemRef>"
    b"<Quantity>1</Quantity><Rate>12.50</Rate><Amount>12.50</Amount><Invoiced>0</Invoiced></SalesOrderLineRet>"
    b"</SalesOrderRet></SalesOrderQueryRs></QBXMLMsgsRs></QBXML>"
)
_ESTIMATE: Final = (
    b'{"Id":"7","SyncToken":"0","DocNumber":"INV-1","TxnDate":"2026-11-01","TxnStatus":"Accepted","PrivateNote":'
    b'"Cedar invoice INV-1","CustomerRef":{"value":"1","name":"4410"},"Line":[{"Id":"1","Amount":12.50,"DetailType":'
    b'"SalesItemLineDetail","Description":"Switching [#81]","SalesItemLineDetail":{"ItemRef":{"value":"2","name":'
    b'"SWITCHING"},"Qty":1,"UnitPrice":12.50}},{"Amount":12.50,"DetailType":"SubTotalLineDetail","SubTotalLineDetail":{}}],'
    b'"TotalAmt":12.50}'
)
_BATCH: Final = b'{"BatchItemResponse":[{"bId":"add0","Estimate":' + _ESTIMATE + b'}],"time":"2026-11-26T00:00:00Z"}'
_VOID: Final = b'{"Invoice":' + _ESTIMATE + b"}"
_PAGE: Final = b'{"QueryResponse":{"Estimate":[' + _ESTIMATE + b'],"Customer":[{"Id":"1","DisplayName":"4410"}]}}'
_INTRODUCTION: Final = (
    b"<QBXML><QBXMLMsgsRs><HostQueryRs><HostRet><ProductName>QB</ProductName><MajorVersion>34</MajorVersion>"
    b"<SupportedQBXMLVersion>CA13.0</SupportedQBXMLVersion></HostRet></HostQueryRs><CompanyQueryRs><CompanyRet>"
    b"<CompanyName>Prairie</CompanyName><DataExtRet><OwnerID>{1}</OwnerID><DataExtName>FileID</DataExtName>"
    b"<DataExtValue>{2}</DataExtValue></DataExtRet></CompanyRet></CompanyQueryRs><PreferencesQueryRs><PreferencesRet>"
    b"<AccountingPreferences><ClosingDate>2026-01-31</ClosingDate></AccountingPreferences></PreferencesRet>"
    b"</PreferencesQueryRs></QBXMLMsgsRs></QBXML>"
)
_LISTS: Final = (
    b'<QBXMLMsgsRs><CustomerQueryRs statusCode="1"><CustomerRet><ListID>1</ListID><FullName>A</FullName><IsActive>true'
    b"</IsActive></CustomerRet></CustomerQueryRs><ItemQueryRs><ItemServiceRet><ListID>2</ListID><FullName>B:C"
    b"</FullName></ItemServiceRet></ItemQueryRs><TxnDeletedQueryRs><TxnDeletedRet><TxnID>7</TxnID></TxnDeletedRet>"
    b"</TxnDeletedQueryRs><SalesOrderAddRs><ErrorRecovery><TxnID>9</TxnID></ErrorRecovery></SalesOrderAddRs>"
    b"</QBXMLMsgsRs>"
)
_ROW: Final = (
    b'{"rows":[{"data":{"chargeId":{"intVal":"7"},"billingStatus":{"stringVal":"Invoiced"},"invoice":{"stringVal":'
    b'"INV-1"},"glCode":{"realVal":4410.0},"amount":{"decimalVal":{"value":"12.50"}},"appliedAt":{"tsVal":'
    b'"2026-11-01T09:00:00-05:00"},"quantity":{"intVal":1},"customer":{"stringVal":"A"}}}],"nextToken":"n"}'
)
_LOG: Final = (
    b"20261122.09:14:00 UTC\t: QBWebConnector.SOAPWebService.ProcessWebAppCall() : Initiated connection to the "
    b"following application.\nAppName: Cedar Sync\nAppUniqueName (if available): Cedar Sync\nAppURL: "
    b"http://localhost:8085/qbwc\n20261122.09:14:01 UTC\t: QBWC1012: Authentication failed 0x80040408\n"
)
_QWC: Final = (
    b'<?xml version="1.0"?>\n<QBWCXML>\n<AppName>Cedar Sync</AppName>\n<AppID></AppID>\n<AppURL>http://localhost:8085/'
    b"qbwc</AppURL>\n<AppDescription>Cedar</AppDescription>\n<AppSupport>http://localhost:8085/support</AppSupport>\n"
    b"<UserName>cedar-sync</UserName>\n<OwnerID>{57F3B9B1-86F1-4FCC-B1EE-566DE1813D20}</OwnerID>\n<FileID>{90A44FB5-33D"
    b"9-4815-AC85-BC87A7E7D1EB}</FileID>\n<QBType>QBFS</QBType>\n<Style>Document</Style>\n<Scheduler><RunEveryNMinutes>"
    b"1</RunEveryNMinutes></Scheduler>\n<IsReadOnly>false</IsReadOnly>\n</QBWCXML>\n"
)
_SETTINGS: Final = (
    b'[web_connector]\nport = 8085\n[[connections]]\nname = "main"\n[connections.cedar]\nregion = "us"\n'
    b'billing_statuses = ["INVOICED"]\npoll_minutes = 5\ntime_zone = "America/Chicago"\n[connections.destination]\n'
    b'document = "sales_order"\n[connections.web_connector]\nusername = "cedar-sync"\n'
)
_REGISTRY: Final = (
    b'{"": {"UpdateLock": "TRUE"}, "Cedar Sync": {"AppURL": "http://localhost:8085/qbwc", "UserName": "cedar-sync", '
    b'"FileID": "{1}", "Password": "x", "AutoRun": 1}, "Cedar Sync\\\\Scheduler": {"RunEveryNMinutes": "1"}}'
)

TARGETS: Final[dict[str, Target]] = {
    "envelope": Target(
        _envelope,
        (
            envelope("authenticate", strUserName="cedar-sync", strPassword="correct horse"),
            envelope("receiveResponseXML", ticket="1", response="<QBXML/>", hresult="", message=""),
            envelope("clientVersion", strVersion="2.3").decode().replace("utf-8", "utf-16").encode("utf-16"),
            b'<!DOCTYPE a [<!ENTITY b "c">]>' + envelope("serverVersion"),
        ),
        (MalformedEnvelope,),
        ("<!DOCTYPE", "<!ENTITY", "&#x", "<![CDATA[", "<?xml", "encoding=", "qbXMLMajorVers", "\ufeff"),
    ),
    "http_head": Target(
        _http_head,
        (
            head(8085, "POST /qbwc HTTP/1.1", "Content-Length: 3") + b"abc",
            head(8085, "GET http://localhost:8085/qbwc?wsdl HTTP/1.1", "Expect: 100-continue"),
            head(8085, "POST /qbwc HTTP/1.1", "Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\n\r\n",
        ),
        (),
        ("Content-Length:", "Transfer-Encoding:", "Host:", "\r\n ", "Origin:", "Sec-Fetch-Site:", "http://[", "%00"),
    ),
    "qbxml": Target(
        _qbxml,
        (_ORDER, _INTRODUCTION, _LISTS),
        (UnreadableAnswer,),
        ("<!DOCTYPE", "<!ENTITY", "&#x0;", "1e9", "-0", "NaN", "Infinity", "<SupportedQBXMLVersion>", "statusCode="),
    ),
    "online_batch": Target(
        _online_batch,
        (_BATCH, b'{"Fault":{"Error":[{"Message":"a","Detail":"b","code":"2010"}],"type":"ValidationFault"}}', _VOID),
        (StopRun,),
        (
            '"Fault":',
            '"code":"5010"',
            '"Amount":',
            "1e99999",
            "NaN",
            '"Estimate":',
            '"status":"Deleted"',
            "[[[[",
            "null",
        ),
    ),
    "online_page": Target(
        _online_page,
        (_PAGE, b'{"QueryResponse":{},"time":"2026-11-26T00:00:00Z"}'),
        (StopRun,),
        ('"Customer":', '"Active":', '"TxnDate":', '"Qty":', "-1e400", '"LinkedTxn":', "null", "[]"),
    ),
    "pasted_address": Target(
        _pasted_address,
        (b"http://localhost:8086/qbo/callback?code=A&state=1-b&realmId=9",),
        (PasteRefused,),
        ("http://", "[::1", "%00", "?code=", "@", "#", "https://appcenter.intuit.com/connect/oauth2?"),
    ),
    "cedar_rows": Target(
        _cedar_rows,
        (_ROW, b'{"rows":[{"data":null}]}', b'{"nextToken":5,"rows":[]}'),
        (wire.Unreadable, CedarFault),
        ('"decimalVal":', '"value":', '"tsVal":', '"realVal":', "1e999", "9999999999999999999999", "null", "\\ud800"),
    ),
    "cedar_summary": Target(
        _cedar_summary,
        (
            b'{"aggregates":[{"columnKey":"chargeId","op":"AO_COUNT","intVal":"3"},{"columnKey":"amount",'
            b'"op":"AO_SUM","decimalVal":{"value":"12.50"}},{"columnKey":"appliedAt","op":"AO_MIN","tsVal":"2026-11-01'
            b'T00:00:00Z"}]}',
        ),
        (wire.Unreadable,),
        ("AO_COUNT", "AO_SUM", "AO_MAX", "1e999", "-1", "0.5"),
    ),
    "cedar_definition": Target(
        _cedar_definition,
        (
            json.dumps(
                {"columns": [{"key": each.key, "name": each.key, "type": "STRING", "aliases": []} for each in _COLUMNS]}
            ).encode(),
        ),
        (wire.Unreadable, CedarFault),
        ('"aliases":', '"type":', "TIMESTAMP", "gl_code", "GL Number"),
    ),
    "cedar_cells": Target(
        _cedar_cells,
        (
            b"12.50",
            b"-1e-30",
            b"2026-11-01T09:00:00.123456-05:00",
            b"9999-12-31T23:59:59-23:59",
            b"1e9999",
            b"0001-01-01",
        ),
        (),
        ("e+", "E-", "T24:00", "+23:59", "2026-W01", "NaN", "_"),
    ),
    "settings": Target(
        _settings,
        (_SETTINGS, b'connections = [{name = "a", cedar = {time_zone = "../x"}}, {name = "A"}]'),
        (NotConfigured,),
        ("[[", "]]", "inf", "0x", "1979-05-27", '"""', "connections", "columns", "time_zone", "username"),
    ),
    "qwc": Target(
        _qwc, (_QWC,), (ConnectorError,), ("<!DOCTYPE", "<!ENTITY", "<RunEveryNMinutes>", "http://[", "<AppURL>")
    ),
    "connector_log": Target(
        _connector_log,
        (
            _LOG,
            _LOG.decode().encode("utf-16"),
            b"20261122.09:14:00\t: QBWC1032: application named <Cedar Sync>. Please set",
        ),
        (),
        ("Update session locked", "QBWC1039", "99991231.23:59:59", "00010101.00:00:00", "unique OwnerID/FileID pair"),
    ),
    "connector_settings": Target(
        _connector_settings,
        (_REGISTRY,),
        (ValueError, RecursionError),
        ("RunEveryNSeconds", "AppUniqueName", "HasPassword", "DoScheduling", "-1"),
    ),
    "memos": Target(
        _memos,
        (b"INV-1001 see note (paid)", "Rechnung №7, ﬀ ß İ".encode(), b"Cedar invoice 1.2.3: [x]"),
        (),
        ("cedar invoice ", "\u2026", "\u0130", "\u00df"),
    ),
}
