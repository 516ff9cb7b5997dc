#!/usr/bin/env bash
# setup.sh base|dev: the system libraries, .venv and its locked packages. Does nothing when all of it is there.
set -euo pipefail
cd "$(dirname "$0")/../.."
. config/run/system.sh
kind=$1

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Cần Python 3.11 trở lên (hiện có: $("$python" --version 2>&1)). Chỉ định bằng: make $([ "$kind" = dev ] && echo test || echo run) PYTHON=/đường/dẫn/python3.11" >&2
    exit 1
fi

mapfile -t missing < <(missing_for_run)
if [ "${#missing[@]}" -gt 0 ] && ! install_packages "${missing[@]}"; then
    echo "Máy còn thiếu thư viện hệ thống. Chạy dòng sau rồi chạy lại:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
    exit 1
fi

# A virtual environment that has the development packages keeps them: dev.txt contains base.txt.
[ -e .venv/.locked-dev ] && kind=dev
lock=requirements/$kind.txt
wanted=$(sha256sum <"$lock")
if [ -x .venv/bin/python ] && [ "$(cat ".venv/.locked-$kind" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

.venv/bin/python -c '' 2>/dev/null || { rm -rf .venv; "$python" -m venv .venv; }
echo "Installing the packages of $lock"
export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=true VIRTUAL_ENV=$PWD/.venv PIP_DISABLE_PIP_VERSION_CHECK=1
if .venv/bin/python -m pip install -q --require-hashes -r requirements/uv.txt &&
    .venv/bin/uv pip sync -q --require-hashes "$lock"; then :; else
    # pip reads the settings of the machine (mirrors, certificates) that uv does not.
    .venv/bin/python -m pip install -q --require-hashes -r "$lock"
fi
echo "$wanted" >".venv/.locked-$kind"
