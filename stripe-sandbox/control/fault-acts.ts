// Faults on request: those that a webhook delivery suffers, and those that an API call meets.
import { z } from "zod";
import { deliveryRule } from "../faults/delivery-faults";
import { addFault, endFaults } from "../faults/rules";
import { type Act, accountIdIn, act, Refusal, WHOSE, type Whose } from "./act";

/** The rule's own fields lie beside `key` or `account`. */
const asked = z.looseObject(WHOSE);

function ruleIn(given: z.infer<typeof asked>): { whose: Whose; rule: Record<string, unknown> } {
  const { key, account, ...rule } = given;
  return { whose: { key, account }, rule };
}

export const faultActs: Record<string, Act> = {
  "delivery-faults": act("Deliveries will suffer this.", asked, (sandbox, given) => {
    const { whose, rule: written } = ruleIn(given);
    const rule = deliveryRule.parse(written);
    return { id: addFault(sandbox.store, { account: accountIdIn(sandbox, whose), kind: "delivery", rule }), rule };
  }),
  "end-faults": act(
    "The faults are over.",
    z.strictObject({ ...WHOSE, id: z.number().int().optional() }),
    (sandbox, { id, ...whose }) => {
      const isAnyones = whose.key === undefined && whose.account === undefined;
      const ended = endFaults(sandbox.store, { id, account: isAnyones ? undefined : accountIdIn(sandbox, whose) });
      if (id !== undefined && ended === 0) throw new Refusal(`no fault ${id}`, 404);
      return { ended };
    },
  ),
};
