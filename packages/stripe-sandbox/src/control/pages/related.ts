import type { Account } from "../../account";
import { html } from "../../http/html";
import type { StoredObject } from "../../objects";
import { dataTable } from "./frame";
import { objectRow } from "./objects";

const MAX_ROWS = 40;
const AN_ID = /^[a-z]{2,10}(_test|_live)?_[A-Za-z0-9]{8,}$/;

export function renderRelatedObjectsSection(account: Account, object: StoredObject, home: string) {
  const found = new Map<string, StoredObject>();
  for (const each of [...belonging(account, object), ...referenced(account, object)])
    if (each.id !== object.id && each.object !== "event") found.set(each.id, each);
  if (found.size === 0) return null;
  const rows = [...found.values()]
    .slice(0, MAX_ROWS)
    .map((each) => [html`${each.object.replaceAll("_", " ")}`, ...objectRow(each, home)]);
  return html`<h2>Related objects</h2>${dataTable("Related objects", ["Kind", "Id", "State", "Amount", "Created (UTC)", "Details"], rows)}`;
}

function referenced(account: Account, object: StoredObject): StoredObject[] {
  const ids = new Set<string>();
  JSON.stringify(object, (_, value: unknown) => {
    if (typeof value === "string" && AN_ID.test(value)) ids.add(value);
    return value;
  });
  return [...ids].flatMap((id) => account.store.findAny(account.id, id) ?? []);
}

function belonging(account: Account, { id, object }: StoredObject): StoredObject[] {
  const query = { limit: MAX_ROWS };
  if (object === "customer") {
    const where = { customer: id };
    return [
      ...account.list("subscription", { where, ...query }),
      ...account.list("charge", { where, ...query }),
      ...account.list("payment_method", { where, ...query }),
    ];
  }
  if (object !== "subscription") return [];
  return account.list("invoice", { where: { "$.parent.subscription_details.subscription": id }, ...query });
}
