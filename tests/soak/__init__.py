"""A month in a railroad office on a clock that is moved: ``python -m tests.soak``. No part of the suite."""
