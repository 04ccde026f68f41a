/**
 * The view that the fragment of the URL names, such as #/organizations/acme/projects/pump?cursor=0:50:0. Browsers do not
 * send a fragment, so no log has it.
 */
import { useEffect, useState } from './html.js';

/** The fragment of the view that the page shows. A URL that was typed or chosen since then names another one. */
let shown = location.hash;

export function read() {
  const fragment = location.hash;
  const [path, query = ''] = fragment.replace(/^#/, '').split('?');
  return {
    fragment,
    segments: path.split('/').filter(Boolean).map(unescape),
    query: new URLSearchParams(query),
  };
}

/** The fragment of a view. Empty values of the query are left out. */
export function href(segments, query = {}) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#/${segments.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

export function go(target) {
  location.hash = target;
}

/** Shows another view in place of this one in the history, unless the person has gone elsewhere; answers whether it does. */
export function replace(target) {
  const stays = location.hash === shown;
  if (stays) {
    location.replace(target);
  }
  return stays;
}

export function useRoute() {
  const [route, setRoute] = useState(read);
  shown = route.fragment;
  useEffect(() => {
    const update = () => setRoute(read());
    addEventListener('hashchange', update);
    if (location.hash !== route.fragment) {
      update();
    }
    return () => removeEventListener('hashchange', update);
  }, []);
  return route;
}

function unescape(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
