// Decides if a fault applies to a call or delivery. For a `rate` below 1, a pseudo-random number decides. The number
// depends only on the seed and on how many calls or deliveries have matched so far. So two test runs with the same
// calls and deliveries have the same faults.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store";

export type FaultTarget = "delivery" | "call";

export const FAULT_OPTION_SCHEMAS = {
  /** The share of matching calls or deliveries that get the fault. */
  rate: z.number().min(0).max(1).default(1),
  /** How many times the fault applies at most. Null: without limit. */
  times: z.number().int().min(1).nullable().default(null),
  /** How many matching calls or deliveries never get the fault, counted from the first one. */
  skip: z.number().int().min(0).default(0),
  seed: z.string().max(100).default("faults"),
};

export type FaultOptions = {
  rate: number;
  times: number | null;
  skip: number;
  seed: string;
};

/**
 * A rule for faults, with its counts. `seen`: how many calls or deliveries matched the rule. `struck`: how many of them
 * got its fault.
 */
export type FaultRuleWithCounts<R> = {
  id: number;
  account: string;
  kind: FaultTarget;
  rule: R;
  seen: number;
  struck: number;
  /** State that the rule needs for its next fault, such as the group of deliveries that it is shuffling. */
  remembers: unknown;
};

export function addFault<R extends object>(
  store: Store,
  fault: { account: string; kind: FaultTarget; rule: R },
): number {
  const text = "INSERT INTO faults (account, kind, rule) VALUES (?, ?, ?)";
  return Number(store.sql(text).run(fault.account, fault.kind, JSON.stringify(fault.rule)).lastInsertRowid);
}

export function listAccountFaultsOfKind<R>(store: Store, kind: FaultTarget, account: string): FaultRuleWithCounts<R>[] {
  const text = "SELECT * FROM faults WHERE kind = ? AND account = ? ORDER BY id";
  return store
    .sql(text)
    .all(kind, account)
    .map(readFault<R>);
}

export function listAllFaultRules(store: Store): FaultRuleWithCounts<object>[] {
  return store
    .sql("SELECT * FROM faults ORDER BY id")
    .all()
    .map(readFault<object>);
}

export function deleteFaults(store: Store, which: { id?: number; account?: string }): number {
  const { id = null, account = null } = which;
  const text = "DELETE FROM faults WHERE (@id IS NULL OR id = @id) AND (@account IS NULL OR account = @account)";
  return store.sql(text).run({ id, account }).changes;
}

/** Counts a call or delivery that matches the fault's rule. Returns true if the fault applies to it. */
export function countMatchAndDecideIfFaultApplies(store: Store, fault: FaultRuleWithCounts<FaultOptions>): boolean {
  const { rate, times, skip, seed } = fault.rule;
  fault.seen += 1;
  const isOver = times !== null && fault.struck >= times;
  const strikesNow = !isOver && fault.seen > skip && seededRandomAt(seed, fault.seen) < rate;
  if (strikesNow) fault.struck += 1;
  store.sql("UPDATE faults SET seen = ?, struck = ? WHERE id = ?").run(fault.seen, fault.struck, fault.id);
  return strikesNow;
}

export function storeFaultState(store: Store, fault: FaultRuleWithCounts<unknown>, state: object): void {
  store.sql("UPDATE faults SET remembers = ? WHERE id = ?").run(JSON.stringify(state), fault.id);
}

/** Returns a pseudo-random number x with 0 ≤ x < 1, the same for the same seed and count. */
export function seededRandomAt(seed: string, count: number): number {
  return createHash("sha256").update(`${seed}:${count}`).digest().readUInt32LE(0) / 2 ** 32;
}

function readFault<R>(row: unknown): FaultRuleWithCounts<R> {
  const { rule, remembers, ...rest } = row as Omit<FaultRuleWithCounts<R>, "rule"> & {
    rule: string;
    remembers: string | null;
  };
  return { ...rest, rule: JSON.parse(rule), remembers: remembers === null ? null : JSON.parse(remembers) };
}
