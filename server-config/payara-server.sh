#!/bin/sh
# Prepares a Payara Server, with its own OpenMQ, for stompline.war: once, while its domain runs, which it restarts. For example
#
#   cd /opt/payara6 && …/server-config/payara-server.sh
#
# Asks for a passcode of your choice (or reads a line of its standard input): it is then that of OpenMQ's users stompline and admin.
# -d DIRECTORY: where the domains are, if not in glassfish/domains. -p PORT: of the administration, if not 4848. -n NAME: of the
# domain, if not domain1.
set -eu
commands=$(cd "$(dirname "$0")" && pwd)/payara-server.asadmin
domains=$PWD/glassfish/domains
port=4848
name=domain1
while getopts d:p:n: option; do
    case $option in
        d) domains=$OPTARG ;;
        p) port=$OPTARG ;;
        n) name=$OPTARG ;;
        *) exit 2 ;;
    esac
done
[ -x bin/asadmin ] || { echo "bin/asadmin is not here: change to the directory of Payara Server" >&2; exit 2; }

secrets=$(mktemp -d)
trap 'rm -rf "$secrets"' EXIT
# So that an interruption ends by the trap above, too
trap 'exit 130' HUP INT TERM
if [ -t 0 ]; then
    trap 'stty echo; rm -rf "$secrets"' EXIT
    printf 'Passcode of OpenMQ: ' && stty -echo
fi
read -r passcode
[ -t 0 ] && stty echo && echo
[ -n "$passcode" ] || { echo "the passcode is empty" >&2; exit 2; }
case $passcode in
    *[!\ -~]* | *\\*) echo "the passcode has to be of ASCII characters, without \\" >&2; exit 2 ;;
esac
printf 'AS_ADMIN_ALIASPASSWORD=%s\n' "$passcode" > "$secrets/alias"
printf '%s\n' "$passcode" > "$secrets/users"

asadmin() { bin/asadmin --interactive=false --port "$port" "$@"; }
users() { mq/bin/imqusermgr "$@" -i imqbroker -varhome "$domains/$name/imq"; }

asadmin --passwordfile "$secrets/alias" create-password-alias stompline-jms
asadmin multimode --file "$commands"
# Starts OpenMQ, which makes its file of users.
asadmin jms-ping
users add -u stompline -passfile "$secrets/users" -g user
# guest/guest and admin/admin come with OpenMQ.
users delete -u guest -f
users update -u admin -passfile "$secrets/users" -f
bin/asadmin restart-domain --domaindir "$domains" "$name"
