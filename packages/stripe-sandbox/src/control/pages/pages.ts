import type { Reply } from "../../http/reply";
import type { Sandbox } from "../../sandbox";
import { accountPage } from "./account";
import { eventsPage } from "./events";
import { faultsPage } from "./faults";
import { renderPage } from "./frame";
import { homePage } from "./home";
import { objectPage } from "./object";
import { objectsPage } from "./objects";

export function findControlPage(sandbox: Sandbox, url: URL, message: string | null): Reply | null {
  if (url.pathname === "/") return homePage(sandbox, message);
  const [, area, accountId = "", section = "", id = "", more] = url.pathname.split("/");
  const row = sandbox.store.listAccounts().find((account) => account.id === accountId);
  if (area !== "accounts" || !row || more !== undefined) return null;
  const account = sandbox.account(accountId);
  const param = (name: string) => url.searchParams.get(name) || null;
  if (section === "") return accountPage(account, row.hint, message);
  if (section === "events" && id === "")
    return eventsPage(account, row.hint, { query: { type: param("type"), after: param("after") }, message });
  if (section === "faults" && id === "") return faultsPage(account, row.hint, message);
  if (section !== "objects") return null;
  const objectId = id || param("id")?.trim();
  if (!objectId) {
    const beforeSeq = Number(param("before")) || null;
    return objectsPage(account, row.hint, { kind: param("kind") ?? "customer", beforeSeq });
  }
  const object = sandbox.store.findAny(accountId, objectId);
  return object ? objectPage(account, row.hint, { object, message }) : null;
}

export function refusedPage(status: number, reason: string, back: string): Reply {
  const path = [{ href: back, label: "back" }];
  return renderPage([], { title: "This cannot be done", message: reason, status, path });
}
