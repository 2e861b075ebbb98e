// Renders the pages of the development mail inbox. They have no script and load nothing from other hosts.

export type InboxMail = {
  id: string;
  time: Date;
  from: { address?: string }[];
  to: { address?: string }[];
  subject?: string;
  text?: string;
  html?: string;
};

export type InboxResponse = { status: number; type: string; contentSecurityPolicy?: string; body: string };

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid GrayText; }
li { border-bottom: 1px solid GrayText; }
li a { display: grid; grid-template-columns: 6rem 16rem 1fr; gap: 1rem; padding: 0.7rem 0; color: inherit; text-decoration: none; }
li a:hover .subject, li a:focus-visible .subject { text-decoration: underline; }
.subject { font-weight: 600; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 1rem; margin: 0 0 1rem; }
dd { margin: 0; }
iframe { width: 100%; height: 75vh; border: 1px solid GrayText; background: Canvas; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 40rem) { li a { grid-template-columns: 1fr; gap: 0; } }`;

export function mailListPage(mails: readonly InboxMail[]): string {
  const rows = mails.toSorted((a, b) => b.time.getTime() - a.time.getTime()).map(rowOf);
  const list = rows.length > 0 ? `<ul>${rows.join("")}</ul>` : "<p>No mail yet. This page reloads by itself.</p>";
  return documentOf("Inbox", `<main><h1>Inbox</h1>${list}</main>`, '<meta http-equiv="refresh" content="4">');
}

function rowOf(mail: InboxMail): string {
  return `<li><a href="/mail/${escapeHtml(mail.id)}"><span>${mail.time.toLocaleTimeString("en-GB")}</span><span>${escapeHtml(addresses(mail.to))}</span>
<span class="subject">${escapeHtml(mail.subject ?? "")}</span></a></li>`;
}

export function mailPage(mail: InboxMail): string {
  const fields = { To: addresses(mail.to), From: addresses(mail.from), Sent: mail.time.toLocaleString("en-GB") };
  const rows = Object.entries(fields).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const content = mail.html
    ? `<iframe src="/mail/${escapeHtml(mail.id)}/body" title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : "";
  return documentOf(
    mail.subject ?? "A mail",
    `<main><p><a href="/">All mail</a></p><h1>${escapeHtml(mail.subject ?? "")}</h1><dl>${rows.join("")}</dl>${content}
<details${mail.html ? "" : " open"}><summary>Plain text</summary><pre>${escapeHtml(mail.text ?? "")}</pre></details></main>`,
  );
}

/** Returns an e-mail for a sandboxed frame: it runs no script and loads nothing, and its links open in a new tab. */
export function mailBodyResponse(mail: InboxMail): InboxResponse {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";
  const body = `<!doctype html><base target="_blank">${mail.html ?? ""}`;
  return { status: 200, type: "text/html; charset=utf-8", contentSecurityPolicy: policy, body };
}

function documentOf(title: string, body: string, head = ""): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>${head}<style>${STYLE}</style></head><body>${body}</body></html>`;
}

function addresses(list: InboxMail["to"]): string {
  return list.map(({ address }) => address).join(", ");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
