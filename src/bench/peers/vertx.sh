name="Vert.x 5.0.7"
url_path=/ws
# It takes acknowledgements, and redelivers nothing
left_out='queue.*|pairs-local|http-.*'

prepare() {
    build package org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies
}

start() {
    exec java -Xmx1g -cp "$home/target/classes:$home/target/dependency/*" peer.VertxPeer "$PORT"
}
