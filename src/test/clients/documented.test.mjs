import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { documented } from './documented.mjs';
import { DSN } from './harness.mjs';
import { clientHome, runModule, runShell } from './processes.mjs';

/** Runs the shell block of a client, and answers what it prints. */
async function shell(client, script, env = clientHome()) {
  const { code, stdout, all } = await runShell(documented(client, 'sh'), script, env);
  assert.equal(code, 0, all);
  return stdout;
}

// The tests of sentry-mcp and Backstage start with the documented settings.
test('blocks of docs/compatibility.md', async (t) => {
  await t.test('sentry', async () => assert.match(await shell('sentry', 'sentry/dist/bin.cjs'), DSN));
  await t.test('sentry-cli', async () =>
    assert.match(await shell('sentry-cli', '@sentry/cli/bin/sentry-cli'), /pump-station/));
  await t.test('curl', async () => assert.match(JSON.parse(await shell('curl', '')).dsn.public, DSN));
  await t.test('@sentry/api', async () => {
    const { code, stdout, all } = await runModule(documented('@sentry/api', 'js'), clientHome());
    assert.equal(code, 0, all);
    assert.match(stdout, DSN);
  });
  await t.test('Terraform', async (terraform) => {
    const { TERRAFORM_PROVIDER_SENTRY: provider } = process.env;
    if (!provider || spawnSync('terraform', ['version']).status !== 0) {
      terraform.skip('needs terraform, and in TERRAFORM_PROVIDER_SENTRY the folder of its provider');
      return;
    }
    const home = clientHome();
    const file = (name, text) => writeFileSync(path.join(home.HOME, name), text);
    file('main.tf', documented('Terraform', 'hcl'));
    file('cli.tfrc', `provider_installation {
      dev_overrides {
        "jianyuan/sentry" = "${provider}"
      }
      direct {}
    }`);
    const env = { ...home, TF_CLI_CONFIG_FILE: path.join(home.HOME, 'cli.tfrc'), TF_CLI_ARGS_apply: '-auto-approve' };
    await shell('Terraform', '', env);
    const exports = documented('Terraform', 'sh').replace(/^terraform apply$/m, '');
    const then = async (command) => (await runShell(`${exports}\n${command}`, '', env)).stdout;
    assert.match(await then('terraform output -raw dsn'), DSN);
    assert.match(await then('terraform plan -no-color'), /No changes/);
    assert.match(await then('terraform destroy -auto-approve -no-color'), /Destroy complete! Resources: 1 destroyed/);
  });
});
