// The whole state: forgotten, kept under a name, brought back.
import { z } from "zod";
import { ensureDefaultConfiguration } from "../resources/portal-configurations";
import { createPortalSession, readPortalParams } from "../resources/portal-sessions";
import type { Sandbox } from "../sandbox";
import { deleteSnapshot, hasSnapshot, makeSnapshot, restoreSnapshot, SNAPSHOT_NAME } from "../snapshots";
import { type Action, accountIdIn, accountOf, action, Refusal, WHOSE } from "./action";

const named = z.strictObject({ name: z.string().regex(SNAPSHOT_NAME, "letters, digits, . _ and - only") });

function requireFile({ statePath }: Sandbox): string {
  if (statePath === ":memory:") throw new Refusal("a state in memory has no snapshots: name a file");
  return statePath;
}

function requireSnapshot(sandbox: Sandbox, name: string): string {
  if (!hasSnapshot(requireFile(sandbox), name)) throw new Refusal(`no snapshot ${name}`, 404);
  return sandbox.statePath;
}

export const stateActions: Record<string, Action> = {
  "open-portal": action(
    "The billing portal is open.",
    z.strictObject({ ...WHOSE, customer: z.string().max(100) }),
    (sandbox, { customer, ...whose }) => {
      const account = accountOf(sandbox, whose);
      ensureDefaultConfiguration(account);
      const return_url = `${sandbox.baseUrl}/accounts/${account.id}/objects/${customer}`;
      return { goTo: createPortalSession(account, readPortalParams({ customer, return_url })).url };
    },
  ),
  reset: action("It is forgotten.", z.strictObject(WHOSE), (sandbox, whose) => {
    const isAll = whose.key === undefined && whose.account === undefined;
    sandbox.reset(isAll ? null : accountIdIn(sandbox, whose));
    return { ok: true };
  }),
  snapshot: action("The state is kept.", named, (sandbox, { name }) =>
    makeSnapshot(sandbox.store, requireFile(sandbox), name),
  ),
  restore: action("The state is that of the snapshot.", named, (sandbox, { name }) => {
    restoreSnapshot(sandbox.store, requireSnapshot(sandbox, name), name);
    sandbox.startOver();
    return { ok: true };
  }),
  "delete-snapshot": action("The snapshot is deleted.", named, (sandbox, { name }) => {
    deleteSnapshot(requireSnapshot(sandbox, name), name);
    return { ok: true };
  }),
};
