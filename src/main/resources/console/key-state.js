/** What is worth knowing of a client key at a glance. */
import { html } from './html.js';
import { ApiError, path, request, SENTRY } from './api.js';
import { useEffect, useState } from './html.js';
import { limit, time } from './text.js';
import { Badge, useSession } from './ui.js';

export const UNUSED_DAYS = 30;

/** The members that people change, for the comparison with what somebody else changed. */
export const MEMBERS = [
  { name: 'name', label: 'Name', show: String },
  { name: 'isActive', label: 'State', show: (value) => (value ? 'on' : 'off') },
  { name: 'rateLimit', label: 'Rate limit', show: limit },
  { name: 'dateExpires', label: 'Expires', show: (value) => (value ? time(value) : 'never') },
  { name: 'replacedBy', label: 'Replaced by', show: (value) => value ?? 'no key' },
];

/**
 * Whether usage is counted for so long that a key without an event may be called unused: {counted, note}. The note is what
 * the API says if it is not.
 */
export function useCounted(organization, project) {
  const { signIns } = useSession();
  const [counted, setCounted] = useState({ counted: false, note: null });
  useEffect(() => {
    const abort = new AbortController();
    const tell = (answer) => abort.signal.aborted || setCounted(answer);
    request('GET', path(SENTRY, 'projects', organization, project, 'keys'), {
      query: [['unusedFor', `${UNUSED_DAYS}d`], ['per_page', '1']],
      signal: abort.signal,
    })
      .then(() => tell({ counted: true, note: null }))
      .catch((error) => {
        if (error instanceof ApiError && error.status === 409) {
          tell({ counted: false, note: error.message });
        }
      });
    return () => abort.abort();
  }, [organization, project, signIns]);
  return counted;
}

export function isExpired(key) {
  return Boolean(key.dateExpires) && new Date(key.dateExpires) <= Date.now();
}

/** Whether a key is older than UNUSED_DAYS and did not come in that time. Where nothing is counted, nobody knows. */
export function isUnused(key, counted) {
  const before = Date.now() - UNUSED_DAYS * 86_400_000;
  return counted && new Date(key.dateCreated) < before && (!key.lastSeen || new Date(key.lastSeen) < before);
}

export function Badges({ of, counted = false }) {
  const off = !of.isActive && !isExpired(of);
  return html`
    <span class="badges">
      ${of.isActive && html`<${Badge} kind="good">Active<//>`}
      ${off && html`<${Badge} kind="bad">Off<//>`}
      ${isExpired(of) && html`<${Badge} kind="bad">Expired<//>`}
      ${of.dateExpires && !isExpired(of) && html`<${Badge} kind="warn" title=${time(of.dateExpires)}>Expires ${time(of.dateExpires)}<//>`}
      ${of.replacedBy && html`<${Badge}>Replaced<//>`}
      ${!of.rateLimit && html`<${Badge} kind="warn" title="This key can fill the event store">No limit<//>`}
      ${isUnused(of, counted) && html`<${Badge} title=${`No event in ${UNUSED_DAYS} days`}>Unused<//>`}
    </span>`;
}
