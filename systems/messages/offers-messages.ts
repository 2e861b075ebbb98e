// Decides if readers are asked for a message, and if they see those of others.
import { env } from "../env";

/** False under high risk: words and names would show who gives. */
export function offersMessages(): boolean {
  return env().OUTLET_RISK !== "high";
}
