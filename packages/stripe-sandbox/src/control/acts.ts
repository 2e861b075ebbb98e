// Every action of the control pages by the name in its URL: POST /_sandbox/NAME.
import type { Act } from "./act";
import { faultActs } from "./fault-acts";
import { moneyActs } from "./money-acts";
import { stateActs } from "./state-acts";
import { timeActs } from "./time-acts";
import { webhookActs } from "./webhook-acts";

export const ACTS: Record<string, Act> = { ...faultActs, ...moneyActs, ...stateActs, ...timeActs, ...webhookActs };
