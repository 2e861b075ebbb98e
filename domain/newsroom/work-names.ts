// Each function whose name ends with WorkState returns the key and the state of one kind of task in the queue. The key
// of a stopped address contains the time and not the address's hash, because the audit log contains these keys.

import type { DeadLetter } from "../ledger/dead-letters";
import type { UnreadableObject } from "../ledger/unrecordable";
import type { OpenDispute, UnerasedEvidence } from "./disputes";
import type { OpenMailStop } from "./mail-stops";
import type { RateLimitBurst } from "./store";
import type { DifferenceRow, FailedMailRow } from "./store/work";
import type { WorkState } from "./work";

export function disputeWorkState({ id, answerBy }: OpenDispute): WorkState {
  return { key: `dispute:${id}`, state: answerBy?.toISOString() ?? "with the bank" };
}

export function unerasedEvidenceWorkState({ disputeId, names }: UnerasedEvidence): WorkState {
  return { key: `evidence-left:${disputeId}`, state: names.join(",") };
}

export function deadLetterWorkState({ id, reason }: DeadLetter): WorkState {
  return { key: `event:${id}`, state: JSON.stringify(reason) };
}

/** Returns the dead letter's id in a list; an empty list if the key is of another kind of task. */
export function deadLetterIdsOf(key: string): string[] {
  return key.startsWith("event:") ? [key.slice("event:".length)] : [];
}

export function differenceWorkState({ object, place, cause, ours, theirs }: DifferenceRow): WorkState {
  return { key: `drift:${place}:${object}`, state: JSON.stringify([cause, ours, theirs]) };
}

export function unreadableObjectWorkState({ id, reason }: UnreadableObject): WorkState {
  return { key: `unread:${id}`, state: JSON.stringify(reason) };
}

export function failedMailWorkState({ id }: FailedMailRow): WorkState {
  return { key: `mail:${id}`, state: "" };
}

export function mailStopWorkState({ stoppedAt }: OpenMailStop): WorkState {
  return { key: `mail-stop:${stoppedAt.toISOString()}`, state: "" };
}

export function rateLimitAlertWorkState({ action, beganAt }: RateLimitBurst): WorkState {
  return { key: `burst:${action}:${beganAt.toISOString()}`, state: "" };
}
