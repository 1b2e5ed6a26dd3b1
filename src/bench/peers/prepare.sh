#!/bin/bash
# prepare.sh [PEER...]: fetches servers to compare Stompline with into target/peers, or $PEERS_HOME
set -eu
. "$(dirname "$0")/common.sh"
for peer in ${*:-$PEERS}; do
    load "$peer"
    prepare
    echo "$name is ready"
done
