; The installer: per user, without an administrator. installer/build.py gives the names (/D...), the program has them too.
;
; Switches: /S silent; /UPDATE silent, and the program is started afterwards; for the uninstaller /S, /DATA=remove.
; Ends with 0 done, 1 left by the user, 2 the program is in use and does not end, 3 the new version cannot start here
; (what was there before is there again).
Target ${TARGET}
Unicode true
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64 ; so that what both programs have is packed once
!endif
AllowSkipFiles off
BrandingText "${PRODUCT} ${VERSION}"
Name "${PRODUCT}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP_ID}"
!define SHORTCUT "$SMPROGRAMS\${PRODUCT}.lnk"
!define TRAY "$INSTDIR\${TRAY_EXE}"
!define COMMANDS "$INSTDIR\${COMMANDS_EXE}"
!define PREVIOUS "$INSTDIR.previous"
!define UNINSTALLER "uninstall.exe"

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${PRODUCT}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "${PRODUCT} setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey CompanyName "${COMPANY}"
VIAddVersionKey LegalCopyright "${COMPANY}"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "${TRAY}"
!define MUI_FINISHPAGE_RUN_TEXT "$(OpenNow)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

LangString OpenNow ${LANG_ENGLISH} "Open ${PRODUCT}"
LangString AtSignIn ${LANG_ENGLISH} "Start when I sign in"
LangString TooOld ${LANG_ENGLISH} "${PRODUCT} needs a 64-bit Windows 10 or later."
LangString InUse ${LANG_ENGLISH} "${PRODUCT} is still running and does not end. Close it, and any window in which $\"${COMMANDS_EXE} serve$\" runs, then start this setup again. Nothing was changed."
LangString CannotStart ${LANG_ENGLISH} "${PRODUCT} ${VERSION} cannot start on this computer, so it was not installed. What was installed before is in place again."
LangString AskData ${LANG_ENGLISH} "Remove your settings and the record of what was sent, too?$\n$\nWithout the record, ${PRODUCT} has to find in QuickBooks what it sent before. Keep it if you may install ${PRODUCT} again."

Var wasRunning   ; "1" if the tray program ran
Var hasPrevious  ; "1" once the old files have been moved aside
Var isUpdate

; ---- ends the running program -------------------------------------------------------------------------------------
; Leaves 1 in $wasRunning if the tray program ran. $0 is "1" if no file of the program is in use any more.
!macro EndProgram UN
Function ${UN}EndProgram
  StrCpy $wasRunning 0
  Call ${UN}IsFree
  ${If} $0 == 1
    Return
  ${EndIf}
  Call ${UN}IsTrayFree
  ${If} $0 != 1
    StrCpy $wasRunning 1
    nsExec::Exec '"${TRAY}" --quit'
    Pop $0
    Call ${UN}WaitUntilFree
    ${If} $0 == 1
      Return
    ${EndIf}
    ; The practice company is a program of its own.
    nsExec::Exec '"${TRAY}" --quit --home "$LOCALAPPDATA\${PRODUCT} Practice\Cache"'
    Pop $0
  ${EndIf}
  Call ${UN}WaitUntilFree
FunctionEnd

; The program has said good-bye before its process has gone.
Function ${UN}WaitUntilFree
  ${For} $1 1 50
    Call ${UN}IsFree
    ${If} $0 == 1
      Return
    ${EndIf}
    Sleep 100
  ${Next}
FunctionEnd

; A program that runs cannot be opened for writing. $0 is "1" if neither runs.
Function ${UN}IsFree
  Call ${UN}IsTrayFree
  ${If} $0 == 1
    Push "${COMMANDS}"
    Call ${UN}CanWrite
  ${EndIf}
FunctionEnd

Function ${UN}IsTrayFree
  Push "${TRAY}"
  Call ${UN}CanWrite
FunctionEnd

Function ${UN}CanWrite
  Pop $2
  StrCpy $0 1
  ${If} ${FileExists} "$2"
    ClearErrors
    FileOpen $3 "$2" a
    ${If} ${Errors}
      StrCpy $0 0
    ${Else}
      FileClose $3
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd
!macroend
!insertmacro EndProgram ""
!insertmacro EndProgram "un."

; ---- install ------------------------------------------------------------------------------------------------------
; What an installation that was cut off left: the old files count until the new ones were found good.
Function RepairLeftOver
  ${If} ${FileExists} "${PREVIOUS}\${TRAY_EXE}"
    RMDir /r "$INSTDIR"
    Rename "${PREVIOUS}" "$INSTDIR"
  ${EndIf}
  RMDir /r "${PREVIOUS}"
  ClearErrors
FunctionEnd

; Puts everything back as it was before.
Function GiveUp
  RMDir /r "$INSTDIR"
  ${If} $hasPrevious == 1
    ClearErrors
    Rename "${PREVIOUS}" "$INSTDIR"
    Call StartAgain
  ${EndIf}
FunctionEnd

; The program that was there goes on: one that asked for this update has ended by itself for it.
Function StartAgain
  ${If} $wasRunning == 1
  ${OrIf} $isUpdate == 1
    Exec '"${TRAY}" --hidden'
  ${EndIf}
