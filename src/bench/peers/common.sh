# Sourced by prepare.sh and compare.sh. Each <peer>.sh beside it describes one server, by setting
#   name       what reports call it
#   url_path   where its WebSocket is
#   options    what LoadRun needs to know about it, besides
#   left_out   scenarios that it cannot run, a regular expression
# and by defining
#   prepare    fetches it into $home, once
#   start      replaces this shell by it, listening at 127.0.0.1:$PORT, its data below $run, with 1 GiB of heap

# All of them
PEERS="artemis activemq openmq rabbitmq spring vertx"
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$scripts/../../.." && pwd)
PEERS_HOME=$(realpath -m "${PEERS_HOME:-$repository/target/peers}")

# load PEER: the variables and functions of that peer
load() {
    home=$PEERS_HOME/$1
    options=
    left_out='pairs-local|http-.*'
    . "$scripts/$1.sh"
}

# unpack COORDINATES: fetches a ZIP from Maven Central and unpacks it into $home
unpack() {
    mkdir -p "$home"
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="$1" -DoutputDirectory="$home/download" -Dmdep.useBaseVersion=true
    unzip -q -o "$home"/download/*.zip -d "$home"
    rm -r "$home/download"
}

# build GOALS...: builds the program in the directory of the peer's name beside this script into $home
build() {
    mkdir -p "$home"
    cp -r "$scripts/$(basename "$home")/." "$home/"
    mvn -q -B -f "$home/pom.xml" -DskipTests "$@"
}
