package io.stompline.beans.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The JSON Schema of AsyncAPI 3.0.0, from the package {@code @asyncapi/specs} 6.11.1 (Apache License 2.0), without white
 * space.
 */
public final class AsyncApiSchema {
    private AsyncApiSchema() {}

    /** What is wrong with a document. */
    public static List<String> faults(JsonNode document) throws IOException {
        try (InputStream schema = AsyncApiSchema.class.getResourceAsStream("/asyncapi-3.0.0.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema).validate(document).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        }
    }
}
