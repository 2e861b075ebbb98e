// Decides whether readers are asked for a message and see published messages.
import { env } from "../env";

/** False under high risk, because messages and names would show who gives. */
export function offersMessages(): boolean {
  return env().OUTLET_RISK !== "high";
}
