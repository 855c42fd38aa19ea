"""The company file as text: dumping and restoring everything it remembers.

Rule: JSON with the field names of the records; only what belongs to the file, not the clock and not the hooks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import TypeVar, cast

from app.practice.quickbooks.codec import Json, plain, typed
from app.practice.quickbooks.company_file import CompanyFile, MessageSetMemory
from app.practice.quickbooks.records import Deletion, Document, DocumentKind, ListRecord
from app.practice.quickbooks.register import Register
from app.practice.quickbooks.settings import CompanySettings

_FORMAT = 1
_NOT_KEPT = ("clock",)
_Record = TypeVar("_Record")


def dump(company: CompanyFile) -> str:
    """Write a company file as text."""
    register = company.register
    kept = [field.name for field in fields(CompanySettings) if field.name not in _NOT_KEPT]
    return json.dumps(
        {
            "format": _FORMAT,
            "path": company.path,
            "name": company.name,
            "settings": {name: plain(getattr(company, name)) for name in kept},
            "serial": register.serial,
            "txn_number": register.txn_number,
            "last_numbers": plain(register.last_numbers),
            "last_dates": plain(register.last_dates),
            "records": [plain(record) for record in register.all_records()],
            "documents": [plain(document) for document in register.documents()],
            "deletions": [plain(deletion) for deletion in register.deletions],
            "locked": sorted(company.locked),
            "stamps": plain(company.stamps),
            "custom_fields": sorted(company.custom_fields),
            "memories": plain(company.memories),
        }
    )


def restore(company: CompanyFile, text: str) -> None:
    """Make a company file what a text says; whatever it held is gone.

    Raises:
        ValueError: It is not the text of a company file.
    """
    try:
        stored = json.loads(text)
        if stored["format"] != _FORMAT:
            raise ValueError(f"a company file of format {stored['format']} is not known")
        _restore(company, stored)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError("this is not the text of a company file") from error


def _restore(company: CompanyFile, stored: dict[str, Json]) -> None:
    company.path, company.name = str(stored["path"]), str(stored["name"])
    settings = typed(CompanySettings, stored["settings"])
    for field in fields(CompanySettings):
        if field.name not in _NOT_KEPT:
            setattr(company, field.name, getattr(settings, field.name))
    register = company.register = Register(company.now)
    for record in _each(ListRecord, stored["records"]):
        register.restore_record(record)
    for document in _each(Document, stored["documents"]):
        register.restore_document(document)
    register.deletions = list(_each(Deletion, stored["deletions"]))
    register.serial = cast("int", stored["serial"])
    register.txn_number = cast("int", stored["txn_number"])
    register.last_numbers = typed(dict[DocumentKind, str], stored["last_numbers"])
    register.last_dates = typed(dict[DocumentKind, date], stored["last_dates"])
    company.locked = set(typed(list[str], stored["locked"]))
    company.stamps = typed(dict[str, dict[str, str]], stored["stamps"])
    company.custom_fields = set(typed(list[str], stored["custom_fields"]))
    company.memories = typed(dict[str, MessageSetMemory], stored["memories"])


def _each(kind: type[_Record], stored: Json) -> Iterable[_Record]:
    return (typed(kind, entry) for entry in cast("list[Json]", stored))
