import { type Html, html, htmlReply } from "../../http/html";

export type PageFrame = {
  title: string;
  path?: { href: string; label: string }[];
  message?: string | null;
  status?: number;
};

export function renderPage(body: Html | Html[], { title, path = [], message = null, status = 200 }: PageFrame) {
  const steps = [{ href: "/", label: "stripe-sandbox" }, ...path];
  const page = html`<header class="mast"><nav aria-label="Where you are"><ol>
${steps.map(({ href, label }) => html`<li><a href="${href}">${label}</a></li>`)}
</ol></nav><span class="badge">No money moves</span></header>
<main class="control">
${message && html`<p class="message" role="status">${message}</p>`}
<h1>${title}</h1>
${body}
</main>`;
  return htmlReply(status, page, { lang: "en", title: `${title} · stripe-sandbox`, style: "/assets/control.css" });
}

export type ActionForm = {
  /** The action's name in its URL: POST /_sandbox/NAME. */
  name: string;
  label: string;
  back: string;
  hidden?: Record<string, string | null>;
  fields?: Html[];
  isDestructive?: boolean;
};

export function actionForm({ name, label, back, hidden = {}, fields = [], isDestructive = false }: ActionForm): Html {
  const sent = Object.entries({ ...hidden, back }).filter(([, value]) => value !== null);
  return html`<form class="action-form" method="post" action="/_sandbox/${name}">
${sent.map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`)}
${fields}<button${isDestructive ? html` class="destructive"` : ""}>${label}</button></form>`;
}

type Field = {
  name: string;
  label: string;
  value?: string;
  hint?: string;
  width?: number;
};

export function field({ name, label, value = "", hint = "", width = 12 }: Field): Html {
  return html`<label>${label}<input name="${name}" value="${value}" placeholder="${hint}" size="${width}" autocomplete="off"></label>`;
}

export function choiceField(name: string, label: string, choices: [value: string, label: string][]): Html {
  return html`<label>${label}<select name="${name}">
${choices.map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select></label>`;
}

export function dataTable(caption: string, heads: string[], rows: Html[][]): Html {
  if (rows.length === 0) return html`<p class="small">None.</p>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

export function pager(newestHref: string | null, olderHref: string | null): Html {
  return html`<nav class="pager" aria-label="Pages">${newestHref && html`<a href="${newestHref}">Newest</a>`}
${olderHref && html`<a href="${olderHref}" rel="next">Older</a>`}</nav>`;
}

export function timeElement(seconds: number): Html {
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")}</time>`;
}
