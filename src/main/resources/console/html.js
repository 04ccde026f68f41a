/** The library of the views: Preact with templates in place of JSX. */
import { h } from './vendor/preact.js';
import htm from './vendor/htm.js';

export { Component, render } from './vendor/preact.js';
export { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from './vendor/hooks.js';

export const html = htm.bind(h);
