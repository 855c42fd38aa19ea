"""What a person does with the lists: adding, renaming, retiring and merging records.

Rule: every change bumps the record's EditSequence, as a person's does. Mistakes of the caller are `ValueError`s.
"""

from __future__ import annotations

from decimal import Decimal

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.list_add import check_name
from app.practice.quickbooks.records import NAME_LISTS, FieldValue, ItemKind, ListKind, ListRecord, Ref
from app.practice.quickbooks.views import ListEntry, view_record

_ITEM_KINDS = {
    "service": ItemKind.SERVICE,
    "non_inventory": ItemKind.NON_INVENTORY,
    "other_charge": ItemKind.OTHER_CHARGE,
    "discount": ItemKind.DISCOUNT,
    "sales_tax": ItemKind.SALES_TAX,
}


class ListKeeping(CompanyFile):
    """The lists, as a person at the QuickBooks window keeps them."""

    def add_customer(
        self,
        name: str,
        *,
        company_name: str = "",
        is_active: bool = True,
        currency: str | None = None,
        parent: str | None = None,
        terms: str | None = None,
    ) -> str:
        """Add a customer, or a job below the customer `parent`.

        Returns:
            Its ListID.
        """
        fields: dict[str, FieldValue] = {"CompanyName": company_name} if company_name else {}
        if currency is not None:
            fields["CurrencyRef"] = Ref(self._named(ListKind.CURRENCY, currency).list_id)
        elif self.multi_currency:
            fields["CurrencyRef"] = Ref(self._named(ListKind.CURRENCY, self.home_currency).list_id)
        if terms is not None:
            fields["TermsRef"] = Ref(self._named(ListKind.TERMS, terms).list_id)
        above = None if parent is None else self._named(ListKind.CUSTOMER, parent)
        return self._add(ListKind.CUSTOMER, name, above, is_active=is_active, fields=fields).list_id

    def add_vendor(self, name: str, *, is_active: bool = True) -> str:
        """Add a vendor; its name is taken for customers too. Returns its ListID."""
        return self._add(ListKind.VENDOR, name, None, is_active=is_active).list_id

    def add_item(
        self,
        name: str,
        *,
        kind: str = "service",
        is_active: bool = True,
        price: Decimal | None = None,
        desc: str = "",
        account: str | None = None,
        parent: str | None = None,
        percent: Decimal | None = None,
    ) -> str:
        """Add an item.

        Args:
            name: Its name.
            kind: `service`, `non_inventory`, `other_charge`, `discount` or `sales_tax`.
            is_active: Whether it can be used in new lines.
            price: Its sales price.
            desc: Its sales description.
            account: Full name of its account; any income account without it.
            parent: Full name of the item it stands below.
            percent: The rate of a sales tax item.

        Returns:
            Its ListID.
        """
        fields: dict[str, FieldValue] = {"Desc": desc} if desc else {}
        if account is not None:
            fields["AccountRef"] = Ref(self._named(ListKind.ACCOUNT, account).list_id)
        else:
            incomes = (record for record in self.register.records(ListKind.ACCOUNT) if record.subtype == "Income")
            income = next(incomes, None)
            if income is not None:
                fields["AccountRef"] = Ref(income.list_id)
        above = None if parent is None else self._named(ListKind.ITEM, parent)
        record = self._add(ListKind.ITEM, name, above, is_active=is_active, fields=fields)
        record.subtype, record.price, record.percent = _ITEM_KINDS[kind].value, price, percent
        return record.list_id

    def add_account(self, name: str, type: str, *, is_active: bool = True) -> str:
        """Add an account of an AccountType such as `Income`. Returns its ListID."""
        record = self._add(ListKind.ACCOUNT, name, None, is_active=is_active)
        record.subtype = type
        return record.list_id

    def add_to_list(
        self,
        kind: ListKind,
        name: str,
        *,
        subtype: str = "",
        percent: Decimal | None = None,
        due_days: int | None = None,
    ) -> str:
        """Add a record to one of the small lists: terms, classes, price levels, currencies and so on.

        Args:
            kind: The list.
            name: The record's name.
            subtype: TemplateType of a template, `Taxable` or empty for a sales tax code.
            percent: The change of a price level.
            due_days: Days to pay, for terms.

        Returns:
            Its ListID.
        """
        fields: dict[str, FieldValue] = {} if due_days is None else {"StdDueDays": str(due_days)}
        record = self._add(kind, name, None, is_active=True, fields=fields)
        record.subtype, record.percent = subtype, percent
        return record.list_id

    def list_entries(self, kind: ListKind) -> list[ListEntry]:
        """List the records of a list."""
        return [view_record(self, record) for record in self.register.records(kind)]

    def rename_customer(self, name_or_id: str, new_name: str) -> None:
        """Give a customer another name; its ListID and its documents stay."""
        with self.guard:
            record = self._customer(name_or_id)
            parent = None if record.parent_id is None else self.register.record(record.parent_id)
            if new_name.casefold() != record.name.casefold():
                self._check_name(ListKind.CUSTOMER, new_name, parent)
            self.register.rename_record(record, new_name)
            self.register.touch(record)

    def make_inactive(self, list_id: str) -> None:
        """Hide a list record from new documents."""
        self._set_active(list_id, is_active=False)

    def make_active(self, list_id: str) -> None:
        """Bring a hidden list record back."""
        self._set_active(list_id, is_active=True)

    def merge(self, name_or_id: str, into: str) -> None:
        """Merge a customer into another: its documents move over, its ListID is gone."""
        with self.guard:
            record, target = self._customer(name_or_id), self._customer(into)
            if record is target:
                raise ValueError("a customer cannot be merged into itself")
            for document in self.register.of_customers([record.list_id]):
                self.register.reassign(document, target.list_id)
            self.register.remove_record(record.list_id)
            self.register.touch(target)

    def _add(
        self,
        kind: ListKind,
        name: str,
        parent: ListRecord | None,
        *,
        is_active: bool,
        fields: dict[str, FieldValue] | None = None,
    ) -> ListRecord:
        with self.guard:
            self._check_name(kind, name, parent)
            above = None if parent is None else parent.list_id
            return self.register.add_record(kind, name, parent_id=above, is_active=is_active, fields=fields)

    def _check_name(self, kind: ListKind, name: str, parent: ListRecord | None) -> None:
        try:
            check_name(self, kind, name, parent)
        except Refusal as error:
            raise ValueError(error.message) from error

    def _set_active(self, list_id: str, *, is_active: bool) -> None:
        with self.guard:
            record = self.register.record(list_id)
            if record is None:
                raise ValueError(f"there is no list record {list_id}")
            record.is_active = is_active
            self.register.touch(record)

    def _named(self, kind: ListKind, name: str) -> ListRecord:
        record = self.register.named(kind, name)
        if record is None:
            raise ValueError(f"there is no {kind.value} named {name!r}")
        return record

    def _customer(self, name_or_id: str) -> ListRecord:
        record = self.register.record(name_or_id)
        if record is not None and record.kind in NAME_LISTS:
            return record
        return self._named(ListKind.CUSTOMER, name_or_id)
