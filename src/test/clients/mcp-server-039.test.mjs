import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, keysPath, newKey } from './harness.mjs';
import { testTools } from './mcp-server.mjs';

test('@sentry/mcp-server 0.39.0', async (t) => {
  const { tool, inProject } = await testTools(t, 'mcp-039');

  await t.test('update_dsn', async () => {
    const { id } = await newKey('To be changed');
    const change = (settings) => tool('update_dsn', { ...inProject, keyId: id, ...settings });
    const stored = () => api('GET', `${keysPath()}${id}/`);

    assert.match(await change({ name: 'Changed', rateLimitWindow: 3600, rateLimitCount: 500 }), /Changed/);
    assert.deepEqual((await stored()).rateLimit, { window: 3600, count: 500 });
    await change({ isActive: false });
    assert.equal((await stored()).isActive, false);
    await change({ disableRateLimit: true });
    assert.equal((await stored()).rateLimit, null);
    await change({ browserSdkVersion: '9.x', loaderHasReplay: false, loaderHasDebug: true, loaderHasFeedback: true });
    const { name, browserSdkVersion, dynamicSdkLoaderOptions } = await stored();
    assert.equal(name, 'Changed');
    assert.equal(browserSdkVersion, '9.x');
    assert.deepEqual(dynamicSdkLoaderOptions, {
      hasReplay: false, hasPerformance: true, hasDebug: true, hasFeedback: true, hasLogsAndMetrics: false });
  });
});
