package io.stompline.beans.publishing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.stompline.frame.Body;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Jackson mapper for payloads: the application's own if it produces one, or else ours. Thread-safe. */
@ApplicationScoped
public class Json {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_STRING_CHARS = 64 * 1024;
    private static final int MAX_NUMBER_CHARS = 100;
    private static final int CACHED_TYPES = 200;

    /** Writes times as ISO 8601, ignores unknown properties, limits the size of input, takes no name twice. */
    public static final ObjectMapper OURS = JsonMapper.builder()
            .typeFactory(TypeFactory.defaultInstance().withCache(ownCache()))
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(NothingToWrite.module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        OURS.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING_CHARS)
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .build());
    }

    @Inject
    private Instance<ObjectMapper> applications;

    private ObjectMapper mapper;
    private ObjectMapper writing;

    /** Once, because a producer without a scope makes a new one at each call. */
    @PostConstruct
    void chooseMapper() {
        mapper = applications.isResolvable() ? applications.get() : OURS;
        writing = writing(mapper);
    }

    /** A copy, since the mapper is not ours; one that cannot be copied writes what it likes. */
    static ObjectMapper writing(ObjectMapper given) {
        try {
            return given.equals(OURS) ? given : given.copy().registerModule(NothingToWrite.module());
        } catch (IllegalStateException e) {
            return given;
        }
    }

    /**
     * Reads a body as one JSON value.
     *
     * @param unknown gets properties that the class does not have
     * @throws PayloadFault if it is not JSON of that type; says where, without internals
     * @throws IllegalStateException if no JSON can be of that type, which is not the client's fault
     */
    public Object read(Body body, Type type, UnknownProperties unknown) {
        return read(mapper, body, type, unknown);
    }

    static Object read(ObjectMapper mapper, Body body, Type type, UnknownProperties unknown) {
        JavaType wanted = mapper.constructType(type);
        if (body.size() == 0) {
            throw new PayloadFault("the body is empty; " + wanted.getRawClass().getSimpleName() + " as JSON is needed");
        }
        ObjectReader reader = mapper.readerFor(wanted)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withHandler(unknown);
        try (JsonParser parser = new WellFormedText(reader.createParser(body.toBytes()))) {
            Object value = reader.readValue(parser);
            if (value == null) {
                throw new PayloadFault("the body must not be null");
            }
            return value;
        } catch (InvalidDefinitionException e) {
            throw new IllegalStateException(
                    "no JSON can be read as " + wanted.toCanonical() + ": " + e.getOriginalMessage(), e);
        } catch (JsonMappingException e) {
            throw new PayloadFault("the body does not fit: " + place(e));
        } catch (IOException e) {
            throw new PayloadFault("the body must be JSON");
        }
    }

    /**
     * Converts a text to a number, an enum, a UUID, ….
     *
     * @param what is converted, for the client
     * @throws PayloadFault if it cannot be that
     */
    public Object convert(String text, Type type, String what) {
        try {
            return OURS.convertValue(text, OURS.constructType(type));
        } catch (IllegalArgumentException e) {
            throw new PayloadFault(what + " does not fit");
        }
    }

    /**
     * The default one is the server's where Jackson is the server's: it would keep our classes after we are undeployed.
     */
    private static LookupCache<Object, JavaType> ownCache() {
        return new LRUMap<>(16, CACHED_TYPES);
    }

    private static String place(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        if (path.isEmpty()) {
            return "it has another form";
        }
        return e instanceof MismatchedInputException mismatch
                ? word(mismatch.getTargetType())
                        .map(word -> path + " must be " + word)
                        .orElse("look at " + path)
                : "look at " + path;
    }

    /** What a simple value must be; empty for what has no word that clients know. */
    private static Optional<String> word(Class<?> type) {
        if (type == null) {
            return Optional.empty();
        }
        return switch (type.getName()) {
            case "int", "long", "short", "byte", "java.lang.Integer", "java.lang.Long", "java.math.BigInteger" ->
                Optional.of("a whole number");
            case "double", "float", "java.lang.Double", "java.lang.Float", "java.math.BigDecimal" ->
                Optional.of("a number");
            case "boolean", "java.lang.Boolean" -> Optional.of("true or false");
            case "java.lang.String" -> Optional.of("a text");
            default -> Optional.empty();
        };
    }

    /** The mapper that writes. */
    ObjectMapper writing() {
        return writing;
    }
}
