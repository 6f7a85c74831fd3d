; NOT TESTED on Windows; that it compiles is tested where makensis is installed.
;   makensis /DBUNDLE=… /DICONS=… /DOUT=… installer.nsi
; For one person, without an administrator. What it writes down at installing is what it removes: the
; files of the bundle by its own list, its links, and its entry in the list of programs. The profile
; stays; “asset-bridge doctor --uninstall --with-profile”, run before, takes it away.
Unicode true
!ifndef VERSION
  !define VERSION "0.1.0"
!endif
!define NAME "Asset Bridge"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AssetBridge"
Name "${NAME}"
OutFile "${OUT}\asset-bridge-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\Asset Bridge"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "FileFunc.nsh"
!define MUI_ICON "${ICONS}\asset-bridge.ico"
!define MUI_UNICON "${ICONS}\asset-bridge.ico"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Arabic"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "Spanish"

Section "Asset Bridge"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\Asset Bridge.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\Asset Bridge.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegStr HKCU "Software\Classes\asset-bridge" "" "URL:Asset Bridge"
  WriteRegStr HKCU "Software\Classes\asset-bridge" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\asset-bridge\shell\open\command" "" '"$INSTDIR\Asset Bridge.exe" "%1"'
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  ; Each line of the bundle's list is a file of ours, with “/”.
  FileOpen $0 "$INSTDIR\_internal\asset-bridge-files.txt" r
  IfErrors links
  next:
    ClearErrors
    FileRead $0 $1
    IfErrors done
    StrCpy $2 $1 -1
    Push $2
    Call un.Backslashes
    Pop $2
    Delete "$INSTDIR\$2"
    ; Its folder goes when it is empty; whatever somebody else put there stays.
    StrCpy $3 "$INSTDIR\$2"
    up:
      ${GetParent} "$3" $3
      StrCmp $3 "$INSTDIR" next
      ClearErrors
      RMDir "$3"
      IfErrors next up
  done:
    FileClose $0
    Delete "$INSTDIR\_internal\asset-bridge-files.txt"
  links:
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$SMSTARTUP\${NAME}.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Classes\asset-bridge"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "AssetBridge"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR\_internal"
  RMDir "$INSTDIR"
SectionEnd

Function un.Backslashes
  Exch $R0
  Push $R1
  Push $R2
  StrCpy $R1 0
  loop:
    StrCpy $R2 $R0 1 $R1
    StrCmp $R2 "" end
    StrCmp $R2 "/" 0 skip
      StrCpy $R2 $R0 $R1
      IntOp $R1 $R1 + 1
      StrCpy $R0 $R0 "" $R1
      StrCpy $R0 "$R2\$R0"
      IntOp $R1 $R1 - 1
    skip:
    IntOp $R1 $R1 + 1
    Goto loop
  end:
  Pop $R2
  Pop $R1
  Exch $R0
FunctionEnd
