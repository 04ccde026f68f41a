# Functions of the benchmarks: they start a separate PostgreSQL (Debian's) and the packaged service, send load and print figures.
# All servers listen on loopback only and stop at exit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=${BENCH_WORK:-$PWD/target/bench}
pg_port=${BENCH_PG_PORT:-55432}
service_port=${BENCH_PORT:-18090}
raw_port=${BENCH_RAW_PORT:-18091}
gate_port=${BENCH_GATE_PORT:-18093}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
operator=operator-token-of-the-benchmarks-32
mkdir -p "$work"

die() { echo "$*" >&2; exit 1; }
for tool in wrk psql pgbench curl; do command -v $tool > /dev/null || die "$tool is missing (Debian: wrk, postgresql-contrib, curl)"; done
app=${BENCH_APP:-target/quarkus-app}
[ -f "$app/quarkus-run.jar" ] || die "package the service first: ./mvnw package -DskipTests"

pids=()
cleanup() {
  set +e
  for pid in "${pids[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2> /dev/null && wait "$pid" 2> /dev/null; done
  [ -n "${pg_started:-}" ] && as_postgres "$pg_bin/pg_ctl" -D "$work/postgres" -m immediate stop > /dev/null
  return 0
}
trap cleanup EXIT

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# fsync is off, so results do not depend on this machine's disk. Both sides of a comparison use the same server.
start_postgres() {
  pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  mkdir -p "$work/postgres" && chmod 755 "$work"
  [ "$(id -u)" = 0 ] && chown postgres "$work/postgres"
  if [ ! -f "$work/postgres/PG_VERSION" ]; then
    as_postgres "$pg_bin/initdb" -D "$work/postgres" -U countersign -A trust > /dev/null
  fi
  as_postgres "$pg_bin/pg_ctl" -D "$work/postgres" -w -l "$work/postgres/log" -o "-p $pg_port -c unix_socket_directories='' -c fsync=off \
    -c listen_addresses=localhost -c shared_buffers=2GB -c max_wal_size=8GB -c checkpoint_timeout=30min -c max_connections=200" start > /dev/null
  pg_started=yes
}

sql() { psql -q -A -t -X -h localhost -p "$pg_port" -U countersign "$@"; }
create_database() { sql -d postgres -c "drop database if exists $1" -c "create database $1"; }

# start_service <database> [port]: sets service_pid. BENCH_NATIVE names a native executable to run in place of the jar.
start_service() {
  local run=("$java" ${BENCH_JAVA_OPTS:-})
  [ -n "${BENCH_NATIVE:-}" ] && run=("$BENCH_NATIVE" ${BENCH_NATIVE_OPTS:-})
  run+=(-Dquarkus.http.host=127.0.0.1 "-Dquarkus.http.port=${2:-$service_port}")
  [ -n "${BENCH_NATIVE:-}" ] || run+=(-jar "$app/quarkus-run.jar")
  COUNTERSIGN_DB_URL=postgresql://localhost:$pg_port/$1 COUNTERSIGN_DB_USERNAME=countersign COUNTERSIGN_MIGRATE=at-start COUNTERSIGN_DB_POOL_SIZE=${BENCH_POOL:-8} \
    COUNTERSIGN_INGEST_ENDPOINT=https://ingest.example.com COUNTERSIGN_OPERATOR_TOKEN=$operator \
    "${run[@]}" > "$work/service-$1.log" 2>&1 &
  service_pid=$!
  pids+=("$service_pid")
  await "http://127.0.0.1:${2:-$service_port}/api/0/organizations/" 401
}

# await <url> <status>
await() {
  for _ in $(seq 300); do
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$1")" = "$2" ] && return
    sleep 0.2
  done
  die "$1 does not answer $2"
}

stop() { kill "$1" && wait "$1" 2> /dev/null || true; }

# api <port> <path> <json>: sends a POST as the operator and prints the answer.
api() {
  curl -sf -H "Authorization: Bearer $operator" -H 'Content-Type: application/json' -d "$3" "http://127.0.0.1:$1/api/0/$2"
}
member() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

# seed <port>: creates an organization, a project with ten keys and an API key; sets token, keys, project_id, organization_id.
seed() {
  organization_id=$(api "$1" organizations/ '{"name":"Bench","slug":"bench"}' | member id)
  api "$1" organizations/bench/teams/ '{"slug":"core"}' > /dev/null
  project_id=$(api "$1" teams/bench/core/projects/ '{"name":"Pump Station"}' | member id)
  keys=/api/0/projects/bench/pump-station/keys/
  token=$(api "$1" organizations/bench/api-keys/ '{"label":"bench","scope_list":["project:admin"]}' | member key)
  for _ in $(seq 9); do api "$1" projects/bench/pump-station/keys/ '{"name":"Fabulous Key"}' > /dev/null; done
}

# cpu <pid>: prints the processor time used so far, in milliseconds.
cpu() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) * 1000 / tick }' "/proc/$1/stat"; }

# load <pid> <port> <method> <file of paths> <seconds> [wrk script]: prints requests a second, p50 and p99 in ms, CPU us a request.
load() {
  local before after result
  before=$(cpu "$1")
  result=$(METHOD=$3 PATHS=$4 TOKEN=$token wrk -t 2 -c "${BENCH_CONNECTIONS:-32}" -d "$5s" -s "bench/wrk/${6:-requests}.lua" \
    "http://127.0.0.1:$2" | grep RESULT)
  after=$(cpu "$1")
  set -- $result
  [ "$6" = 0 ] || echo "$6 of $2 requests failed" >&2
  awk -v n="$2" -v us="$3" -v p50="$4" -v p99="$5" -v cpu="$(echo "$after - $before" | bc)" \
    'BEGIN { printf "%.0f %.2f %.2f %.1f\n", n * 1e6 / us, p50 / 1000, p99 / 1000, cpu * 1000 / n }'
}

# allocated <log of the collector> <line>: prints the KiB allocated a second between the collections from a line on, such as
# "[12.345s] ... 300M->40M(...)".
allocated() {
  tail -n "+$2" "$1" | sed -nE 's/^\[([0-9.]+)s\].* ([0-9.]+)M->([0-9.]+)M.*/\1 \2 \3/p' |
    awk 'NR == 1 { begin = $1 } NR > 1 { sum += $2 - last } { last = $3; end = $1 } END { print (end > begin ? sum * 1024 / (end - begin) : 0) }'
}

# median: prints the median of numbers, one a line.
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
