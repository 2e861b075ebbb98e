// What the clock brings: open sessions expire, periods turn. Each at its own time, even if the process slept over it.

import { expireSession } from "../resources/checkout-sessions";
import type { Sandbox } from "../sandbox";
import { turnPeriod } from "./subscription-life";

export function runDue(sandbox: Sandbox): void {
  const due = sandbox.store.due(sandbox.now());
  for (const { account: accountId, kind, id, dueAt } of due) {
    sandbox.store.transaction(() => {
      const account = sandbox.account(accountId, { now: () => dueAt });
      if (kind === "checkout.session") expireSession(account, account.get("checkout.session", id));
      else turnPeriod(account, id);
    });
  }
  if (due.length > 0) sandbox.sender.poke();
}
