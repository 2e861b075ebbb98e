import { env } from "../env";

/** Returns false if OUTLET_RISK is high: messages and names would show who gives. */
export function offersMessages(): boolean {
  return env().OUTLET_RISK !== "high";
}
