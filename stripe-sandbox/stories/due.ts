// What the clock brings: open sessions expire, periods turn. Each at its own time, even if the process slept over it.

import { expireSession } from "../resources/checkout-sessions";
import type { Sandbox } from "../sandbox";
import type { Due } from "../store";
import { turnPeriod } from "./subscription-life";

export function runDue(sandbox: Sandbox): void {
  const due = sandbox.store.due(sandbox.now());
  for (const each of due) {
    try {
      sandbox.store.transaction(() => happen(sandbox, each));
    } catch (failure) {
      // One broken object must not stop the clock of all others.
      process.stderr.write(`${each.id} could not be brought up to date: ${failure}\n`);
    }
  }
  if (due.length > 0) sandbox.sender.poke();
}

function happen(sandbox: Sandbox, { account: accountId, kind, id, dueAt }: Due): void {
  const account = sandbox.account(accountId, { now: () => dueAt });
  if (kind === "checkout.session") expireSession(account, account.get("checkout.session", id));
  else turnPeriod(account, id);
}
