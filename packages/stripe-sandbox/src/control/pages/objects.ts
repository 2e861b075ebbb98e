import type { Account } from "../../account";
import { html } from "../../http/html";
import { formatMoney } from "../../money";
import type { StoredObject } from "../../objects";
import { dataTable, pager, renderPage, timeElement } from "./frame";

const PAGE = 50;

export function objectsPage(
  account: Account,
  keyHint: string,
  { kind, beforeSeq }: { kind: string; beforeSeq: number | null },
) {
  const home = `/accounts/${account.id}`;
  const found = account.store
    .sql(
      `SELECT seq, json FROM objects WHERE account = ? AND kind = ? AND seq < coalesce(?, 9e18) ORDER BY seq DESC LIMIT ?`,
    )
    .all(account.id, kind, beforeSeq, PAGE + 1) as { seq: number; json: string }[];
  const shown = found.slice(0, PAGE);
  const list = `${home}/objects?kind=${encodeURIComponent(kind)}`;
  const rows = shown.map(({ json }) => objectRow(JSON.parse(json), home));
  const older = found.length > PAGE ? `${list}&before=${shown.at(-1)?.seq}` : null;
  const label = kind.replaceAll("_", " ");
  return renderPage(
    html`${dataTable(label, ["Id", "State", "Amount", "Created (UTC)", "Details"], rows)}${pager(beforeSeq === null ? null : list, older)}`,
    {
      title: label,
      path: [
        { href: home, label: keyHint },
        { href: list, label },
      ],
    },
  );
}

type Common = Partial<
  Record<"status" | "amount" | "amount_total" | "amount_due" | "currency" | "type" | "active", unknown>
> &
  Partial<Record<"customer" | "email" | "name" | "description", unknown>>;

export function objectRow(object: StoredObject, home: string) {
  const { id } = object;
  const created = "created" in object ? object.created : null;
  const common: Common = { name: null, ...object };
  const amount = [common.amount, common.amount_total, common.amount_due].find((each) => typeof each === "number");
  const sum =
    typeof amount === "number" && typeof common.currency === "string" ? { amount, currency: common.currency } : null;
  return [
    html`<a href="${home}/objects/${id}"><code>${id.length > 36 ? `${id.slice(0, 34)}…` : id}</code></a>`,
    html`${textOf(common.status) ?? textOf(common.type) ?? (common.active === false ? "inactive" : "")}`,
    html`<span class="number">${sum && formatMoney(sum)}</span>`,
    created === null ? html`` : timeElement(created),
    html`${textOf(common.email) ?? textOf(common.name) ?? textOf(common.customer) ?? textOf(common.description)}`,
  ];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value.slice(0, 60) : null;
}
