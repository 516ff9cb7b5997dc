#!/usr/bin/env bash
# Lint, then the suite on SQLite, then on a private PostgreSQL what the database decides. LONG=1: the tests marked `long`
# and the browser stories too, and the whole suite on PostgreSQL.
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
on_postgres=("${without_browser[@]}")
if [ "${LONG:-}" != 1 ]; then
    everything=("${without_browser[@]}")
    # locks and races, constraints and triggers, statements by hand, order, search, backups
    on_postgres=(tests/admissions/test_races.py tests/cells/test_accounts.py tests/cells/test_log.py tests/config/test_backup.py
        tests/discipline/test_proceedings.py tests/discipline/test_seal.py tests/evaluations/test_at_once.py
        tests/evaluations/test_overtaken.py tests/evaluations/test_screening_steps.py tests/members/test_freed_numbers.py
        tests/members/test_import_pages.py tests/members/test_membership.py tests/members/test_paging.py
        tests/members/test_search.py tests/members/test_transfer_race.py)
    results+=("Only with LONG=1: tests marked long, browser stories, the whole suite on PostgreSQL")
fi

suite() {  # suite NAME COMMAND…: runs it and keeps its last line for the summary
    local name=$1 started=$SECONDS output && shift
    output=$(mktemp)
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$output" || status=1
    results+=("$name: $(tail -n 1 "$output" | tr -d =) ($((SECONDS - started)) s)")
    rm -f "$output"
}

pytest=(.venv/bin/python -m pytest -q -n 2 --dist worksteal --durations 40 -m "$marks")
prepared=$(mktemp -d)
trap 'rm -rf "$prepared"' EXIT
# migrated once, not in each worker: tests/conftest.py copies the outcome
migrate=(env DJANGO_SETTINGS_MODULE=config.settings_test .venv/bin/python manage.py migrate -v0)
DATABASE_URL="sqlite:///$prepared/migrated.sqlite3" "${migrate[@]}" &
migrating=$!
suite "Lint" config/run/lint.sh
wait $migrating || { status=1; results+=("FAILED: migrate on SQLite"); }
suite "SQLite" env -u DATABASE_URL MIGRATED_DATABASE="$prepared/migrated.sqlite3" "${pytest[@]}" "${everything[@]}"
if has_postgres; then
    suite "PostgreSQL" bash config/run/with-postgres.sh "${pytest[@]}" "${on_postgres[@]}"
else
    results+=("LEFT OUT: the suite on PostgreSQL (no server programs)")
fi

printf '\n== Summary\n'
printf '%s\n' "${results[@]}"
exit $status
