version=2.40.0
name="Artemis $version"
url_path=/

prepare() {
    unpack org.apache.activemq:apache-artemis:$version:zip:bin
}

start() {
    "$home/apache-artemis-$version/bin/artemis" create --silent --allow-anonymous --user guest --password guest \
        --host 127.0.0.1 --no-autotune --no-amqp-acceptor --no-mqtt-acceptor --no-hornetq-acceptor --no-stomp-acceptor \
        --no-web --default-port $((PORT + 1000)) "$run/artemis"
    # /topic/ is multicast, /queue/ anycast; clients without heart-beats may live long
    local acceptor="tcp://127.0.0.1:$PORT?protocols=STOMP;tcpSendBufferSize=1048576;tcpReceiveBufferSize=1048576"
    acceptor="$acceptor;useEpoll=true;connectionTtl=3600000;anycastPrefix=/queue/;multicastPrefix=/topic/"
    sed -i "/<acceptors>/,/<\/acceptors>/c\\<acceptors><acceptor name='stomp-ws'>$acceptor</acceptor></acceptors>" \
        "$run/artemis/etc/broker.xml"
    sed -i -E 's/-Xms[^ ]+ -Xmx[^ ]+/-Xmx1g/' "$run/artemis/etc/artemis.profile"
    exec "$run/artemis/bin/artemis" run
}
