#!/usr/bin/env bash
# Redis and Torc under the same redis-benchmark, in turn: SET and GET, 100 B and 1 KB, 50 connections, pipeline 1 and 16,
# one node of Torc and three. Prints medians of throughput, p50, p99 and the CPU time of the server processes per
# operation (for three nodes, of all three together), with its ratio to Redis. On a shared machine the last is the honest one.
#
# Environment: ROUNDS (3), REQUESTS per run at pipeline 1 (100000; four times that at 16), KEYS (100000), CONNECTIONS (50),
# SIZES ("100 1024"), PIPELINES ("1 16"), SERVERS ("redis torc1 torc3"), PORT_BASE (27001: seven ports from there, and
# those 1000 and 10000 above). REDIS_SERVER_ARGS and TORC_UP_ARGS are added to the command lines of the servers.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
torc=$here/../torc
rounds=${ROUNDS:-3}
requests=${REQUESTS:-100000}
keys=${KEYS:-100000}
connections=${CONNECTIONS:-50}
base=${PORT_BASE:-27001}
read -r -a sizes <<<"${SIZES:-100 1024}"
read -r -a pipelines <<<"${PIPELINES:-1 16}"
read -r -a servers <<<"${SERVERS:-redis torc1 torc3}"
read -r -a redis_arguments <<<"${REDIS_SERVER_ARGS:-}"
read -r -a torc_arguments <<<"${TORC_UP_ARGS:-}"
declare -A port=([redis]=$base [torc1]=$((base + 1)) [torc3]=$((base + 2)))
declare -A pids=()

for tool in redis-server redis-benchmark redis-cli; do
  command -v "$tool" >/dev/null || {
    echo "side-by-side: no $tool (Debian: apt install redis-server redis-tools)" >&2
    exit 1
  }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/torc-bench.XXXXXX")
clean() {
  local server
  for server in torc1 torc3; do
    if [[ -d $work/$server ]]; then
      "$torc" down --data "$work/$server" >/dev/null || true
    fi
  done
  if [[ -n ${pids[redis]:-} ]]; then
    kill "${pids[redis]}" || true
    wait "${pids[redis]}" || true
  fi
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

start_redis() {
  mkdir "$work/redis"
  redis-server --port "${port[redis]}" --dir "$work/redis" --appendonly yes --appendfsync everysec --save '' \
    ${redis_arguments[@]+"${redis_arguments[@]}"} >"$work/redis/log" &
  pids[redis]=$!
  for _ in {1..100}; do
    [[ $(redis-cli -p "${port[redis]}" ping 2>/dev/null) == PONG ]] && return
    sleep 0.1
  done
  echo "side-by-side: redis-server did not start: $(tail -n 1 "$work/redis/log")" >&2
  exit 1
}

start_torc() {
  local server=$1 nodes=$2
  "$torc" up --detach --nodes "$nodes" --base-port "${port[$server]}" --data "$work/$server" \
    ${torc_arguments[@]+"${torc_arguments[@]}"} >"$work/$server.out" || { cat "$work/$server.out"; exit 1; }
  pids[$server]=$(cat "$work/$server"/n*/torc.pid | tr '\n' ' ')
}

# Clock ticks that processes have spent, in user and kernel mode. A name may hold spaces, so fields count from its ")".
ticks() {
  local pid stat sum=0 fields
  for pid in $1; do
    stat=$(<"/proc/$pid/stat")
    read -r -a fields <<<"${stat##*) }"
    sum=$((sum + fields[11] + fields[12]))
  done
  echo "$sum"
}

# Every key that the benchmark can draw, so that no GET misses.
preload() {
  awk -v keys="$keys" -v size="$2" 'BEGIN {
    value = sprintf("%*s", size, ""); gsub(/ /, "x", value)
    for (i = 0; i < keys; i++)
      printf "*3\r\n$3\r\nSET\r\n$16\r\nkey:%012d\r\n$%d\r\n%s\r\n", i, size, value
  }' | redis-cli -p "${port[$1]}" --pipe >"$work/preload" || { cat "$work/preload"; exit 1; }
  grep -q 'errors: 0,' "$work/preload" || { cat "$work/preload"; exit 1; }
}

bench() { # server test size pipeline requests
  redis-benchmark -p "${port[$1]}" -t "$2" -d "$3" -P "$4" -n "$5" -c "$connections" -r "$keys" --csv 2>"$work/err" |
    tr -d '"' | grep -i "^$2," || { cat "$work/err" >&2; exit 1; }
}

measure() { # server test size pipeline -> a line of results
  local before after csv count=$requests
  (($4 > 1)) && count=$((requests * 4))
  before=$(ticks "${pids[$1]}")
  csv=$(bench "$1" "$2" "$3" "$4" "$count")
  after=$(ticks "${pids[$1]}")
  awk -F, -v key="$3 $2 $4 $1" -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v count="$count" \
    '{ printf "%s %s %s %s %.2f\n", key, $2, $5, $7, ticks * 1e6 / hertz / count }' <<<"$csv" >>"$work/results"
}

report() {
  awk -v order="${servers[*]}" '
    function median(list,   n, v, i, j, t) {
      n = split(list, v, " ")
      for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] + 0 > v[j] + 0; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
      return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    {
      row = $1 " " $2 " " $3
      if (!(row in seen)) { seen[row] = 1; rows[++count] = row }
      for (i = 5; i <= 8; i++) all[row, $4, i] = all[row, $4, i] " " $i
    }
    END {
      names = split(order, server, " ")
      printf "%-5s %-4s %3s  %-6s %10s %9s %9s %10s %9s\n", "size", "test", "P", "server", "ops/s", "p50 ms", "p99 ms", "CPU us/op", "of Redis"
      for (r = 1; r <= count; r++) {
        split(rows[r], part, " ")
        redis = median(all[rows[r], "redis", 8])
        for (s = 1; s <= names; s++) {
          cpu = median(all[rows[r], server[s], 8])
          printf "%-5s %-4s %3s  %-6s %10.0f %9.3f %9.3f %10.2f %9s\n", part[1], toupper(part[2]), part[3], server[s],
            median(all[rows[r], server[s], 5]), median(all[rows[r], server[s], 6]), median(all[rows[r], server[s], 7]),
            cpu, (redis > 0 ? sprintf("%.2f", cpu / redis) : "-")
        }
      }
    }' "$work/results"
}

for server in "${servers[@]}"; do
  case $server in
    redis) start_redis ;;
    torc1) start_torc torc1 1 ;;
    torc3) start_torc torc3 3 ;;
    *) echo "side-by-side: SERVERS = $server is not allowed; allowed: redis, torc1, torc3" >&2; exit 1 ;;
  esac
done

echo "$(nproc) cores, $(redis-server --version | sed 's/.*v=\([^ ]*\).*/Redis \1/') (AOF everysec), $("$torc" --version);" \
  "$connections connections, $keys keys, median of $rounds rounds"
for size in "${sizes[@]}"; do
  for server in "${servers[@]}"; do
    echo "$size B: loading and warming up $server" >&2
    preload "$server" "$size"
    for test in set get; do
      bench "$server" "$test" "$size" 16 $((requests * 2)) >/dev/null
      bench "$server" "$test" "$size" 1 $((requests / 2)) >/dev/null
    done
  done
  for ((round = 1; round <= rounds; round++)); do
    echo "$size B: round $round of $rounds" >&2
    for pipeline in "${pipelines[@]}"; do
      for test in set get; do
        for server in "${servers[@]}"; do
          measure "$server" "$test" "$size" "$pipeline"
        done
      done
    done
  done
done
report
