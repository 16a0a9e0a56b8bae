#!/usr/bin/env bash
# Installs what the tests need, builds, tests and checks the formatting. Ends with one line, whatever happens:
#   N passed, N failed, N skipped
# Anything that goes wrong outside a test (formatting, a project that gives no result, a broken build) counts as one failed.
#
#   bash infra/test.sh          the quick suite
#   bash infra/test.sh --long   more kills, longer walks, larger sizes (AINALYM_LONG=1)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() { echo "usage: bash infra/test.sh [--long]" >&2; }

long=0
for option in "$@"; do
  case $option in
    --long) long=1 ;;
    -h | --help) usage; exit 0 ;;
    *) usage; exit 2 ;;
  esac
done

results=artifacts/test-results
minutes=20
unset AINALYM_LONG
if [ "$long" = 1 ]; then
  export AINALYM_LONG=1
  minutes=55
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

problems=0
step() { printf '\n== %s (at %d s)\n' "$1" "$SECONDS"; }
problem() {
  problems=$((problems + 1))
  printf 'FAILED: %s\n' "$1"
}

# The test projects of the solution: "Kernel.Tests" of "tests\Kernel.Tests\Kernel.Tests.csproj"; the cluster's where it was built.
cluster=""
test_projects() {
  if [ -n "$cluster" ]; then echo Cluster.Tests; fi
  { grep -o '"tests\\[^"]*\.csproj"' Market.sln || true; } | tr -d '"' | tr '\\' '/' | while IFS= read -r project; do
    if grep -q '<IsTestProject>true</IsTestProject>' "$project"; then basename "$project" .csproj; fi
  done
}

# Adds up the counters of all result files: "passed failed skipped". A skipped test is one that was not executed.
counted() {
  { grep -rhoE --include='*.trx' '<Counters [^>]*>' "$results" || true; } | awk '
    function n(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
    { passed += n("passed"); failed += n("failed") + n("error") + n("timeout") + n("aborted"); skipped += n("total") - n("executed") }
    END { print passed + 0, failed + 0, skipped + 0 }'
}

# A result file of a run that crashed, was stopped or found no test; failed tests alone make it no such file.
unfinished() {
  grep -qE '<ResultSummary outcome="Aborted"|Catastrophic failure|<Counters total="0"' "$1" || { grep -q '<ResultSummary outcome="Failed"' "$1" && grep -q '<Counters [^>]* failed="0"' "$1"; }
}

finish() {
  local status=$? project file passed failed skipped
  trap - EXIT
  set +e
  for project in $(test_projects); do
    file=$(grep -rliF --include='*.trx' "ainalym.$project.dll" "$results" 2>/dev/null | head -n 1)
    if [ -z "$file" ]; then
      problem "$project gave no result"
    elif unfinished "$file"; then
      problem "$project did not run to its end"
    fi
  done
  read -r passed failed skipped < <(counted)
  failed=$((failed + problems))
  if [ "$status" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  if [ "$passed" = 0 ] && [ "$failed" = 0 ]; then
    echo "FAILED: no test ran"
    failed=1
  fi
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  if [ "$failed" = 0 ]; then exit 0; else exit 1; fi
}

# The distribution's package, only when what it brings is absent. Where it can't be had, the tests that need it say so.
install() {
  local what=$1 package=$2 as=()
  if [ "$(id -u)" != 0 ]; then as=(sudo -n); fi
  echo "$what is absent: installing $package"
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null || echo "$package could not be installed; what needs $what will fail."
}

needs() {
  local icu="" chromium="" node="" poppler="" as=()
  if [ -z "$(find /usr/lib /usr/lib64 /lib -name 'libicuuc.so.*' -print -quit 2>/dev/null)" ]; then icu=yes; fi
  if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then chromium=yes; fi
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then node=yes; fi
  if ! command -v pdftotext >/dev/null; then poppler=yes; fi
  if [ -z "$icu$chromium$node$poppler" ]; then return; fi
  if ! command -v apt-get >/dev/null; then
    echo "ICU, Chromium, Node or pdftotext is absent and there is no apt to install it; what needs it will fail."
    return
  fi
  if [ "$(id -u)" != 0 ]; then as=(sudo -n); fi
  "${as[@]}" apt-get update -qq || echo "apt-get update failed; trying with the lists that are there."
  if [ -n "$icu" ]; then install ICU "$(apt-cache search --names-only '^libicu[0-9]+$' | awk '{print $1}' | sort -V | tail -n 1)"; fi
  if [ -n "$chromium" ]; then install Chromium chromium; fi
  if [ -n "$node" ]; then install Node npm; fi
  if [ -n "$poppler" ]; then install pdftotext poppler-utils; fi
}

rm -rf "$results"
mkdir -p "$results"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "what the tests need"
needs

step "build"
dotnet build Market.sln -m:2 --nologo -v quiet -clp:NoSummary || { problem "the solution does not build"; exit 1; }

step "tests"
dotnet test Market.sln -m:1 --no-build --nologo --results-directory "$results" --logger trx --logger "console;verbosity=minimal" \
  -- RunConfiguration.TestSessionTimeout=$((minutes * 60000)) || echo "dotnet test ended with $?."

# Orleans is not on every feed (docs/adr/0008): where it can't be had, that is said and nothing fails.
step "the cluster host"
restored=artifacts/cluster-restore.txt
if dotnet restore src/Cluster/Cluster.sln --nologo -v quiet >"$restored" 2>&1; then
  cluster=yes
  dotnet build src/Cluster/Cluster.sln --no-restore -m:2 --nologo -v quiet -clp:NoSummary || problem "src/Cluster does not build"
  dotnet test src/Cluster/Cluster.Tests --no-build --nologo --results-directory "$results" --logger trx --logger "console;verbosity=minimal" \
    -- RunConfiguration.TestSessionTimeout=$((minutes * 60000)) || echo "dotnet test ended with $?."
elif grep -qE 'NU110[123]|NU1603' "$restored"; then
  echo "The cluster host was left out: this feed has not all packages of src/Cluster/Directory.Packages.props ($(grep -oE 'Microsoft\.Orleans\.[A-Za-z]+' "$restored" | sort -u | paste -sd ' '))."
else
  cat "$restored"
  problem "src/Cluster does not restore"
fi

step "formatting"
dotnet format Market.sln --no-restore --verify-no-changes || problem "dotnet format would change something"
if [ -n "$cluster" ]; then dotnet format src/Cluster/Cluster.sln --no-restore --verify-no-changes --include src/Cluster/ || problem "dotnet format would change something in src/Cluster"; fi
