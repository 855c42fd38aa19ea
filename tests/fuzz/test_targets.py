"""Every reader takes its seeds, cut off and spoilt ones too; what fuzzing found is tested beside the reader."""

import random

import pytest

from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_lets_nothing_out_but_what_it_documents(name: str) -> None:
    target = TARGETS[name]
    chance = random.Random(name)  # noqa: S311 (the same bytes in every run)
    for seed in target.seeds:
        target.take(seed)
        for _ in range(30):
            spoilt = bytearray(seed[: chance.randrange(len(seed) + 1)])
            for _ in range(chance.randrange(4)):
                at = chance.randrange(len(spoilt) + 1)
                spoilt[at : at + chance.randrange(3)] = chance.choice(target.words or ("\0",)).encode()
            target.take(bytes(spoilt))


@pytest.mark.parametrize("name", TARGETS)
def test_the_first_seed_is_read_to_its_end(name: str) -> None:
    TARGETS[name].read(TARGETS[name].seeds[0])


def test_what_is_not_documented_is_seen() -> None:
    with pytest.raises(AssertionError):
        Target(_fail, (b"",), (ValueError,)).take(b"")


def _fail(data: bytes) -> None:
    raise AssertionError(data)
