import { setTimeout } from 'node:timers/promises';
import * as Sentry from '@sentry/node';

// An app that reports an event every 50 milliseconds until it is stopped: node send.mjs DSN
Sentry.init({ dsn: process.argv[2] });
for (let n = 1; ; n++) {
  Sentry.captureMessage(`event ${n}`);
  console.log(`captured ${n}`);
  await setTimeout(50);
}
