"""Money, dates and times as the user's computer writes them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTime

from app.domain.money import ZERO
from app.domain.sums import Sums
from app.ui.window import texts

MINUS: Final = "\N{MINUS SIGN}"
"""As it is shown; where a text leaves the window, an ordinary one stands for it, which a spreadsheet reads."""
_SIGNS: Final = {"USD": "$"}
_A_WEEK: Final = timedelta(days=7)
"""A weekday names one day only within less than a week."""
_SWAP: Final = str.maketrans({",": "\x00", ".": "\x01"})


def plain_money(amount: Decimal) -> str:
    """Write an amount with two decimals and the user's separators; never by way of a float."""
    locale = QLocale()
    text = f"{abs(amount):,.2f}".translate(_SWAP)
    text = text.replace("\x00", locale.groupSeparator()).replace("\x01", locale.decimalPoint())
    return f"{MINUS}{text}" if amount < 0 else text


def money(amount: Decimal, currency: str | None) -> str:
    """Write an amount with its currency, as far as that is known."""
    text = plain_money(amount)
    if not currency:
        return text
    sign = _SIGNS.get(currency)
    if sign is None:
        return f"{currency} {text}"
    return f"{MINUS}{sign}{text[1:]}" if amount < 0 else f"{sign}{text}"


def sums(found: Sums, usual: str | None = None) -> str:
    """Write sums, each currency by itself; where there is nothing, as nothing of the usual currency."""
    if not found:
        return money(ZERO, usual)
    words = [money(amount, currency) for currency, amount in found.parts]
    if None in found.currencies and len(words) > 1:
        words[-1] = texts.MONEY_MIXED.format(money=words[-1])
    return texts.MONEY_PLUS.join(words)


def quantity(number: Decimal | None) -> str:
    """Write a quantity without idle zeros."""
    return "" if number is None else f"{number.normalize():f}".replace(".", QLocale().decimalPoint())


def short_day(day: date | None, today: date) -> str:
    """Write a date for a table: without the year while it is this one."""
    if day is None:
        return ""
    words = "d MMM" if day.year == today.year else "d MMM yyyy"
    return QLocale().toString(_date(day), words)


def long_day(day: date) -> str:
    """Write a date in full."""
    return QLocale().toString(_date(day), "d MMMM yyyy")


def moment(at: datetime, now: datetime) -> str:
    """Write a time of today as a time, one of the days around it with the weekday, and any other with its date."""
    local, here = at.astimezone(), now.astimezone()
    locale = QLocale()
    text = locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == here.date():
        return text
    if abs(local.date() - here.date()) < _A_WEEK:
        return f"{locale.dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)} {text}"
    return f"{short_day(local.date(), here.date())} {text}"


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
