#!/usr/bin/env bash
# What clients notice of a full repair: a steady load of GETs and SETs through two of three nodes, before and while the third, whose disk was taken away, fetches all that it
# held from them. Between the two the third is killed and started again with its disk as it was: what a young Java takes of the machine's cores is no repair. Prints p50, p99 and the longest of
# each, the ratios, and how long the repair took. On a shared machine only the ratios within one run are honest.
#
# Environment: KEYS (200000), VALUE_BYTES (1000), RATE of requests a second (300), PHASE_SECONDS (30), REPAIR_SECONDS (900: what a repair may take),
# THIRD_CORES (the last core, where there are several and taskset: the third node runs there, the others and the load on the rest, all the time. Nodes do not share cores where it matters, and a young Java
# takes all that it can get; "all" lets everybody run everywhere),
# PORT_BASE (27201: three ports from there, and those 1000 and 10000 above). TORC_UP_ARGS is added to torc up.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
torc=$here/../torc
base=${PORT_BASE:-27201}
java=${TORC_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
read -r -a torc_arguments <<<"${TORC_UP_ARGS:-}"

work=$(mktemp -d "${TMPDIR:-/tmp}/torc-repair.XXXXXX")
load=
clean() {
  if [[ -n $load ]]; then
    kill "$load" 2>/dev/null || true
  fi
  "$torc" down --data "$work/torc" >/dev/null || true
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

cores=$(nproc)
third_cores=${THIRD_CORES:-$((cores - 1))}
on_third=() on_rest=()
if [[ $third_cores != all ]] && ((cores > 1)) && command -v taskset >/dev/null; then
  on_third=(taskset -c "$third_cores")
  on_rest=(taskset -c "$(seq 0 $((cores - 1)) | grep -vx "$third_cores" | paste -s -d ,)")
fi

# With what comes before it.
up() {
  "$@" "$torc" up --detach --nodes 3 --base-port "$base" --data "$work/torc" ${torc_arguments[@]+"${torc_arguments[@]}"} >"$work/out" ||
    { cat "$work/out"; exit 1; }
}

up ${on_rest[@]+"${on_rest[@]}"}
if ((${#on_third[@]} > 0)); then
  taskset -a -c -p "$third_cores" "$(<"$work/torc/n3/torc.pid")" >/dev/null
fi
echo "$cores cores, the third node on $third_cores, $("$torc" --version)"
mkfifo "$work/breaks" "$work/is-broken"
${on_rest[@]+"${on_rest[@]}"} "$java" -Xmx256m "$here/RepairLatency.java" "$base,$((base + 1)),$((base + 2))" "${KEYS:-200000}" "${VALUE_BYTES:-1000}" "${RATE:-300}" "${PHASE_SECONDS:-30}" \
  "${REPAIR_SECONDS:-900}" "$work/breaks" "$work/is-broken" &
load=$!
# The load says when it has seen enough; then the third node is started again, the second time without its disk.
for disk in kept lost; do
  read -r _ <"$work/breaks"
  kill -9 "$(<"$work/torc/n3/torc.pid")"
  if [[ $disk == lost ]]; then
    rm -r "$work/torc/n3"
  fi
  up ${on_third[@]+"${on_third[@]}"}
  echo >"$work/is-broken"
done
wait "$load"
load=
