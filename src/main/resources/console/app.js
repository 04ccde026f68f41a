/** Starts the console: signs in with the credential of this tab, and shows the view that the URL names. */
import { Component, html, render, useState } from './html.js';
import { AuditView } from './audit.js';
import { KeyView } from './key.js';
import { OrganizationView } from './organization.js';
import { OrganizationsView } from './organizations.js';
import { ProjectView } from './project.js';
import { href, useRoute } from './route.js';
import { credential, forget, isIdle, watchActivity } from './session.js';
import { Shell } from './shell.js';
import { Resume, SignInAgain, SignInPage } from './sign-in.js';
import { Heading, useSession } from './ui.js';
import { UsageView } from './usage.js';

function App() {
  const { caller, ended } = useSession();
  // Whether the tab has kept a credential, as at a reload, and what the API said when it refused it.
  const [kept, setKept] = useState({ resumes: credential() !== null, error: null });
  const { segments, query } = useRoute();
  if (!caller) {
    return kept.resumes && credential() !== null
      ? html`<${Resume} onRefused=${(error) => setKept({ resumes: false, error })} />`
      : html`<${SignInPage} error=${kept.error} />`;
  }
  return html`
    <div class=${ended ? 'locked' : 'open'}>
      <${Shell} segments=${segments}><${Guard} place=${segments.join('/')}><${View} segments=${segments} query=${query} /><//><//>
    </div>
    ${ended && html`<${SignInAgain} reason=${ended} />`}`;
}

/** Shows a fault of the page where it would show nothing. Another view is a new try. */
class Guard extends Component {
  componentDidCatch(fault) {
    console.error(fault);
    this.setState({ fault });
  }

  componentDidUpdate({ place }) {
    if (this.state.fault && place !== this.props.place) {
      this.setState({ fault: null });
    }
  }

  render() {
    return this.state.fault
      ? html`<${Heading} title="The console failed" /><p>This is a fault of the console. Load the page again, or use the API.</p>`
      : this.props.children;
  }
}

/** A segment that a URL would resolve names no object, and would lead to another path of the API. */
const isDots = (segment) => segment === '.' || segment === '..';

function View({ segments, query }) {
  const [collection, organization, inside, project, keys, id, ...rest] = segments;
  if (segments.length === 0) {
    return html`<${OrganizationsView} query=${query} />`;
  }
  if (collection === 'organizations' && organization && rest.length === 0 && !segments.some(isDots)) {
    const place = { organization, query };
    // A slug may be that of a project in another organization, too.
    const key = segments.join('/');
    if (segments.length === 2) {
      return html`<${OrganizationView} key=${key} ...${place} />`;
    }
    if (segments.length === 3 && inside === 'usage') {
      return html`<${UsageView} key=${key} ...${place} />`;
    }
    if (segments.length === 3 && inside === 'audit') {
      return html`<${AuditView} key=${key} ...${place} />`;
    }
    if (segments.length === 4 && inside === 'projects') {
      return html`<${ProjectView} key=${key} ...${place} project=${project} />`;
    }
    if (segments.length === 6 && inside === 'projects' && keys === 'keys') {
      return html`<${KeyView} key=${key} ...${place} project=${project} id=${id} />`;
    }
  }
  return html`
    <${Heading} title="There is no such view" />
    <p>The address names no view of the console. <a href=${href([])}>Go to the organizations</a></p>`;
}

if (credential() !== null && isIdle()) {
  forget();
}
watchActivity();
render(html`<${App} />`, document.getElementById('app'));
