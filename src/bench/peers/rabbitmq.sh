# Debian's; its own service, which the package may start, is not used.
url_path=/ws
left_out='pairs-local|queue-memory.*|http-.*'

prepare() {
    [ -n "$(rabbitmq_server)" ] || apt-get install -y -q --no-install-recommends rabbitmq-server
}

rabbitmq_server() {
    ls /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server 2> /dev/null | tail -1
}

name="RabbitMQ$(rabbitmq_server | sed -E 's|.*rabbitmq_server-([^/]*)/.*| \1|')"

start() {
    cat > "$run/rabbitmq.conf" << END
listeners.tcp = none
stomp.listeners.tcp = none
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = $PORT
vm_memory_high_watermark.absolute = 1024MiB
disk_free_limit.absolute = 50MB
END
    echo '[rabbitmq_web_stomp].' > "$run/enabled_plugins"
    export HOME=$run RABBITMQ_HOME=$run RABBITMQ_CONF_ENV_FILE=/dev/null
    export RABBITMQ_CONFIG_FILE=$run/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$run/enabled_plugins
    export RABBITMQ_MNESIA_BASE=$run/mnesia RABBITMQ_LOG_BASE=$run/log
    export RABBITMQ_NODENAME=peer@localhost RABBITMQ_DIST_PORT=$((PORT + 1000))
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
    export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((PORT + 2000))
    # Else RabbitMQ starts one that outlives it
    epmd &
    # So that it becomes this process
    export RUNNING_UNDER_SYSTEMD=true
    exec "$(rabbitmq_server)"
}
