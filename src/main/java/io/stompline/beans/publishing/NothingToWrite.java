package io.stompline.beans.publishing;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonFilter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRootName;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Refuses objects of which no JSON says anything: promises, and objects without properties. Jackson (seen in 2.22.4)
 * writes {@code {}} for those whose class, or what it extends, has any annotation, as every lambda of a {@code
 * java.util.function} has. It is right for records, and for classes with an annotation of Jackson's own.
 */
final class NothingToWrite extends StdSerializer<Object> {
    private static final long serialVersionUID = 1L;

    /** Who writes one of these at a class knows how Jackson will write it. */
    private static final Set<Class<?>> MEANT = Set.of(
            JsonAutoDetect.class,
            JsonClassDescription.class,
            JsonFilter.class,
            JsonFormat.class,
            JsonIdentityInfo.class,
            JsonIgnoreProperties.class,
            JsonInclude.class,
            JsonIncludeProperties.class,
            JsonNaming.class,
            JsonPropertyOrder.class,
            JsonRootName.class,
            JsonSerialize.class,
            JsonSubTypes.class,
            JsonTypeInfo.class,
            JsonTypeName.class,
            JsonView.class);

    private final String reason;

    private NothingToWrite(Class<?> type, String reason) {
        super(type, false);
        this.reason = reason;
    }

    /** For a mapper that asks for it: one whose application has {@code FAIL_ON_EMPTY_BEANS} off writes {@code {}}. */
    static SimpleModule module() {
        return new SimpleModule("stompline-nothing-to-write").setSerializerModifier(new Modifier());
    }

    private static final class Modifier extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            Class<?> type = description.getBeanClass();
            boolean isGeneral = serializer instanceof BeanSerializer || serializer instanceof UnknownSerializer;
            if (!isGeneral || !config.isEnabled(SerializationFeature.FAIL_ON_EMPTY_BEANS)) {
                return serializer;
            }
            if (isPromise(type) && !isMeant(description)) {
                return new NothingToWrite(type, "it is a promise: publish its value when that is there");
            }
            return serializer.properties().hasNext() || isMeant(description)
                    ? serializer
                    : new NothingToWrite(
                            type,
                            type.isSynthetic()
                                    ? "it is a lambda: publish what it gives"
                                    : "the class has no properties for JSON: make it a record, or give it getters or annotations"
                                            + " of Jackson");
        }

        private static boolean isPromise(Class<?> type) {
            return Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
        }

        private static boolean isMeant(BeanDescription description) {
            return description.getBeanClass().isRecord()
                    || description.findAnyGetter() != null
                    || MEANT.stream().anyMatch(description.getClassAnnotations()::has);
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws IOException {
        provider.reportBadDefinition(handledType(), reason);
    }
}
