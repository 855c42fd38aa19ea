"""Writes a file whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Put text in the place of a file's content, readable by its owner alone.

    Once this returns, it survives a loss of power.

    Raises:
        OSError: If it cannot be written; the file is as it was then.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole_bytes(file, text.encode("utf-8"))


def write_whole_bytes(file: Path, content: bytes) -> None:
    """Put bytes in the place of a file's content, as `write_whole` does, in a folder that is there.

    Raises:
        OSError: If they cannot be written; the file is as it was then.
    """
    # What `mkstemp` makes is open to its owner alone.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}-", suffix=file.suffix)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _keep_name(file.parent)


def _keep_name(folder: Path) -> None:
    """Have the folder's entry written too, where a system lets a folder be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
