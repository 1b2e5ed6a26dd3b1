#!/bin/bash
# compare.sh [-r RUNS] [-s SECONDS] [PEER...]: measures Stompline and the servers that prepare.sh fetched, in turn, and
# writes target/bench/comparison.md, .svg and .json
set -eu
# Each server in a process group of its own
set -m
. "$(dirname "$0")/common.sh"

runs=3
seconds=8
while getopts r:s: option; do
    case $option in
        r) runs=$OPTARG ;;
        s) seconds=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))

export PORT=${PORT:-15900}
scenarios='fan-out-100|fan-out-1000|open-loop|pairs|pairs-local|queue|connects'
results=$repository/target/bench/comparison
server=
trap stop EXIT

# measure DIRECTORY LEFT_OUT OPTIONS: runs the scenarios, but those left out, and keeps the report
measure() {
    mvn -q -f "$repository/pom.xml" -Pbench exec:exec@load -Dbench.directory="$1" -Dbench.seconds="$seconds" \
        "-Dbench.load=^(?!($2)\$)($scenarios)\$" -Dbench.options="$3"
}

# measure_peer PEER DIRECTORY
measure_peer() {
    load "$1"
    run=$repository/target/bench/peers/$1
    rm -rf "$run"
    mkdir -p "$run" "$2"
    (start) > "$2/server.log" 2>&1 < /dev/null &
    server=$!
    if await_port; then
        measure "$2" "$left_out" \
            "-Dbench.url=ws://127.0.0.1:$PORT$url_path -Dbench.pid=$server '-Dbench.name=$name' $options" ||
            echo "$name could not be measured, see $2/server.log" >&2
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
    measure "$results/$run_number/stompline" none ""
    for peer in ${*:-$PEERS}; do
        measure_peer "$peer" "$results/$run_number/$peer"
    done
done
mvn -q -f "$repository/pom.xml" -Pbench exec:exec@compare
