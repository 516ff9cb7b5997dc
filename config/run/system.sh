# What the scripts of this folder know about the machine: what is missing, and whether they may install it.
# Sourced, never run.

python=${PYTHON:-python3}
PATH=$PATH:/usr/sbin:/sbin  # runuser and what apt calls; not on everybody's path

root_command() {  # prints how to become root without a question, or fails
    if [ "$(id -u)" = 0 ]; then echo "env"; elif sudo -n true 2>/dev/null; then echo "sudo"; else return 1; fi
}

has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }
has_library() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }
has_chromium() { command -v chromium >/dev/null; }
has_poppler() { command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null; }
postgres_folder() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 | grep . || dirname "$(command -v initdb)" 2>/dev/null; }
has_postgres() { local folder; folder=$(postgres_folder) && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; }

missing_for_run() {  # Debian names of what the product needs and the machine lacks
    has_venv || echo python3-venv
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
}

missing_for_tests() {
    has_chromium || echo chromium
    has_poppler || echo poppler-utils
    has_postgres || echo postgresql
}

install_packages() {  # fails when it may not, or when the packages cannot be had
    local become
    command -v apt-get >/dev/null && become=$(root_command) || return 1
    echo "Installing: $*"
    $become apt-get update -qq && $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
