package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A chapter of the guide, whose code tests compile and run.
 *
 * @param text Markdown
 */
public record Chapter(String text) {
    /** Where chapters are. */
    public static final Path GUIDE = Path.of("src/site/markdown");

    private static final Pattern NAME = Pattern.compile("public (?:class|record|interface) (\\w+)");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```(\\w*)\\n.*?^```$|(?<=\\n\\n) {4}[^\\n]*(?:\\n+ {4}[^\\n]*)*");

    /** What the reader is not bothered with. */
    private static final String IMPORTS = Stream.of(
                    "com.fasterxml.jackson.databind",
                    "com.fasterxml.jackson.databind.json",
                    "io.stompline.api",
                    "io.stompline.security",
                    "io.stompline.security.rules",
                    "jakarta.annotation",
                    "jakarta.annotation.security",
                    "jakarta.ejb",
                    "jakarta.enterprise.context",
                    "jakarta.enterprise.event",
                    "jakarta.enterprise.inject",
                    "jakarta.inject",
                    "jakarta.jms",
                    "jakarta.persistence",
                    "jakarta.security.enterprise.authentication.mechanism.http",
                    "jakarta.security.enterprise.authentication.mechanism.http.openid",
                    "jakarta.security.enterprise.credential",
                    "jakarta.security.enterprise.identitystore",
                    "jakarta.servlet.annotation",
                    "jakarta.servlet.http",
                    "jakarta.transaction",
                    "jakarta.validation",
                    "jakarta.validation.constraints",
                    "java.io",
                    "java.math",
                    "java.nio.file",
                    "java.security",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic")
            .map(name -> "import " + name + ".*;\n")
            .reduce("""
                    package com.example;
                    import static org.junit.jupiter.api.Assertions.*;
                    import java.nio.file.Path;
                    import org.junit.jupiter.api.Test;
                    """, String::concat);

    /** The chapter of that name, such as {@code beans}. */
    public static Chapter named(String name) throws IOException {
        return of(GUIDE.resolve(name + ".md"));
    }

    public static Chapter of(Path file) throws IOException {
        return new Chapter(Files.readString(file));
    }

    /** All chapters. */
    public static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    /** All blocks of code, fenced or indented, as "js 2" names the second one of JavaScript; in their order. */
    public List<String> blockNames() {
        Map<String, Integer> counts = new HashMap<>();
        return BLOCK.matcher(text)
                .results()
                .map(block -> block.group(1) == null ? "indented" : block.group(1))
                .map(language -> language.isEmpty() ? "text" : language)
                .map(language -> language + " " + counts.merge(language, 1, Integer::sum))
                .toList();
    }

    /** The first block of code in a language, which may be empty. */
    public String block(String language) {
        List<String> blocks = blocks(language);
        assertThat(blocks).as(language).isNotEmpty();
        return blocks.get(0);
    }

    /** All blocks of code in a language. */
    public List<String> blocks(String language) {
        return Pattern.compile("(?s)\n\n```" + language + "\n(.*?\n)```\n")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The block of Java with that public type. */
    public String java(String type) {
        return blocks("java").stream()
                .filter(block -> Example.name(block).equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type));
    }

    /** The same with other words, such as the address of a server that is there. */
    public Chapter with(String words, String others) {
        assertThat(text).contains(words);
        return new Chapter(text.replace(words, others));
    }

    /**
     * Compiles its Java into the package {@code com.example}.
     *
     * @throws AssertionError with what the compiler complains of
     */
    public void compileJava(Path classes) {
        compileJava(classes, List.of());
    }

    /** The same, with more of the same form. */
    public void compileJava(Path classes, List<String> more) {
        compile(classes, Stream.concat(blocks("java").stream(), more.stream()).toList());
    }

    /** Compiles blocks of Java into the package {@code com.example}. */
    public static void compile(Path classes, List<String> blocks) {
        List<Example> examples = blocks.stream().map(Example::new).toList();
        if (examples.isEmpty()) {
            return;
        }
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        examples)
                .call();
        assertThat(compiled).as("%s", complaints).isTrue();
    }

    /** One block of Java. */
    private static final class Example extends SimpleJavaFileObject {
        private final String code;

        Example(String code) {
            super(URI.create("string:///" + name(code) + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = IMPORTS + code;
        }

        private static String name(String code) {
            Matcher found = NAME.matcher(code);
            assertThat(found.find()).as("a public type in %s", code).isTrue();
            return found.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
