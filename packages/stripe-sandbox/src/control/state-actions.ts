import { z } from "zod";
import { ensureDefaultConfiguration } from "../resources/portal-configurations";
import { createPortalSession, readPortalSessionParams } from "../resources/portal-sessions";
import type { Sandbox } from "../sandbox";
import { deleteSnapshot, hasSnapshot, makeSnapshot, restoreSnapshot, SNAPSHOT_NAME_PATTERN } from "../snapshots";
import {
  ACCOUNT_LOOKUP_PARAMS,
  type Action,
  ControlActionRefusedError,
  defineAction,
  findOrCreateAccount,
  findOrCreateAccountId,
} from "./action";

const named = z.strictObject({ name: z.string().regex(SNAPSHOT_NAME_PATTERN, "letters, digits, . _ and - only") });

function requireFile({ statePath }: Sandbox): string {
  if (statePath === ":memory:")
    throw new ControlActionRefusedError("snapshots need a state file, and this state is in memory");
  return statePath;
}

function requireSnapshot(sandbox: Sandbox, name: string): string {
  if (!hasSnapshot(requireFile(sandbox), name))
    throw new ControlActionRefusedError(`there is no snapshot ${name}`, 404);
  return sandbox.statePath;
}

export const resetAndSnapshotActions: Record<string, Action> = {
  "open-portal": defineAction(
    "The billing portal is open.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, customer: z.string().max(100) }),
    (sandbox, { customer, ...owner }) => {
      const account = findOrCreateAccount(sandbox, owner);
      ensureDefaultConfiguration(account);
      const return_url = `${sandbox.baseUrl}/accounts/${account.id}/objects/${customer}`;
      return { goTo: createPortalSession(account, readPortalSessionParams({ customer, return_url })).url };
    },
  ),
  reset: defineAction("The data is deleted.", z.strictObject(ACCOUNT_LOOKUP_PARAMS), (sandbox, owner) => {
    const isAll = owner.key === undefined && owner.account === undefined;
    sandbox.reset(isAll ? null : findOrCreateAccountId(sandbox, owner));
    return { ok: true };
  }),
  snapshot: defineAction("The snapshot is saved.", named, (sandbox, { name }) =>
    makeSnapshot(sandbox.store, requireFile(sandbox), name),
  ),
  restore: defineAction("The snapshot is restored.", named, (sandbox, { name }) => {
    restoreSnapshot(sandbox.store, requireSnapshot(sandbox, name), name);
    sandbox.restartDeliveries();
    return { ok: true };
  }),
  "delete-snapshot": defineAction("The snapshot is deleted.", named, (sandbox, { name }) => {
    deleteSnapshot(requireSnapshot(sandbox, name), name);
    return { ok: true };
  }),
};
