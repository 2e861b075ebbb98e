// What the clock brings: open sessions expire, periods turn. Each at its own time, even if the process slept over it.

import type { Account } from "../account";
import type { Kind } from "../objects";
import { expireSession } from "../resources/checkout-sessions";
import type { Sandbox } from "../sandbox";
import type { Due } from "../store";
import { turnPeriod } from "./subscription-life";

/** What happens to an object at the time that its dueAt names. It must move that time on, or end it. */
const WHEN_DUE: { [K in Kind]?: (account: Account, id: string) => void } = {
  "checkout.session": (account, id) => expireSession(account, account.get("checkout.session", id)),
  subscription: (account, id) => turnPeriod(account, id),
};

/** One sweep over every account's own clock. Test clocks stand still until they are advanced. */
export function runDue(sandbox: Sandbox): void {
  const due = sandbox.store
    .listAccounts()
    .flatMap(({ id, ahead }) => sandbox.store.due(id, null, sandbox.now() + ahead));
  for (const each of due) {
    try {
      sandbox.store.transaction(() => happen(sandbox.account(each.account), each));
    } catch (failure) {
      // One broken object must not stop the clock of all others.
      process.stderr.write(`${each.id} could not be brought up to date: ${failure}\n`);
    }
  }
  if (due.length > 0) sandbox.sender.poke();
}

function happen(account: Account, { kind, id, dueAt }: Due): void {
  WHEN_DUE[kind]?.(account.at(dueAt), id);
}
