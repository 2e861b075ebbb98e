import { html, htmlReply } from "../http/html";
import type { Reply } from "../http/reply";
import { openSessionFromLink } from "../resources/payment-links";
import type { Sandbox } from "../sandbox";

export function answerPaymentLinkRequest(sandbox: Sandbox, path: string): Reply {
  const id = path.split("/")[2] ?? "";
  for (const { id: accountId } of sandbox.store.listAccounts()) {
    const account = sandbox.account(accountId);
    const link = account.find("payment_link", id);
    if (!link) continue;
    if (!link.active) return closed(link.inactive_message ?? "This link is no longer active.");
    const session = sandbox.store.transaction(() => openSessionFromLink(account, link));
    return { status: 303, headers: { location: session.url ?? "/" }, body: "" };
  }
  return closed("There is no such link.", 404);
}

function closed(messages: string, status = 200): Reply {
  const body = html`<main class="plain"><h1>${messages}</h1></main>`;
  return htmlReply(status, body, { lang: "en", title: messages });
}
