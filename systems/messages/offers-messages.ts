import { env } from "../env";

/** Returns false if OUTLET_RISK is high: messages and names would show who gives. */
export function offersGiftMessages(): boolean {
  return env().OUTLET_RISK !== "high";
}
