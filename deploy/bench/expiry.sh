#!/usr/bin/env bash
# Many keys that expire at one moment, and what a steady load of GETs and SETs through all three nodes notices of it: p50, p99 and the longest before,
# and in three spans after. On a shared machine only the ratios within one run are honest.
#
# Environment: KEYS (1000000), RATE of requests a second (300), PHASE_SECONDS (20), LOAD_SECONDS (120: the load must be done by then),
# PORT_BASE (27101: three ports from there, and those 1000 and 10000 above). TORC_UP_ARGS is added to torc up.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
torc=$here/../torc
base=${PORT_BASE:-27101}
java=${TORC_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
read -r -a torc_arguments <<<"${TORC_UP_ARGS:-}"

work=$(mktemp -d "${TMPDIR:-/tmp}/torc-expiry.XXXXXX")
clean() {
  "$torc" down --data "$work/torc" >/dev/null || true
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

"$torc" up --detach --nodes 3 --base-port "$base" --data "$work/torc" --set request.timeout=30000 ${torc_arguments[@]+"${torc_arguments[@]}"} >"$work/out" ||
  { cat "$work/out"; exit 1; }
echo "$(nproc) cores, $("$torc" --version)"
"$java" -Xmx256m "$here/ExpiryLatency.java" "$base,$((base + 1)),$((base + 2))" "${KEYS:-1000000}" "${RATE:-300}" "${PHASE_SECONDS:-20}" "${LOAD_SECONDS:-120}"
