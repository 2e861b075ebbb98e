import { z } from "zod";
import { ACCOUNT_OF_GLOBAL_FAULTS, callFaultRuleSchema } from "../faults/call-faults";
import { deliveryFaultRuleSchema } from "../faults/delivery-faults";
import { addFault, deleteFaults } from "../faults/rules";
import {
  ACCOUNT_LOOKUP_PARAMS,
  type AccountSelector,
  type Action,
  ControlActionRefusedError,
  defineAction,
  findOrCreateAccountId,
} from "./action";

/**
 * Checks only the fields that choose the account. All other fields form the fault rule, which each action checks with
 * its own schema.
 */
const params = z.looseObject(ACCOUNT_LOOKUP_PARAMS);

function ruleIn(input: z.infer<typeof params>): { owner: AccountSelector; rule: Record<string, unknown> } {
  const { key, account, ...rule } = input;
  return { owner: { key, account }, rule };
}

function isForAllAccounts({ key, account }: AccountSelector): boolean {
  return key === undefined && account === undefined;
}

export const faultActions: Record<string, Action> = {
  "delivery-faults": defineAction("The fault is on for deliveries.", params, (sandbox, input) => {
    const { owner, rule: written } = ruleIn(input);
    const rule = deliveryFaultRuleSchema.parse(written);
    return {
      id: addFault(sandbox.store, { account: findOrCreateAccountId(sandbox, owner), kind: "delivery", rule }),
      rule,
    };
  }),
  "call-faults": defineAction("The fault is on for API calls.", params, (sandbox, input) => {
    const { owner, rule: written } = ruleIn(input);
    const rule = callFaultRuleSchema.parse(written);
    const account = isForAllAccounts(owner) ? ACCOUNT_OF_GLOBAL_FAULTS : findOrCreateAccountId(sandbox, owner);
    return { id: addFault(sandbox.store, { account, kind: "call", rule }), rule };
  }),
  away: defineAction(
    "The stand-in refuses connections for the requested time.",
    z.strictObject({ ms: z.number().int().min(1).max(600_000) }),
    (sandbox, { ms }) => {
      sandbox.refuseConnectionsFor(ms);
      return { ms };
    },
  ),
  "end-faults": defineAction(
    "The faults are off.",
    z.strictObject({ ...ACCOUNT_LOOKUP_PARAMS, id: z.number().int().optional() }),
    (sandbox, { id, ...owner }) => {
      const ended = deleteFaults(sandbox.store, {
        id,
        account: isForAllAccounts(owner) ? undefined : findOrCreateAccountId(sandbox, owner),
      });
      if (id !== undefined && ended === 0) throw new ControlActionRefusedError(`there is no fault ${id}`, 404);
      return { ended };
    },
  ),
};
