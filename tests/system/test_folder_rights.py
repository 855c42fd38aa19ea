from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.system.folder_rights import keep_to_owner


@pytest.mark.skipif(os.name != "posix", reason="rights of that kind are POSIX's")
def test_a_folder_that_was_there_is_kept_to_its_owner_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    keep_to_owner(tmp_path, is_new=False)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    from app.system.folder_rights import own_sid

    def rights(folder: Path) -> str:
        """Read who may do what, in Windows' own notation."""
        advapi = ctypes.WinDLL("advapi32")
        descriptor, text = ctypes.c_void_p(), ctypes.c_void_p()
        assert not advapi.GetNamedSecurityInfoW(str(folder), 1, 4, None, None, None, None, ctypes.byref(descriptor))
        advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = [
            ctypes.c_void_p,
            wintypes.DWORD,
            wintypes.DWORD,
            ctypes.POINTER(ctypes.c_void_p),
            ctypes.c_void_p,
        ]
        assert advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, 1, 4, ctypes.byref(text), None)
        return ctypes.wstring_at(text.value or 0)

    def test_a_new_folder_is_for_its_owner_system_and_administrators(tmp_path: Path) -> None:
        folder = tmp_path / "Jürgen's home"
        folder.mkdir()
        keep_to_owner(folder, is_new=True)
        found = rights(folder)
        assert own_sid() in found
        assert ";SY)" in found
        assert all(name not in found for name in (";WD)", ";BU)", ";AU)"))
        (folder / "file").write_text("still mine", encoding="utf-8")

    def test_a_folder_somebody_prepared_keeps_its_rights(tmp_path: Path) -> None:
        before = rights(tmp_path)
        keep_to_owner(tmp_path, is_new=False)
        assert rights(tmp_path) == before
