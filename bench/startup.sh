#!/usr/bin/env bash
# How long the built server takes to its first answer (and until it has examined whether functions run), beside an empty
# ASP.NET application. Needs: dotnet, node, curl, a built function runtime.
# Seven turns each, alternating; medians, spread, ratio. It judges nothing: README.md says how to read it.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/bench/empty.sh"
work=$(mktemp -d)
child=
cleanup() {
  [ -z "$child" ] || kill "$child" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
turns=${TURNS:-7}

echo "building ..."
dotnet build "$top/src/Patchbay.Server" -c Release -v q >"$work/build.log" 2>&1 || { tail "$work/build.log"; exit 1; }
build_empty "$work"

# Milliseconds from starting the command to its first answer, and to the first 200 of /health.
measure() { # origin, command...
  local origin=$1 from
  shift
  from=$(date +%s%N)
  "$@" >"$work/out.log" 2>&1 &
  child=$!
  until curl -s -o /dev/null "$origin/nothing-here"; do
    kill -0 "$child" 2>/dev/null || { cat "$work/out.log" >&2; exit 1; }
  done
  took=$((($(date +%s%N) - from) / 1000000))
  until curl -sf -o /dev/null "$origin/health"; do
    kill -0 "$child" 2>/dev/null || { cat "$work/out.log" >&2; exit 1; }
  done
  healthy=$((($(date +%s%N) - from) / 1000000))
  kill "$child"
  wait "$child" 2>/dev/null || true
  child=
}

server() {
  local port
  port=$(free_port)
  measure "http://localhost:$port" dotnet "$top/src/Patchbay.Server/bin/Release/net10.0/Patchbay.Server.dll" --port "$port" --sandbox off --data "$work/data" --key-file "$work/bench.key"
}

empty() {
  local port
  port=$(free_port)
  measure "http://127.0.0.1:$port" dotnet "$work/empty/out/empty.dll" "$port"
}

# Not counted: makes the data directory and fills the disk's cache.
server
empty
for turn in $(seq "$turns"); do
  server; echo "$took" >>"$work/server.ms"; echo "$healthy" >>"$work/healthy.ms"
  empty; echo "$took" >>"$work/empty.ms"
  echo "turn $turn: server $(tail -n 1 "$work/server.ms") ms, empty $(tail -n 1 "$work/empty.ms") ms"
done

read -r s s_least s_most <<<"$(summary "$work/server.ms")"
read -r e e_least e_most <<<"$(summary "$work/empty.ms")"
echo
echo "$(uname -sm), $(nproc) cores, .NET $(dotnet --version), $(date -u +%Y-%m-%d), load $(cut -d' ' -f1 /proc/loadavg), commit $(git -C "$top" rev-parse --short HEAD 2>/dev/null || echo unknown)"
read -r h h_least h_most <<<"$(summary "$work/healthy.ms")"
echo "server: median $s ms ($s_least to $s_most) to the first answer"
echo "empty:  median $e ms ($e_least to $e_most)"
echo "server: median $h ms ($h_least to $h_most) to the first 200 of /health, which runs one function process to see whether that works"
awk -v s="$s" -v e="$e" 'BEGIN { printf "ratio:  %.1f x\n", s / e }'
[ $((e_most * 100)) -le $((e_least * 115)) ] || echo "The control spread by more than 15 %: this run does not count. Try again on a quiet machine."
