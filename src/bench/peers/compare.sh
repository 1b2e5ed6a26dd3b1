#!/bin/bash
# compare.sh [-r RUNS] [-s SECONDS] [-l] [-w] [-o "SCENARIOS..."] [PEER...]: measures Stompline and the servers that prepare.sh
# fetched, in turn, and writes target/bench/comparison.md, .svg and .json. -l adds the scenarios that take long, -o runs only
# those given. -w keeps the processors from sleeping meanwhile (root only): it may take a virtual one 0.2 ms to wake up, and what
# is then measured is that. PEER may be none.
set -eu
# Each server in a process group of its own
set -m
. "$(dirname "$0")/common.sh"

runs=3
seconds=8
# Regular expressions: what one of them matches runs on the same server, the next on a fresh one
scenarios='fan-out-100|fan-out-1000|open-loop|pairs|pairs-local|queue|queue-receipts|queue-memory|queue-memory-receipts connects'
while getopts r:s:lwo: option; do
    case $option in
        r) runs=$OPTARG ;;
        s) seconds=$OPTARG ;;
        l) scenarios="$scenarios not-stalled|stalled heart-beats-5000 heart-beats-10000" ;;
        # A latency of 0 µs is asked for as long as the file is open
        w) exec 9> /dev/cpu_dma_latency && printf '\0\0\0\0' >&9 ;;
        o) scenarios=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))

export PORT=${PORT:-15900}
results=$repository/target/bench/comparison
server=
trap stop EXIT

# measure DIRECTORY SCENARIOS LEFT_OUT OPTIONS: runs the scenarios, but those left out, and keeps the report
measure() {
    mvn -q -f "$repository/pom.xml" -Pbench exec:exec@load -Dbench.directory="$1" -Dbench.seconds="$seconds" \
        "-Dbench.load=^(?!($3)\$)($2)\$" -Dbench.options="$4" ||
        echo "$2 could not be measured, see above and $1" >&2
}

# measure_peer PEER DIRECTORY SCENARIOS
measure_peer() {
    load "$1"
    if [[ $3 =~ ^($left_out)$ ]]; then
        return
    fi
    run=$repository/target/bench/peers/$1
    rm -rf "$run"
    mkdir -p "$run" "$2"
    (start) > "$2/server.log" 2>&1 < /dev/null &
    server=$!
    if await_port; then
        measure "$2" "$3" "$left_out" \
            "-Dbench.url=ws://127.0.0.1:$PORT$url_path -Dbench.pid=$server '-Dbench.name=$name' $options"
    else
        echo "$name does not listen, see $2/server.log" >&2
    fi
    stop
}

await_port() {
    for _ in $(seq 120); do
        kill -0 "$server" 2> /dev/null || return 1
        if (exec 3<> "/dev/tcp/127.0.0.1/$PORT") 2> /dev/null; then
            return
        fi
        sleep 1
    done
    return 1
}

# Ends the process group of the server, in the end by force
stop() {
    [ -n "$server" ] || return 0
    kill -- "-$server" 2> /dev/null || true
    for _ in $(seq 20); do
        kill -0 -- "-$server" 2> /dev/null || break
        sleep 1
    done
    kill -KILL -- "-$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
    server=
}

ulimit -n 20000
rm -rf "$results"
mvn -q -f "$repository/pom.xml" -Pbench verify -Dbench.jmh.skip -Dbench.load.skip
for run_number in $(seq "$runs"); do
    part=0
    for wanted in $scenarios; do
        part=$((part + 1))
        measure "$results/$run_number/stompline/$part" "$wanted" none ""
        for peer in ${*:-$PEERS}; do
            [ "$peer" = none ] || measure_peer "$peer" "$results/$run_number/$peer/$part" "$wanted"
        done
    done
done
mvn -q -f "$repository/pom.xml" -Pbench exec:exec@compare
