import type { Account } from "../../account";
import { html } from "../../http/html";
import type { StoredEvent, StoredObject } from "../../objects";
import { deliveriesSection, eventsTable } from "./events";
import { renderPage } from "./frame";
import { renderObjectActionForms } from "./object-actions";
import { renderRelatedObjectsSection } from "./related";

const MAX_EVENTS = 30;

export function objectPage(
  account: Account,
  keyHint: string,
  { object, message }: { object: StoredObject; message: string | null },
) {
  const home = `/accounts/${account.id}`;
  const here = `${home}/objects/${object.id}`;
  const kind = object.object.replaceAll("_", " ");
  const actions = renderObjectActionForms(account, object, here);
  const body = html`${actions.length > 0 && html`<h2>Actions</h2><div class="actions">${actions}</div>`}
${renderRelatedObjectsSection(account, object, home)}
${object.object === "event" ? deliveriesSection(account, object.id, here) : html`<h2>Events</h2>${eventsTable(account, eventsOf(account, object.id))}`}
<h2>JSON</h2>
<pre tabindex="0" role="region" aria-label="JSON">${JSON.stringify(object, null, 2)}</pre>`;
  const path = [
    { href: home, label: keyHint },
    { href: `${home}/objects?kind=${object.object}`, label: kind },
    { href: here, label: object.id.length > 24 ? `${object.id.slice(0, 22)}…` : object.id },
  ];
  return renderPage(body, { title: `${kind} ${object.id}`, path, message });
}

function eventsOf(account: Account, id: string): StoredEvent[] {
  return account.list("event", { where: { "$.data.object.id": id }, limit: MAX_EVENTS });
}
