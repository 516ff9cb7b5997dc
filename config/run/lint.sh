#!/usr/bin/env bash
# Every check of the code that does not run it. All of them run; fails when one of them found something.
set -uo pipefail
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH
export VAR_DIR=$PWD/.mypy_cache/var  # mypy reads the settings, which want a folder
failed=()

check() {  # check NAME COMMAND…
    local name=$1 && shift
    echo "-- $name"
    "$@" || failed+=("$name")
}

mapfile -t templates < <(find templates -name '*.html')
mapfile -t typed < <(find config/lib cells members evaluations admissions discipline \
    \( -path 'config/lib/*.py' -o -name rules.py -o -path '*/rules/*.py' -o -name actions.py -o -path '*/actions/*.py' \) 2>/dev/null | sort)

check "ruff check" ruff check -q .
check "ruff format" ruff format -q --check .
check "import-linter" lint-imports --no-logo
check "mypy" mypy --no-error-summary "${typed[@]}"
if [ "${#templates[@]}" -gt 0 ]; then
    check "djade" djade --check --target-version 5.2 "${templates[@]}"
    check "djlint" djlint --quiet --lint templates
fi

[ "${#failed[@]}" -eq 0 ] && echo "lint: clean" && exit 0
printf 'lint: FAILED (%s)\n' "$(IFS=,; echo "${failed[*]}")" >&2
exit 1
