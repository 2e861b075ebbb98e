// Handles due objects in order, each at its own time, even if the process was down for long. Works in batches, between
// which the server can answer callers.
import type { Account } from "../account";
import type { StripeObjectKind } from "../objects";
import { closeOrEscalateDueDispute } from "../resources/disputes";
import { completePayout, payOutAfterTransactionBecameAvailable } from "../resources/payouts";
import { succeedOrFailRefund } from "../resources/refunds";
import { expireCheckoutSession } from "../resources/session-expiry";
import type { Sandbox } from "../sandbox";
import type { DueObject } from "../tables/find-due-objects";
import { finalizeOrRetryInvoice } from "./collect-invoice";
import { settleDebitOrReleaseHold } from "./handle-due-charge";
import { handleDueSubscription } from "./handle-due-subscription";
import { setAdvancingTestClockTime } from "./test-clock";

/**
 * The function that handles a due object, for each kind of object. It must move the object's `dueAt` to a later time or
 * clear it.
 */
const WHEN_DUE: { [K in StripeObjectKind]?: (account: Account, id: string) => void } = {
  balance_transaction: payOutAfterTransactionBecameAvailable,
  charge: (account, id) => settleDebitOrReleaseHold(account, id),
  "checkout.session": (account, id) => expireCheckoutSession(account, account.get("checkout.session", id)),
  dispute: (account, id) => closeOrEscalateDueDispute(account, id),
  invoice: finalizeOrRetryInvoice,
  payout: completePayout,
  refund: (account, id) => succeedOrFailRefund(account, id),
  subscription: handleDueSubscription,
};

/** After this time, a batch handles no further object. So no caller of the server waits long for an answer. */
const PAGE_MS = 100;

/**
 * A clock that must be advanced. `clock`: the id of a test clock, or null for the account's own clock. `target`: the
 * time to which it must be advanced, in Unix seconds.
 */
type Clock = {
  account: string;
  clock: string | null;
  target: number;
};

/** Handles the due objects of all accounts. Skips the objects of a clock that another call is already advancing. */
export async function handleAllDueObjects(sandbox: Sandbox): Promise<void> {
  const accounts = sandbox.store.listAccounts();
  const own = accounts.map(({ id, ahead }) => ({ account: id, clock: null, target: sandbox.now() + ahead }));
  const idle = [...own, ...advancingClocks(sandbox)].filter((clock) => !sandbox.advancing.has(nameOf(clock)));
  await Promise.all(idle.map((clock) => runTo(sandbox, clock)));
}

function advancingClocks({ store }: Sandbox): Clock[] {
  return store.listAdvancing().map(({ account, id, target }) => ({ account, clock: id, target }));
}

/** Advances the account's own clock, but not its test clocks. */
export async function advanceAccountClock(sandbox: Sandbox, account: string, seconds: number): Promise<void> {
  const ahead = sandbox.store.secondsAheadOf(account) + seconds;
  await runTo(sandbox, { account, clock: null, target: sandbox.now() + ahead });
  sandbox.store.setSecondsAhead(account, ahead);
}

/**
 * Runs the work. Until it ends, the account's own clock stands still: no object that is due on this clock is handled.
 */
export async function withClockHeld(sandbox: Sandbox, account: string, work: () => Promise<void>): Promise<void> {
  await alone(sandbox, nameOf({ account, clock: null }), work);
}

async function runTo(sandbox: Sandbox, clock: Clock): Promise<void> {
  await alone(sandbox, nameOf(clock), () => runPages(sandbox, clock));
}

async function alone(sandbox: Sandbox, name: string, work: () => Promise<void>): Promise<void> {
  while (sandbox.advancing.has(name)) await sandbox.advancing.get(name);
  const run = work();
  // Other calls with the same `name` wait until this work has succeeded or failed.
  const end = run.catch(() => {}).finally(() => sandbox.advancing.delete(name));
  sandbox.advancing.set(name, end);
  await run;
}

function nameOf({ account, clock }: Pick<Clock, "account" | "clock">): string {
  return `${account} ${clock}`;
}

async function runPages(sandbox: Sandbox, clock: Clock): Promise<void> {
  while (!sandbox.isClosing && runPage(sandbox, clock)) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Handles one batch of due objects. Returns true if more objects may be due. Advances the clock in the same
 * transaction, so that clock and objects match even if the process is killed.
 */
function runPage(sandbox: Sandbox, clock: Clock): boolean {
  const { last, isFull } = sandbox.store.transaction(() => {
    const page = handlePage(sandbox, clock);
    moveTo(sandbox, clock, page.isFull && page.last ? page.last.dueAt : clock.target);
    return page;
  });
  if (last) sandbox.sender.wake();
  return isFull;
}

function handlePage(sandbox: Sandbox, { account, clock, target }: Clock): { last: DueObject | null; isFull: boolean } {
  const until = performance.now() + PAGE_MS;
  let last: DueObject | null = null;
  while (performance.now() < until) {
    const due = sandbox.store.nextDue(account, clock, target);
    if (!due) return { last, isFull: false };
    handleDue(sandbox, due);
    last = due;
  }
  return { last, isFull: true };
}

function moveTo(sandbox: Sandbox, { account, clock, target }: Clock, seconds: number): void {
  if (clock !== null)
    setAdvancingTestClockTime(sandbox.account(account), clock, { seconds, hasArrived: seconds >= target });
  else if (seconds > sandbox.now() + sandbox.store.secondsAheadOf(account))
    sandbox.store.setSecondsAhead(account, seconds - sandbox.now());
}

/**
 * Runs the object's handler. If the handler throws, or leaves the object's due time unchanged, skips the object until
 * it changes. Otherwise the other due objects would never be handled.
 */
function handleDue(sandbox: Sandbox, { account, kind, id, dueAt }: DueObject): void {
  const { store } = sandbox;
  try {
    store.attempt(() => WHEN_DUE[kind]?.(sandbox.account(account).atTime(dueAt), id));
    if (store.dueAtOf(account, id) !== dueAt) return;
    process.stderr.write(`${id} stays due at ${dueAt}: skipped until it changes\n`);
  } catch (failure) {
    process.stderr.write(`${id} could not be handled: ${failure}\n`);
  }
  store.forgetDue(account, id);
}
