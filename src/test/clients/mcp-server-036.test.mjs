import { test } from 'node:test';
import { testTools } from './mcp-server.mjs';

test('@sentry/mcp-server 0.36.0', (t) => testTools(t, 'mcp-036'));
