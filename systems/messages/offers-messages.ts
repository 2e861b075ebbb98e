import { env } from "../env";

/**
 * Decides if readers are asked for a message with their gift, and see published messages. Returns false if the setting
 * OUTLET_RISK is high, because messages and names would show who gives.
 */
export function offersMessages(): boolean {
  return env().OUTLET_RISK !== "high";
}
