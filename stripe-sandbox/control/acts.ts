// Every deed of the control room, by the name of its door: POST /_sandbox/NAME.
import type { Act } from "./act";
import { faultActs } from "./fault-acts";
import { stateActs } from "./state-acts";
import { webhookActs } from "./webhook-acts";

export const ACTS: Record<string, Act> = { ...faultActs, ...stateActs, ...webhookActs };
