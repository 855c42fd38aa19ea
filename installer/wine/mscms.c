/* Wine 8's mscms.dll stops the program where Qt asks for a colour profile; this one says that there is none. */
#include <windows.h>

__declspec(dllexport) HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD mode) { return NULL; }
__declspec(dllexport) BOOL WINAPI CloseColorProfile(HANDLE profile) { return TRUE; }
__declspec(dllexport) HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options) { return NULL; }
__declspec(dllexport) BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *buffer, DWORD *size) { return FALSE; }
__declspec(dllexport) HANDLE WINAPI WcsOpenColorProfileW(void *c, void *d, void *g, DWORD a, DWORD s, DWORD m, DWORD f) { return NULL; }
__declspec(dllexport) BOOL WINAPI GetStandardColorSpaceProfileW(const WCHAR *m, DWORD id, WCHAR *name, DWORD *size) { return FALSE; }
__declspec(dllexport) BOOL WINAPI GetColorDirectoryW(const WCHAR *m, WCHAR *buffer, DWORD *size) { return FALSE; }
