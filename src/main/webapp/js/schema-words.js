/** JSON Schemas in words. */

const KINDS = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false', null: 'nothing' };

const ANYTHING = 'anything';

/** The name of a schema that a reference or a key has, without what is no part of an address. */
export const schemaName = (reference) => reference.slice(reference.lastIndexOf('/') + 1).replaceAll(/[^\w$-]+/g, '_');

/** The type, a list of texts and of names `{ schema }` that others describe. */
export function typeWords(schema) {
  if (schema.$ref) {
    return [{ schema: schemaName(schema.$ref) }];
  }
  if (schema.enum) {
    return [`one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`];
  }
  if ('const' in schema) {
    return [JSON.stringify(schema.const)];
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    return joined(choices.map(typeWords), ' or ');
  }
  if (schema.allOf) {
    // Parts without a type are constraints.
    return joined(schema.allOf.map(typeWords).filter(([word]) => word !== ANYTHING), ' and ');
  }
  return joined([schema.type].flat().map((kind) => kindWords(kind, schema)), ' or ');
}

function kindWords(kind, schema) {
  if (kind === 'array') {
    return ['list of ', ...typeWords(schema.items ?? {})];
  }
  if (kind === 'object') {
    return schema.additionalProperties ? ['by name ', ...typeWords(schema.additionalProperties)] : ['object'];
  }
  if (kind === 'string' && schema.format === 'binary') {
    return ['octets'];
  }
  return [KINDS[kind] ?? ANYTHING];
}

/** The other constraints: "1 to 500 characters, pattern [a-z]+". */
export function constraintWords(schema) {
  return [
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' elements'),
    range(schema.minimum, schema.maximum, ''),
    schema.exclusiveMinimum !== undefined && `more than ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && `less than ${schema.exclusiveMaximum}`,
    schema.pattern && `pattern ${schema.pattern}`,
    schema.format && schema.format !== 'binary' && `format ${schema.format}`,
    schema.contentEncoding,
  ]
    .filter(Boolean)
    .join(', ');
}

function range(least, most, unit) {
  if (least === undefined) {
    return most === undefined ? '' : `at most ${most}${unit}`;
  }
  return most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`;
}

function joined(lists, between) {
  return lists.flatMap((words, i) => (i === 0 ? words : [between, ...words]));
}
