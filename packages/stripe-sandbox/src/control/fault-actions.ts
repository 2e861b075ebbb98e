// Faults on request: those that a webhook delivery suffers, and those that an API call meets.
import { z } from "zod";
import { callRule, EVERY_ACCOUNT } from "../faults/call-faults";
import { deliveryRule } from "../faults/delivery-faults";
import { addFault, endFaults } from "../faults/rules";
import { type Action, accountIdIn, action, Refusal, WHOSE, type Whose } from "./action";

/** The rule's own fields lie beside `key` or `account`. */
const asked = z.looseObject(WHOSE);

function ruleIn(given: z.infer<typeof asked>): { whose: Whose; rule: Record<string, unknown> } {
  const { key, account, ...rule } = given;
  return { whose: { key, account }, rule };
}

function isEveryones({ key, account }: Whose): boolean {
  return key === undefined && account === undefined;
}

export const faultActions: Record<string, Action> = {
  "delivery-faults": action("Deliveries will suffer this.", asked, (sandbox, given) => {
    const { whose, rule: written } = ruleIn(given);
    const rule = deliveryRule.parse(written);
    return { id: addFault(sandbox.store, { account: accountIdIn(sandbox, whose), kind: "delivery", rule }), rule };
  }),
  "call-faults": action("Calls will meet this.", asked, (sandbox, given) => {
    const { whose, rule: written } = ruleIn(given);
    const rule = callRule.parse(written);
    const account = isEveryones(whose) ? EVERY_ACCOUNT : accountIdIn(sandbox, whose);
    return { id: addFault(sandbox.store, { account, kind: "call", rule }), rule };
  }),
  away: action(
    "It takes no connection for a while.",
    z.strictObject({ ms: z.number().int().min(1).max(600_000) }),
    (sandbox, { ms }) => {
      sandbox.goAway(ms);
      return { ms };
    },
  ),
  "end-faults": action(
    "The faults are over.",
    z.strictObject({ ...WHOSE, id: z.number().int().optional() }),
    (sandbox, { id, ...whose }) => {
      const ended = endFaults(sandbox.store, {
        id,
        account: isEveryones(whose) ? undefined : accountIdIn(sandbox, whose),
      });
      if (id !== undefined && ended === 0) throw new Refusal(`no fault ${id}`, 404);
      return { ended };
    },
  ),
};
