// The whole state: forgotten, kept under a name, brought back.
import { z } from "zod";
import { type Act, accountIdIn, act, WHOSE } from "./act";

export const stateActs: Record<string, Act> = {
  reset: act("It is forgotten.", z.strictObject(WHOSE), (sandbox, whose) => {
    const isAll = whose.key === undefined && whose.account === undefined;
    sandbox.reset(isAll ? null : accountIdIn(sandbox, whose));
    return { ok: true };
  }),
};
