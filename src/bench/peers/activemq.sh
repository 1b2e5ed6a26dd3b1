version=5.18.3
name="ActiveMQ $version"
url_path=/

prepare() {
    unpack org.apache.activemq:apache-activemq:$version:zip:bin
}

start() {
    local unpacked=$home/apache-activemq-$version
    mkdir "$run/data" "$run/tmp"
    cp -r "$unpacked/conf" "$run/conf"
    # Its configuration as it comes, but for the transports and the web console
    local connector="<transportConnector name='ws' uri='ws://127.0.0.1:$PORT?maximumConnections=20000'/>"
    sed -i -e "/<transportConnectors>/,/<\/transportConnectors>/c\\<transportConnectors>$connector</transportConnectors>" \
        -e '/<import resource="jetty.xml"\/>/d' "$run/conf/activemq.xml"
    cd "$run"
    exec java -Xmx1g -Djava.awt.headless=true -Djava.io.tmpdir="$run/tmp" \
        -Djava.security.auth.login.config="$run/conf/login.config" \
        --add-reads=java.xml=java.logging --add-opens java.base/java.security=ALL-UNNAMED \
        --add-opens java.base/java.net=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED \
        --add-opens java.base/java.util=ALL-UNNAMED \
        -Dactivemq.classpath="$run/conf:" -Dactivemq.home="$unpacked" -Dactivemq.base="$run" \
        -Dactivemq.conf="$run/conf" -Dactivemq.data="$run/data" -jar "$unpacked/bin/activemq.jar" start
}
