@echo off
rem Starts rft from its source tree on Windows, after building it where that is needed.
setlocal EnableExtensions
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "LIB=%ROOT%\target\lib"
set "GET_JDK=install one with: winget install EclipseAdoptium.Temurin.21.JDK"
set "GET_MAVEN=install one from maven.apache.org and put its bin folder on the PATH"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "FEATURE="
for /f tokens^=2^ delims^=^" %%v in ('""%JAVA%" -version 2^>^&1"') do if not defined FEATURE set "FEATURE=%%v"
if not defined FEATURE (
  echo rft: a JDK 17 or later is needed and there is no java; %GET_JDK% 1>&2
  exit /b 1
)
for /f "delims=.-+" %%v in ("%FEATURE%") do set "FEATURE=%%v"
if %FEATURE% LSS 17 (
  echo rft: a JDK 17 or later is needed and %JAVA% is version %FEATURE%; %GET_JDK% 1>&2
  exit /b 1
)

set "VERB=%~1"
if "%VERB%"=="build" goto build
if exist "%LIB%\rft-cli\rft-cli.jar" goto start

:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo rft: Maven 3.8 or later is needed to build and there is no mvn; %GET_MAVEN% 1>&2
  exit /b 1
)
echo Building rft from source; the first time Maven downloads about 200 MB, most of it PyTorch. 1>&2
call mvn -q -B -Dmaven.test.skip=true -Pquick -f "%ROOT%\pom.xml" package -pl cli -am 1>&2
if errorlevel 1 (
  echo rft: the build failed, see above 1>&2
  exit /b 1
)
if "%VERB%"=="build" exit /b 0

:start
set "CP=%LIB%\rft-cli\*;%LIB%\rft-commands\*;%LIB%\rft-tasks\*;%LIB%\rft-runs\*;%LIB%\rft-reward-templates\*;%LIB%\rft-training\*;%LIB%\rft-web\*;%LIB%\rft-serving\*;%LIB%\rft-workbench-server\*;%LIB%\rft-kernel\*"
set "FLAGS=-XX:+UseSerialGC -Dfile.encoding=UTF-8 -Djdk.console=java.base"
if %FEATURE% GEQ 22 set "FLAGS=%FLAGS% --enable-native-access=ALL-UNNAMED"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
"%JAVA%" %FLAGS% -Drft.root="%ROOT%" %RFT_JAVA_OPTS% -cp "%CP%" rft.cli.Main %*
exit /b %ERRORLEVEL%
