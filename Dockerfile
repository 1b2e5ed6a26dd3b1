# The server as "mvn package" assembles it in target/server, with stompline.war and no demo accounts.
#
#   mvn package && docker build -t stompline . && docker run -p 8080:8080 -v stompline:/data -v $PWD/my.rules:/etc/stompline.rules:ro \
#     -e STOMPLINE_RULES_FILE=/etc/stompline.rules stompline
#
# It refuses to start without access rules: mount a file and name it with -e STOMPLINE_RULES_FILE=/etc/stompline.rules.
# -e STOMPLINE_RULES_REQUIRED=false lets every user do everything.
#
# Nobody can log in before it knows users: docker run -it --rm stompline hash NAME makes a line of a file of users; mount the file and name
# it with -e STOMPLINE_USERS_FILE=/etc/stompline.users.
#
# TLS: -e STOMPLINE_TLS_CERTIFICATE=/etc/stompline.pem -e STOMPLINE_TLS_KEY=/etc/stompline.key, files that user 65532 can read. The port is the
# same, -p 443:8080. The check below speaks no TLS: add --no-healthcheck, and have /health/ready asked from outside.
#
# Settings: -e JDK_JAVA_OPTIONS="-Dstompline.…=…", or environment variables as MicroProfile Config names them.
#
# The base image is an exact version: take the next one when it has fixes. For a release append the digest that
# "docker buildx imagetools inspect" shows, since whoever owns a tag can move it.
FROM eclipse-temurin:17.0.20.1_1-jre-noble

COPY target/server /opt/stompline
# Of nobody: the volume is the only place that the server writes to, beside /tmp.
RUN install -d -o 65532 -g 65532 -m 700 /data
USER 65532:65532
WORKDIR /opt/stompline
ENV STOMPLINE_RULES_REQUIRED=true
VOLUME /data
EXPOSE 8080

# The image has no curl; bash opens the connection itself. While the server starts, it answers 503.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]

ENTRYPOINT ["java", "@jvm.options", "-Dstompline.http.address=0.0.0.0", "-Dstompline.data=/data", "-jar", "stompline-server.jar"]
