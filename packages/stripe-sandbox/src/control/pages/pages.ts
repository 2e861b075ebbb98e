// Which page an address of the control room shows.

import type { Reply } from "../../http/reply";
import type { Sandbox } from "../../sandbox";
import { accountPage } from "./account";
import { eventsPage } from "./events";
import { faultsPage } from "./faults";
import { framed } from "./frame";
import { homePage } from "./home";
import { objectPage } from "./object";
import { objectsPage } from "./objects";

/** Null where there is no such page. `said` is what was just done. */
export function findPage(sandbox: Sandbox, url: URL, said: string | null): Reply | null {
  if (url.pathname === "/") return homePage(sandbox, said);
  const [, room, accountId = "", section = "", id = "", more] = url.pathname.split("/");
  const row = sandbox.store.listAccounts().find((account) => account.id === accountId);
  if (room !== "accounts" || !row || more !== undefined) return null;
  const account = sandbox.account(accountId);
  const asked = (name: string) => url.searchParams.get(name) || null;
  if (section === "") return accountPage(account, row.hint, said);
  if (section === "events" && id === "")
    return eventsPage(account, row.hint, { type: asked("type"), after: asked("after") }, said);
  if (section === "faults" && id === "") return faultsPage(account, row.hint, said);
  if (section !== "objects") return null;
  const objectId = id || asked("id")?.trim();
  if (!objectId) {
    const before = Number(asked("before")) || null;
    return objectsPage(account, row.hint, { kind: asked("kind") ?? "customer", before });
  }
  const object = sandbox.store.findAny(accountId, objectId);
  return object ? objectPage(account, row.hint, object, said) : null;
}

export function refusedPage(status: number, reason: string, back: string): Reply {
  const path = [{ href: back, label: "back" }];
  return framed([], { title: "That cannot be done", said: reason, status, path });
}
