package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.server.Node;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles code that the pages show. */
public final class Sources {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern PUBLIC_CLASS = Pattern.compile("public class (\\w+)");

    private static final String TYPE_SCRIPT = """
            import { writeFileSync, rmSync } from 'node:fs';
            import { fileURLToPath } from 'node:url';
            import ts from 'typescript';
            const files = process.argv.slice(2).map((code, number) => {
              const file = fileURLToPath(new URL(`./shown-${process.pid}-${number}.ts`, import.meta.url));
              writeFileSync(file, code);
              return file;
            });
            const program = ts.createProgram(files, {
              strict: true,
              noEmit: true,
              skipLibCheck: true,
              allowJs: true,
              checkJs: true,
              target: ts.ScriptTarget.ES2022,
              module: ts.ModuleKind.ESNext,
              moduleResolution: ts.ModuleResolutionKind.Bundler,
              types: [],
            });
            const faults = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) =>
              `${file?.fileName}:${start}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
            files.forEach((file) => rmSync(file));
            console.log(faults.join('\\n'));
            process.exit(faults.length);
            """;

    private Sources() {}

    /** Fails unless the compiler takes it; classes are separated by lines {@code // Name.java}. */
    public static void compileJava(String code, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : code.split("(?m)^// \\w+\\.java$", -1)) {
            Matcher name = PUBLIC_CLASS.matcher(part);
            if (name.find()) {
                files.add(Files.writeString(directory.resolve(name.group(1) + ".java"), part));
            }
        }
        assertThat(files).as(code).isNotEmpty();
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            complaints,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    directory.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as("%s%n%s", code, complaints).isTrue();
        }
    }

    /** Fails unless TypeScript takes each as a client of stompjs. A run for many takes hardly longer than for one. */
    public static void compileTypeScript(String... codes) throws IOException, InterruptedException {
        assertThat(Node.run(TYPE_SCRIPT, LIMIT, codes))
                .as(String.join("\n", codes))
                .isBlank();
    }
}
