// Runs what is due by the clock: each object at its own time and in order, even after the process was down for long.
// Each page of objects is one transaction; between pages the server answers its callers.
import type { Account } from "../account";
import type { Kind } from "../objects";
import { concludeDispute } from "../resources/disputes";
import { arrive, movementAvailable } from "../resources/payouts";
import { concludeRefund } from "../resources/refunds";
import { expireSession } from "../resources/session-expiry";
import type { Sandbox } from "../sandbox";
import type { Due } from "../tables/due";
import { chargeIsDue } from "./charge-is-due";
import { invoiceDue } from "./collect-invoice";
import { subscriptionDue } from "./subscription-life";
import { clockMoved } from "./test-clock";

/** Handles an object at the time in its dueAt. The handler must advance or clear dueAt. */
const WHEN_DUE: { [K in Kind]?: (account: Account, id: string) => void } = {
  balance_transaction: movementAvailable,
  charge: (account, id) => chargeIsDue(account, id),
  "checkout.session": (account, id) => expireSession(account, account.get("checkout.session", id)),
  dispute: (account, id) => concludeDispute(account, id),
  invoice: invoiceDue,
  payout: arrive,
  refund: (account, id) => concludeRefund(account, id),
  subscription: subscriptionDue,
};

const PAGE = 200;

/** The clocks of an account that can move: its own (null), and test clocks that are advancing. */
type Clock = {
  account: string;
  clock: string | null;
  target: number;
};

/** One sweep of every account's own clock and every advancing test clock. */
export async function runDue(sandbox: Sandbox): Promise<void> {
  const accounts = sandbox.store.listAccounts();
  const own = accounts.map(({ id, ahead }) => ({ account: id, clock: null, target: sandbox.now() + ahead }));
  const standing = [...own, ...advancingClocks(sandbox)].filter((clock) => !sandbox.turning.has(nameOf(clock)));
  await Promise.all(standing.map((clock) => runTo(sandbox, clock)));
}

function advancingClocks({ store }: Sandbox): Clock[] {
  return store.listAdvancing().map(({ account, id, target }) => ({ account, clock: id, target }));
}

/** Advances an account's own clock, and all objects that are on no test clock. */
export async function advanceAccount(sandbox: Sandbox, account: string, seconds: number): Promise<void> {
  const ahead = sandbox.store.aheadOf(account) + seconds;
  await runTo(sandbox, { account, clock: null, target: sandbox.now() + ahead });
  sandbox.store.setAhead(account, ahead);
}

async function runTo(sandbox: Sandbox, clock: Clock): Promise<void> {
  const name = nameOf(clock);
  while (sandbox.turning.has(name)) await sandbox.turning.get(name);
  const run = runPages(sandbox, clock);
  sandbox.turning.set(name, run);
  await run.finally(() => sandbox.turning.delete(name));
}

function nameOf({ account, clock }: Clock): string {
  return `${account} ${clock}`;
}

async function runPages(sandbox: Sandbox, clock: Clock): Promise<void> {
  while (!sandbox.isClosing && runPage(sandbox, clock)) await new Promise((resolve) => setImmediate(resolve));
}

/** Returns true if more is due. The clock advances with each page, so a kill leaves it where its objects are. */
function runPage(sandbox: Sandbox, clock: Clock): boolean {
  const { store } = sandbox;
  let count = 0;
  let moved = false;
  store.transaction(() => {
    for (let due = nextDue(); due && count < PAGE; due = nextDue()) {
      count += 1;
      moved = true;
      happen(sandbox, due);
      if (count === PAGE) moveTo(sandbox, clock, due.dueAt);
    }
    if (count < PAGE) moveTo(sandbox, clock, clock.target);
  });
  if (moved) sandbox.sender.wake();
  return count === PAGE;

  function nextDue() {
    return store.nextDue(clock.account, clock.clock, clock.target);
  }
}

function moveTo(sandbox: Sandbox, { account, clock, target }: Clock, seconds: number): void {
  if (clock !== null) clockMoved(sandbox.account(account), clock, { seconds, isThere: seconds >= target });
  else if (seconds > sandbox.now() + sandbox.store.aheadOf(account))
    sandbox.store.setAhead(account, seconds - sandbox.now());
}

/** An object that throws, or does not advance its dueAt, must not block all others. */
function happen(sandbox: Sandbox, { account, kind, id, dueAt }: Due): void {
  const { store } = sandbox;
  try {
    store.attempt(() => WHEN_DUE[kind]?.(sandbox.account(account).at(dueAt), id));
    if (store.dueAtOf(account, id) !== dueAt) return;
    process.stderr.write(`${id} stays due at ${dueAt}: left alone until it changes\n`);
  } catch (failure) {
    process.stderr.write(`${id} could not be brought up to date: ${failure}\n`);
  }
  store.forgetDue(account, id);
}
