import { env } from "../env";

/** Under high risk, messages and names would show who gives. */
export function offersMessages(): boolean {
  return env().OUTLET_RISK !== "high";
}
