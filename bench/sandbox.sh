#!/usr/bin/env bash
# How long the sandbox takes to start, and one ordinary read at each of its vendors, beside an empty ASP.NET application.
# Needs: dotnet, node, curl. Seven starts each, alternating; 200 reads each, alternating. It judges nothing: README.md says how to read it.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/bench/empty.sh"
work=$(mktemp -d)
children=()
cleanup() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

echo "building ..."
dotnet build "$top/src/Patchbay.Sandbox" -c Release -v q >"$work/build.log" 2>&1 || { tail "$work/build.log"; exit 1; }
build_empty "$work"
sandbox=$top/src/Patchbay.Sandbox/bin/Release/net10.0/Patchbay.Sandbox.dll

start() { # url to wait for, command...
  local url=$1 from
  shift
  from=$(date +%s%N)
  PATCHBAY_SANDBOX_CONTROL=bench "$@" >"$work/out.log" 2>&1 &
  children+=($!)
  until curl -sf -o /dev/null "$url"; do
    kill -0 "${children[-1]}" 2>/dev/null || { cat "$work/out.log" >&2; exit 1; }
  done
  took=$((($(date +%s%N) - from) / 1000000))
}
stop() {
  kill "${children[-1]}"
  wait "${children[-1]}" 2>/dev/null || true
  unset 'children[-1]'
}

for turn in $(seq 0 7); do
  port=$(free_port)
  start "http://127.0.0.1:$port/healthz" dotnet "$sandbox" --port "$port" --data "$work/data"; stop
  [ "$turn" = 0 ] || echo "$took" >>"$work/sandbox.ms"
  port=$(free_port)
  start "http://127.0.0.1:$port/health" dotnet "$work/empty/out/empty.dll" "$port"; stop
  [ "$turn" = 0 ] || echo "$took" >>"$work/empty.ms"
done
read -r s s_least s_most <<<"$(summary "$work/sandbox.ms")"
read -r e e_least e_most <<<"$(summary "$work/empty.ms")"
echo "$(uname -sm), $(nproc) cores, .NET $(dotnet --version), $(date -u +%Y-%m-%d), load $(cut -d' ' -f1 /proc/loadavg), commit $(git -C "$top" rev-parse --short HEAD 2>/dev/null || echo unknown)"
echo "start, sandbox: median $s ms ($s_least to $s_most)"
echo "start, empty:   median $e ms ($e_least to $e_most)"
awk -v s="$s" -v e="$e" 'BEGIN { printf "ratio:          %.1f x\n\n", s / e }'

port=$(free_port)
start "http://127.0.0.1:$port/healthz" dotnet "$sandbox" --port "$port" --data "$work/data"
peer=$(free_port)
start "http://127.0.0.1:$peer/health" dotnet "$work/empty/out/empty.dll" "$peer"
node "$top/bench/sandbox.mjs" "http://127.0.0.1:$port" bench sbx-bench http://localhost:4400/oauth/callback/bench bench "http://127.0.0.1:$peer/health"
