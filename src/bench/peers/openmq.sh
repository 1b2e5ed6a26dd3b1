version=6.5.1
name="OpenMQ $version"
url_path=/wsjms/mqstomp
# It answers heart-beats with 0,0
left_out='pairs-local|heart-beats-.*|http-.*'

prepare() {
    unpack org.glassfish.mq:mq-distribution:$version:zip
}

start() {
    # What bin/imqbrokerd does, but as this process
    local mq=$home/mq
    exec java -cp "$mq/lib/imqbroker.jar:$mq/lib/imqutil.jar:$mq/lib/ext" -Xms192m -Xmx1g -Xss256k \
        -XX:MaxGCPauseMillis=5000 -Dimq.home="$mq" -Dimq.varhome="$run" -Dimq.etchome="$mq/etc" -Dimq.libhome="$mq/lib" \
        com.sun.messaging.jmq.jmsserver.Broker -name peer -port $((PORT + 1000)) \
        -Dimq.service.activelist=jms,admin,wsjms -Dimq.wsjms.services=mqstomp \
        -Dimq.hostname=127.0.0.1 -Dimq.portmapper.hostname=127.0.0.1 \
        -Dimq.wsjms.ws.hostname=127.0.0.1 -Dimq.wsjms.ws.port="$PORT"
}
