// Chromium for many cases: prints the address at which scripts reach it, and ends with its standard input or with Chromium.
import { launching, require } from './browser.mjs';

const { chromium } = require('playwright-core');
const server = await chromium.launchServer(launching());
server.on('close', () => process.exit());
console.log(server.wsEndpoint());
process.stdin.resume().on('end', () => server.close());
