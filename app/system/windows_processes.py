"""Which of QuickBooks' programs run under this Windows sign-in, and whether as administrator.

Straight from Windows: a list of processes is one snapshot, and whether one is elevated no library of processes tells.
"""

import os
import re
import sys
from typing import Final

CONNECTOR: Final = "qbwebconnector.exe"
_QUICKBOOKS: Final = re.compile(r"qbw(32)?(pro|premier\w*|enterprise\w*)?\.exe")


def is_quickbooks(name: str) -> bool:
    """Tell QuickBooks itself from its helpers, whose names begin alike."""
    return _QUICKBOOKS.fullmatch(name.casefold()) is not None


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    from app.system.web_connector_install import SeenProcess

    _SNAPSHOT_PROCESSES: Final = 0x2
    _QUERY_LIMITED: Final = 0x1000
    _TOKEN_QUERY: Final = 0x8
    _TOKEN_ELEVATION: Final = 20
    _ACCESS_DENIED: Final = 5
    _NO_HANDLE: Final = wintypes.HANDLE(-1).value

    class _Entry(ctypes.Structure):
        """PROCESSENTRY32W."""

        _fields_ = (
            ("dwSize", wintypes.DWORD),
            ("cntUsage", wintypes.DWORD),
            ("th32ProcessID", wintypes.DWORD),
            ("th32DefaultHeapID", ctypes.c_size_t),
            ("th32ModuleID", wintypes.DWORD),
            ("cntThreads", wintypes.DWORD),
            ("th32ParentProcessID", wintypes.DWORD),
            ("pcPriClassBase", wintypes.LONG),
            ("dwFlags", wintypes.DWORD),
            ("szExeFile", wintypes.WCHAR * 260),
        )

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel.CreateToolhelp32Snapshot.argtypes = (wintypes.DWORD, wintypes.DWORD)
    _kernel.CreateToolhelp32Snapshot.restype = wintypes.HANDLE
    _kernel.Process32FirstW.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Entry))
    _kernel.Process32NextW.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Entry))
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.ProcessIdToSessionId.argtypes = (wintypes.DWORD, ctypes.POINTER(wintypes.DWORD))
    _advapi.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE))
    _advapi.GetTokenInformation.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.DWORD),
    )

    def seen_processes() -> tuple[SeenProcess, ...] | None:
        """List the Web Connector and QuickBooks, of this sign-in alone; None where processes cannot be listed."""
        own = _session(os.getpid())
        listed = _all_processes()
        if listed is None:
            return None
        return tuple(
            SeenProcess(name, is_elevated(number))
            for number, name in listed
            if (name == CONNECTOR or is_quickbooks(name)) and _session(number) == own
        )

    def is_elevated(number: int) -> bool | None:
        """Tell whether a process runs as administrator; None where that cannot be told.

        An ordinary program may not ask an elevated one for its token. A refusal there, of a process of the same sign-in
        that it may otherwise open, is taken as a yes, unless this program is elevated itself.
        """
        process = _kernel.OpenProcess(_QUERY_LIMITED, False, number)
        if not process:
            return None
        token = wintypes.HANDLE()
        try:
            if not _advapi.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)):
                is_denied = ctypes.get_last_error() == _ACCESS_DENIED
                return True if is_denied and number != os.getpid() and is_elevated(os.getpid()) is False else None
            told, length = wintypes.DWORD(), wintypes.DWORD()
            size = ctypes.sizeof(told)
            is_told = _advapi.GetTokenInformation(
                token, _TOKEN_ELEVATION, ctypes.byref(told), size, ctypes.byref(length)
            )
            return bool(told.value) if is_told else None
        finally:
            if token.value:
                _kernel.CloseHandle(token)
            _kernel.CloseHandle(process)

    def _all_processes() -> list[tuple[int, str]] | None:
        snapshot = _kernel.CreateToolhelp32Snapshot(_SNAPSHOT_PROCESSES, 0)
        if snapshot in {None, _NO_HANDLE}:
            return None
        entry = _Entry(dwSize=ctypes.sizeof(_Entry))
        found: list[tuple[int, str]] = []
        try:
            is_there = _kernel.Process32FirstW(snapshot, ctypes.byref(entry))
            while is_there:
                found.append((entry.th32ProcessID, entry.szExeFile.casefold()))
                is_there = _kernel.Process32NextW(snapshot, ctypes.byref(entry))
        finally:
            _kernel.CloseHandle(snapshot)
        return found

    def _session(number: int) -> int | None:
        found = wintypes.DWORD()
        return found.value if _kernel.ProcessIdToSessionId(number, ctypes.byref(found)) else None
