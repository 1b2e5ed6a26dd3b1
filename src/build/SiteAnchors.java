import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Gives each heading of Markdown files an anchor of the name that links have for it,
 * {@code java SiteAnchors.java DIRECTORY}:
 * Doxia (seen in 2.0) names them in its own way, {@code Begin_in_the_past}.
 */
public final class SiteAnchors {
    /** No code of the guide has a line of that form. */
    private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.*)$");

    private SiteAnchors() {}

    public static void main(String[] args) throws IOException {
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(Path.of(args[0]), "*.md")) {
            for (Path page : pages) {
                Files.writeString(page, HEADING.matcher(Files.readString(page))
                        .replaceAll(heading -> "<a id=\"" + slug(heading.group(1)) + "\"></a>\n\n$0"));
            }
        }
    }

    /** As guide.js makes it. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    }
}
