package io.stompline.beans.contract;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import io.stompline.api.Snapshot;
import io.stompline.api.StompProblem;
import java.lang.reflect.Type;

/**
 * JSON Schemas of payloads: what Jackson reads and writes, with the constraints of Jakarta Validation. Classes are
 * definitions, to which others refer. One thread at a time.
 */
final class Schemas {
    /** Where the definitions stand in an AsyncAPI document. */
    static final String PATH = "components/schemas";

    private final SchemaBuilder builder = new SchemaGenerator(config()).buildMultipleSchemaDefinitions();

    private static SchemaGeneratorConfig config() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.PLAIN_DEFINITION_KEYS)
                .with(Option.FLATTENED_OPTIONALS)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                        JacksonOption.RESPECT_JSONPROPERTY_REQUIRED))
                .with(new JakartaValidationModule(
                        JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                        JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        config.forTypesInGeneral().withCustomDefinitionProvider(Schemas::octets);
        return config.build();
    }

    /** Within an object Jackson writes octets in Base64. */
    private static CustomDefinition octets(ResolvedType type, SchemaGenerationContext context) {
        return type.getErasedType() == byte[].class
                ? new CustomDefinition(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("type", "string")
                                .put("contentEncoding", "base64"),
                        CustomDefinition.DefinitionType.INLINE,
                        CustomDefinition.AttributeInclusion.YES)
                : null;
    }

    /** The schema of a payload; text and octets are not JSON. A reference is filled in with {@link #definitions}. */
    JsonNode of(Type type) {
        ObjectNode any = JsonNodeFactory.instance.objectNode();
        if (type == String.class) {
            return any.put("type", "string");
        }
        if (type == byte[].class) {
            return any.put("type", "string").put("format", "binary");
        }
        return type == Snapshot.class || type == Object.class ? any : builder.createSchemaReference(type);
    }

    /** The schema of the answer to a request that a bean refused. */
    JsonNode ofProblem() {
        return of(StompProblem.class);
    }

    /** The content type that payloads of a type have. */
    static String contentType(Type type) {
        if (type == String.class) {
            return "text/plain";
        }
        return type == byte[].class ? "application/octet-stream" : "application/json";
    }

    /** All that the others refer to; when all others were made. */
    ObjectNode definitions() {
        return builder.collectDefinitions(PATH);
    }
}
