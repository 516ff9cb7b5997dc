#!/usr/bin/env bash
# with-postgres.sh COMMAND…: run COMMAND with DATABASE_URL on a private PostgreSQL cluster in a temporary folder, reachable
# only by a socket in that folder; the cluster is stopped and removed afterwards, whatever happened.
set -euo pipefail
. "$(dirname "$0")/system.sh"
has_postgres || { echo "PostgreSQL server programs are missing: apt-get install postgresql" >&2; exit 1; }
bin=$(postgres_folder)
folder=$(mktemp -d /tmp/party-pg.XXXXXX)  # a socket's path may have 107 characters: not under TMPDIR

# PostgreSQL refuses to run as root.
as_server=()
if [ "$(id -u)" = 0 ]; then
    account=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$account" "$folder"
    as_server=(runuser -u "$account" --)
fi
server() { (cd "$folder" && "${as_server[@]}" "$@"); }

stop() {
    trap '' INT TERM
    [ -e "$folder/data/postmaster.pid" ] && server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

server "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start >/dev/null -o "-c listen_addresses='' \
    -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c shared_buffers=256MB -c max_connections=60" || { cat "$folder/log" >&2; exit 1; }
server "$bin/createdb" -h "$folder" -U postgres party

export DATABASE_URL="postgres://postgres@/$folder/party"  # two slashes: a path, not a host
export PATH="$bin:$PATH"  # pg_dump of the server's own version
set -m  # a process group of its own, so that a signal reaches the whole of it
"$@" &
command=$!
trap 'kill -INT -- -$command; wait $command; exit 130' INT
trap 'kill -TERM -- -$command; wait $command; exit 143' TERM
wait $command