FunctionEnd

Function .onInstFailed
  ; No room, or a file that cannot be written.
  SetOutPath "$TEMP"
  Call GiveUp
  SetErrorLevel 3
FunctionEnd

Section "-${PRODUCT}"
  SetOutPath "$TEMP" ; a folder that is somebody's current one cannot be moved
  Call EndProgram
  ${If} $0 != 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(InUse)" /SD IDOK
    Call StartAgain
    SetErrorLevel 2
    Quit
  ${EndIf}
  Call RepairLeftOver
  ${If} ${FileExists} "$INSTDIR\*.*"
    ClearErrors
    Rename "$INSTDIR" "${PREVIOUS}"
    ${If} ${Errors}
      Call StartAgain
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(InUse)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    StrCpy $hasPrevious 1
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  SetOutPath "$TEMP"
  ; It says nothing until it knows; silence for longer than this many milliseconds is a failure too.
  nsExec::Exec /TIMEOUT=120000 '"${COMMANDS}" self-check'
  Pop $0
  ${If} $0 != 0
    Call GiveUp
    MessageBox MB_OK|MB_ICONSTOP "$(CannotStart)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  RMDir /r "${PREVIOUS}"
  StrCpy $hasPrevious 0

  SetOutPath "$PROFILE" ; where the program started by the shortcut is at home; not in a folder an update must move
  CreateDirectory "$SMPROGRAMS"
  CreateShortcut "${SHORTCUT}" "${TRAY}"
  nsExec::Exec '"${COMMANDS}" finish-shortcut "${SHORTCUT}"'
  Pop $0

  WriteRegStr HKCU "${ENTRY}" DisplayName "${PRODUCT}"
  WriteRegStr HKCU "${ENTRY}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" Publisher "${COMPANY}"
  WriteRegStr HKCU "${ENTRY}" DisplayIcon '"${TRAY}",0'
  WriteRegStr HKCU "${ENTRY}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" UninstallString '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${ENTRY}" QuietUninstallString '"$INSTDIR\${UNINSTALLER}" /S'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${ENTRY}" EstimatedSize $0
  WriteRegDWORD HKCU "${ENTRY}" NoModify 1
  WriteRegDWORD HKCU "${ENTRY}" NoRepair 1
SectionEnd

Section "$(AtSignIn)" SignIn
  ; A value that names this program, perhaps with a home of its own, is the user's and stays.
  ReadRegStr $0 HKCU "${RUN}" "${PRODUCT}"
  ${If} $0 == ""
    WriteRegStr HKCU "${RUN}" "${PRODUCT}" '"${TRAY}" --hidden'
  ${EndIf}
SectionEnd

Section "-Start again"
  ${IfNot} ${SectionIsSelected} ${SignIn}
    DeleteRegValue HKCU "${RUN}" "${PRODUCT}"
  ${EndIf}
  ${If} $isUpdate == 1
    Exec '"${TRAY}" --hidden'
  ${ElseIf} $wasRunning == 1
  ${AndIf} ${Silent}
    Exec '"${TRAY}" --hidden'
  ${EndIf}
SectionEnd

; After the sections, whose numbers it needs.
Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ; Always the same path, whatever the command line says.
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${FOLDER}"
  StrCpy $hasPrevious 0
  StrCpy $isUpdate 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPDATE" $1
  ${IfNot} ${Errors}
    StrCpy $isUpdate 1
    SetSilent silent
  ${EndIf}
  ClearErrors
  ; What was chosen before stays chosen: only the first time it is on by itself.
  ReadRegStr $0 HKCU "${ENTRY}" DisplayName
  ReadRegStr $1 HKCU "${RUN}" "${PRODUCT}"
  ${If} $0 != ""
  ${AndIf} $1 == ""
    !insertmacro UnselectSection ${SignIn}
  ${EndIf}
FunctionEnd

; ---- uninstall ----------------------------------------------------------------------------------------------------
Function un.onInit
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${FOLDER}"
FunctionEnd

Section Uninstall
  SetOutPath "$TEMP"
  Call un.EndProgram
  ${If} $0 != 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(InUse)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DATA=" $9
  ${If} $9 != "remove"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(AskData)" /SD IDNO IDNO keep
    StrCpy $9 "remove"
  keep:
  ${EndIf}
  ${If} $9 == "remove"
    nsExec::Exec /TIMEOUT=60000 '"${COMMANDS}" forget-secrets'
    Pop $0
    RMDir /r "$LOCALAPPDATA\${PRODUCT}"
  ${EndIf}
  ; What practising left is nobody's data.
  RMDir /r "$LOCALAPPDATA\${PRODUCT} Practice"
  Delete "${SHORTCUT}"
  DeleteRegValue HKCU "${RUN}" "${PRODUCT}"
  DeleteRegValue HKCU "${APPROVED}" "${PRODUCT}"
  DeleteRegKey HKCU "${ENTRY}"
  RMDir /r "${PREVIOUS}"
  RMDir /r "$INSTDIR"
SectionEnd
