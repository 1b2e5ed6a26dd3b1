name="Spring Boot 3.5.14"
url_path=/ws
options=-Dbench.no-receipts
left_out='queue.*|pairs-local|http-.*'

prepare() {
    build package
}

start() {
    exec java -Xmx1g -jar "$home/target/spring-peer-1.jar" --server.address=127.0.0.1 --server.port="$PORT" \
        --server.tomcat.max-connections=20000
}
