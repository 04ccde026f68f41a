// Chromium for many cases: prints the address at which scripts reach it, and ends with its standard input.
import { launching, require } from './browser.mjs';

const { chromium } = require('playwright-core');
const server = await chromium.launchServer(launching());
console.log(server.wsEndpoint());
process.stdin.resume().on('end', async () => {
  await server.close();
  process.exit();
});
