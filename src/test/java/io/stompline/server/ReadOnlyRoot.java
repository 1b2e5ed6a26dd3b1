package io.stompline.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that can write to two directories only, as {@code docker run --read-only} makes it: everything else is
 * mounted read-only in a mount namespace of its own. Its user has no rights where the tests run as root, and is theirs
 * elsewhere.
 */
final class ReadOnlyRoot {
    private static final String NOBODY = "65532";

    private static final String MOUNT = "mount --bind \"$1\" \"$1\" && mount --bind \"$2\" \"$2\""
            + " && mount -o remount,bind,ro / && shift 2 && exec \"$@\"";

    private static final List<String> WITHOUT_RIGHTS =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs");

    private ReadOnlyRoot() {}

    /** A command that runs the one that follows it; the directories belong to its user from now on. */
    static List<String> launcher(Path data, Path temporary) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(unshare());
        command.addAll(List.of("sh", "-c", MOUNT, "sh", data.toString(), temporary.toString()));
        if (isRoot()) {
            run(List.of("chown", NOBODY + ":" + NOBODY, data.toString(), temporary.toString()));
            command.addAll(WITHOUT_RIGHTS);
        }
        return command;
    }

    /** A command that runs the one that follows it with a file system of that size, such as {@code 200m}, as a directory. */
    static List<String> withOwnFileSystem(Path directory, String size) {
        List<String> command = new ArrayList<>(unshare());
        String mount = "mount -t tmpfs -o size=" + size + ",mode=700 none \"$1\" && shift && exec \"$@\"";
        command.addAll(List.of("sh", "-c", mount, "sh", directory.toString()));
        return command;
    }

    /** Whether the machine lets the tests mount, and the user reach the server. */
    static boolean isPossible() throws InterruptedException {
        List<String> command = new ArrayList<>(unshare());
        if (isRoot()) {
            command.addAll(WITHOUT_RIGHTS);
        }
        command.addAll(List.of("ls", System.getProperty("stompline.server.dir", "target/server")));
        try {
            run(command);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static List<String> unshare() {
        return isRoot() ? List.of("unshare", "--mount") : List.of("unshare", "--user", "--map-root-user", "--mount");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
