// Rules for faults, stored in the file with counts of how often each was checked and how often it struck. The draw depends
// only on seed and count, so that a run with the same calls has the same faults.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store";

export type FaultKind = "delivery" | "call";

/** Options that every kind of fault has. */
export const OCCASION = {
  /** The share of occasions on which it strikes. */
  rate: z.number().min(0).max(1).default(1),
  /** The fault ends after striking this often; null: never. */
  times: z.number().int().min(1).nullable().default(null),
  /** Number of occasions to skip first. */
  skip: z.number().int().min(0).default(0),
  seed: z.string().max(100).default("faults"),
};

export type Occasion = {
  rate: number;
  times: number | null;
  skip: number;
  seed: string;
};

export type Fault<R> = {
  id: number;
  account: string;
  kind: FaultKind;
  rule: R;
  seen: number;
  struck: number;
  /** State kept from one occasion to the next. */
  remembers: unknown;
};

export function addFault<R extends object>(store: Store, fault: { account: string; kind: FaultKind; rule: R }): number {
  const text = "INSERT INTO faults (account, kind, rule) VALUES (?, ?, ?)";
  return Number(store.sql(text).run(fault.account, fault.kind, JSON.stringify(fault.rule)).lastInsertRowid);
}

/** An account's faults, oldest first. */
export function faultsOf<R>(store: Store, kind: FaultKind, account: string): Fault<R>[] {
  const text = "SELECT * FROM faults WHERE kind = ? AND account = ? ORDER BY id";
  return store
    .sql(text)
    .all(kind, account)
    .map(readFault<R>);
}

export function listFaults(store: Store): Fault<object>[] {
  return store
    .sql("SELECT * FROM faults ORDER BY id")
    .all()
    .map(readFault<object>);
}

/** Ends one fault, all of an account, or all. */
export function endFaults(store: Store, which: { id?: number; account?: string }): number {
  const { id = null, account = null } = which;
  const text = "DELETE FROM faults WHERE (@id IS NULL OR id = @id) AND (@account IS NULL OR account = @account)";
  return store.sql(text).run({ id, account }).changes;
}

/** Counts one occasion that the rule matches, and returns whether the fault strikes. */
export function strikes(store: Store, fault: Fault<Occasion>): boolean {
  const { rate, times, skip, seed } = fault.rule;
  fault.seen += 1;
  const isOver = times !== null && fault.struck >= times;
  const strikesNow = !isOver && fault.seen > skip && chanceAt(seed, fault.seen) < rate;
  if (strikesNow) fault.struck += 1;
  store.sql("UPDATE faults SET seen = ?, struck = ? WHERE id = ?").run(fault.seen, fault.struck, fault.id);
  return strikesNow;
}

export function remember(store: Store, fault: Fault<unknown>, what: object): void {
  store.sql("UPDATE faults SET remembers = ? WHERE id = ?").run(JSON.stringify(what), fault.id);
}

/** The nth draw of a seed: 0 ≤ x < 1. */
export function chanceAt(seed: string, count: number): number {
  return createHash("sha256").update(`${seed}:${count}`).digest().readUInt32LE(0) / 2 ** 32;
}

function readFault<R>(row: unknown): Fault<R> {
  const { rule, remembers, ...rest } = row as Omit<Fault<R>, "rule"> & { rule: string; remembers: string | null };
  return { ...rest, rule: JSON.parse(rule), remembers: remembers === null ? null : JSON.parse(remembers) };
}
