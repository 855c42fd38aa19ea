"""No reason is without a test that provokes it in the practice world."""

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

from app.domain.reasons import ReasonCode
from tests.reasons.provoking import provoked_by


def provoking_tests() -> dict[ReasonCode, list[str]]:
    """Name the tests of this package by the reason they provoke; those that wait for a fix do not count."""
    found: dict[ReasonCode, list[str]] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        members = inspect.getmembers(importlib.import_module(f"tests.reasons.{module.name}"), inspect.isfunction)
        for name, test in members:
            code = provoked_by(test)
            marks = getattr(test, "pytestmark", [])
            if name.startswith("test_") and code is not None and not any(mark.name == "xfail" for mark in marks):
                found.setdefault(code, []).append(name)
    return found


@pytest.mark.parametrize("code", ReasonCode)
def test_a_test_provokes_it(code: ReasonCode) -> None:
    assert provoking_tests().get(code)
