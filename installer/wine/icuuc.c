/* Windows 10 and later have icuuc.dll; Wine 8 does not. Qt asks it for text converters, and takes "none" for an answer. */
#define ERROR_CODE 2 /* U_FILE_ACCESS_ERROR */

typedef void *Converter;

__declspec(dllexport) Converter ucnv_open(const char *name, int *status) { if (status) *status = ERROR_CODE; return 0; }
__declspec(dllexport) void ucnv_close(Converter c) {}
__declspec(dllexport) void ucnv_reset(Converter c) {}
__declspec(dllexport) signed char ucnv_getMaxCharSize(Converter c) { return 1; }
__declspec(dllexport) const char *ucnv_getName(Converter c, int *status) { if (status) *status = ERROR_CODE; return 0; }
__declspec(dllexport) void ucnv_getToUCallBack(Converter c, void **action, const void **context) { *action = 0; *context = 0; }
__declspec(dllexport) void ucnv_setToUCallBack(Converter c, void *a, const void *n, void **oa, const void **on, int *status) {}
__declspec(dllexport) void ucnv_getFromUCallBack(Converter c, void **action, const void **context) { *action = 0; *context = 0; }
__declspec(dllexport) void ucnv_setFromUCallBack(Converter c, void *a, const void *n, void **oa, const void **on, int *status) {}
__declspec(dllexport) void ucnv_cbToUWriteUChars(void *a, const void *s, int n, int offset, int *status) {}
__declspec(dllexport) void ucnv_cbFromUWriteUChars(void *a, const void **s, const void *end, int offset, int *status) {}
__declspec(dllexport) void ucnv_toUnicode(Converter c, void **t, const void *tl, const void **s, const void *sl, int *o, signed char f, int *status) { if (status) *status = ERROR_CODE; }
__declspec(dllexport) void ucnv_fromUnicode(Converter c, void **t, const void *tl, const void **s, const void *sl, int *o, signed char f, int *status) { if (status) *status = ERROR_CODE; }
__declspec(dllexport) int ucnv_toUCountPending(Converter c, int *status) { return 0; }
__declspec(dllexport) int ucnv_fromUCountPending(Converter c, int *status) { return 0; }
__declspec(dllexport) const char *ucnv_getStandardName(const char *n, const char *s, int *status) { if (status) *status = ERROR_CODE; return 0; }
__declspec(dllexport) int ucnv_countAvailable(void) { return 0; }
__declspec(dllexport) const char *ucnv_getAvailableName(int n) { return 0; }
__declspec(dllexport) void UCNV_TO_U_CALLBACK_SUBSTITUTE(void *c, void *a, const char *u, int n, int r, int *status) {}
__declspec(dllexport) void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void *c, void *a, const void *u, int n, int p, int r, int *status) {}
