"""Keeps a folder of ours to its owner: other users of the same computer have no business in it."""

import logging
import os
import sys
from pathlib import Path

log = logging.getLogger(__name__)

_OWNER_ONLY = 0o700


def keep_to_owner(folder: Path, *, is_new: bool) -> None:
    r"""Let nobody but the owner into a folder (and, on Windows, the system and its administrators).

    Args:
        folder: The folder.
        is_new: Whether it was made just now. On Windows only such a folder is changed: the usual home is inside the
            user's profile, which nobody else may open, and the rights of a folder somebody prepared are theirs.

    Raises:
        OSError: If a POSIX system refuses.
    """
    if os.name == "posix":
        folder.chmod(_OWNER_ONLY)
    elif is_new:
        try:
            _restrict(folder)
        except OSError as exc:
            # A drive without rights, such as a memory stick, is still a place to work in.
            log.warning("the rights of %s could not be narrowed: %s", folder, exc)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _TOKEN_QUERY = 0x0008
    _TOKEN_USER = 1
    _SDDL_REVISION = 1
    _FILE_OBJECT = 1
    _DACL = 0x00000004
    _PROTECTED_DACL = 0x80000000
    _FULL = "(A;OICI;FA;;;{sid})"
    """Allowed, and what is made inside inherits it: full access."""

    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.CloseHandle.argtypes = [wintypes.HANDLE]
    _kernel.LocalFree.argtypes = [ctypes.c_void_p]
    _kernel.LocalFree.restype = ctypes.c_void_p
    _advapi.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
    _advapi.GetTokenInformation.argtypes = [
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.DWORD),
    ]
    _advapi.ConvertSidToStringSidW.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]
    _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
        wintypes.LPCWSTR,
        wintypes.DWORD,
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_void_p,
    ]
    _advapi.GetSecurityDescriptorDacl.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(wintypes.BOOL),
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(wintypes.BOOL),
    ]
    _advapi.SetNamedSecurityInfoW.argtypes = [
        wintypes.LPWSTR,
        ctypes.c_int,
        wintypes.DWORD,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]

    def own_sid() -> str:
        """Give the security identifier of the user this program runs as, in its text form (``S-1-5-21-...``).

        Raises:
            OSError: If Windows does not tell.
        """
        token = wintypes.HANDLE()
        _check(_advapi.OpenProcessToken(_kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)))
        try:
            size = wintypes.DWORD()
            _advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            user = ctypes.create_string_buffer(size.value)
            _check(_advapi.GetTokenInformation(token, _TOKEN_USER, user, size, ctypes.byref(size)))
            # TOKEN_USER begins with the pointer to the SID.
            sid = ctypes.cast(user, ctypes.POINTER(ctypes.c_void_p)).contents
            text = ctypes.c_void_p()
            _check(_advapi.ConvertSidToStringSidW(sid, ctypes.byref(text)))
            try:
                return ctypes.wstring_at(text.value or 0)
            finally:
                _kernel.LocalFree(text)
        finally:
            _kernel.CloseHandle(token)

    def _restrict(folder: Path) -> None:
        rights = "D:P" + "".join(_FULL.format(sid=sid) for sid in ("SY", "BA", own_sid()))
        descriptor, dacl = ctypes.c_void_p(), ctypes.c_void_p()
        is_there, is_default = wintypes.BOOL(), wintypes.BOOL()
        _check(
            _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                rights, _SDDL_REVISION, ctypes.byref(descriptor), None
            )
        )
        try:
            _check(
                _advapi.GetSecurityDescriptorDacl(
                    descriptor, ctypes.byref(is_there), ctypes.byref(dacl), ctypes.byref(is_default)
                )
            )
            code = _advapi.SetNamedSecurityInfoW(
                str(folder), _FILE_OBJECT, _DACL | _PROTECTED_DACL, None, None, dacl, None
            )
            if code:
                raise ctypes.WinError(code)
        finally:
            _kernel.LocalFree(descriptor)

    def _check(result: int) -> None:
        if not result:
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def _restrict(folder: Path) -> None:
        """Leave a folder to the rights of a system that is neither POSIX nor Windows."""
