import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

// An OpenID provider on a free port of this machine, whose tokens look like those of GitHub Actions or Keycloak:
//   node issuer.mjs github|keycloak
// It prints its URL. At the line "rotate" on its standard input it signs with a new key, shows the old one for some time to come, as
// both do, and prints "rotated". A client gets its token by POST /token; its name says what the claims are.

const SHAPES = {
  // The name of a client is a repository and a branch: acme/app@main.
  github: {
    clients: ['acme/app@main', 'acme/app@feature', 'mallory/app@main'],
    claims: (client) => {
      const [repository, branch] = client.split('@');
      const owner = repository.split('/')[0];
      return {
        sub: `repo:${repository}:ref:refs/heads/${branch}`,
        aud: 'https://keys.example.com',
        ref: `refs/heads/${branch}`,
        ref_type: 'branch',
        repository,
        repository_owner: owner,
        repository_owner_id: owner === 'acme' ? '1234567' : '666',
        repository_visibility: 'private',
        workflow: 'deploy',
        workflow_ref: `${repository}/.github/workflows/deploy.yml@refs/heads/${branch}`,
        event_name: 'push',
        actor: 'octocat',
        run_id: '42',
        runner_environment: 'github-hosted',
      };
    },
    header: { typ: 'JWT' },
    lifetime: 300,
  },
  // The name of a client is its role, too.
  keycloak: {
    clients: ['countersign-admin', 'viewer'],
    claims: (client) => ({
      sub: randomUUID(),
      aud: ['countersign', 'account'],
      typ: 'Bearer',
      azp: client,
      acr: '1',
      realm_access: { roles: ['offline_access', client, 'default-roles-acme'] },
      resource_access: { account: { roles: ['view-profile'] } },
      scope: 'email profile',
      preferred_username: `service-account-${client}`,
    }),
    header: { typ: 'JWT' },
    lifetime: 300,
  },
};

const shape = SHAPES[process.argv[2]];
// Keycloak also shows a key for encryption.
const keys = [newKey('RS256', 'sig'), newKey('RSA-OAEP', 'enc')];
let handler;
const server = createServer((request, response) => handler(request, response));
server.listen(0, '127.0.0.1', () => {
  handler = provider();
  console.log(`issuer ${url()}`);
});
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'rotate') {
    keys.unshift(newKey('RS256', 'sig'));
    handler = provider();
    console.log('rotated');
  }
}).on('close', () => process.exit());

function url() {
  return `http://127.0.0.1:${server.address().port}`;
}

function newKey(alg, use) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg, use, kid: randomUUID() };
}

function provider() {
  return new Provider(url(), {
    clients: shape.clients.map((client_id) => ({
      client_id,
      client_secret: 'secret-of-the-tests',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    jwks: { keys: [...keys] },
    features: {
      devInteractions: { enabled: false },
      encryption: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (context, resource) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: shape.lifetime,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: (context, token, jwt) => {
          jwt.header = { ...jwt.header, ...shape.header };
          Object.assign(jwt.payload, shape.claims(token.clientId));
        },
      },
    },
  }).callback();
}
