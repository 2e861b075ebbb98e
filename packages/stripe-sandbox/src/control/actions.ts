// Lists the actions of the remote control. Each key is the NAME in the action's URL, POST /_sandbox/NAME.
import type { Action } from "./action";
import { faultActions } from "./fault-actions";
import { moneyActions } from "./money-actions";
import { resetAndSnapshotActions } from "./state-actions";
import { timeActions } from "./time-actions";
import { webhookControlActions } from "./webhook-actions";

export const CONTROL_ACTIONS: Record<string, Action> = {
  ...faultActions,
  ...moneyActions,
  ...resetAndSnapshotActions,
  ...timeActions,
  ...webhookControlActions,
};
