#!/usr/bin/env bash
# Lint, then the suite on SQLite, then on a private PostgreSQL. LONG=1 adds the tests marked `long`.
# What the machine lacks is left out loudly; with CI=true it fails.
set -uo pipefail
cd "$(dirname "$0")/../.."
. config/run/system.sh
results=()
status=0

mapfile -t missing < <(missing_for_tests)
if [ "${#missing[@]}" -gt 0 ]; then
    install_packages "${missing[@]}" || true
    mapfile -t missing < <(missing_for_tests)
fi
if [ "${#missing[@]}" -gt 0 ]; then
    printf '\n!! Missing on this machine: %s\n!! To have them: sudo apt-get install -y %s\n' "${missing[*]}" "${missing[*]}" >&2
    [ "${CI:-}" = true ] && exit 1
fi

marks="not long"
[ "${LONG:-}" = 1 ] && marks="(long or not long)"
has_poppler || { marks="$marks and not poppler"; results+=("LEFT OUT: tests that read printed pages (no poppler-utils)"); }
everything=(tests --ignore=tests/bench)
has_chromium || { everything+=(--ignore=tests/e2e); results+=("LEFT OUT: browser stories (no chromium)"); }
without_browser=("${everything[@]}" --ignore=tests/e2e)  # the stories bring an installation of their own

suite() {  # suite NAME COMMAND…: runs it and keeps its last line for the summary
    local name=$1 started=$SECONDS output && shift
    output=$(mktemp)
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$output" || status=1
    results+=("$name: $(tail -n 1 "$output" | tr -d =) ($((SECONDS - started)) s)")
    rm -f "$output"
}

pytest=(.venv/bin/python -m pytest -q -n 2 --dist worksteal --durations 40 -m "$marks")
suite "Lint" config/run/lint.sh
suite "SQLite" env -u DATABASE_URL "${pytest[@]}" "${everything[@]}"
if has_postgres; then
    suite "PostgreSQL" bash config/run/with-postgres.sh "${pytest[@]}" "${without_browser[@]}"
else
    results+=("LEFT OUT: the whole suite on PostgreSQL (no server programs)")
fi

printf '\n== Summary\n'
printf '%s\n' "${results[@]}"
exit $status
