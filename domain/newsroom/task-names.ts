// Each function whose name ends with TaskKeyAndState returns the key and the state of one kind of task in the queue.
// The audit log contains these keys and is never changed, so an erasure could not remove a person's data from it. The
// key of a stopped e-mail address therefore contains the time of the stop, not the hash of the address.

import type { DeadLetter } from "../ledger/dead-letters";
import type { UnrecordableStripeObject } from "../ledger/unrecordable";
import type { OpenDispute, UnerasedEvidence } from "./disputes";
import type { UnhandledStoppedAddress } from "./stopped-addresses";
import type { BurstOfSlowedGifts } from "./store";
import type { DifferenceRow, FailedMailRow } from "./store/task-progress";
import type { TaskKeyAndState } from "./task-progress";

export function disputeTaskKeyAndState({ id, answerBy }: OpenDispute): TaskKeyAndState {
  return { key: `dispute:${id}`, state: answerBy?.toISOString() ?? "with the bank" };
}

export function unerasedEvidenceTaskKeyAndState({ disputeId, names }: UnerasedEvidence): TaskKeyAndState {
  return { key: `evidence-left:${disputeId}`, state: names.join(",") };
}

export function deadLetterTaskKeyAndState({ id, reason }: DeadLetter): TaskKeyAndState {
  return { key: `event:${id}`, state: JSON.stringify(reason) };
}

/**
 * Returns a list with the id of the dead letter that the task is about. Returns an empty list if the task is of another
 * kind.
 */
export function deadLetterIdsOfTaskKey(key: string): string[] {
  return key.startsWith("event:") ? [key.slice("event:".length)] : [];
}

export function differenceTaskKeyAndState({ object, place, cause, ours, theirs }: DifferenceRow): TaskKeyAndState {
  return { key: `drift:${place}:${object}`, state: JSON.stringify([cause, ours, theirs]) };
}

export function unrecordableObjectTaskKeyAndState({ id, reason }: UnrecordableStripeObject): TaskKeyAndState {
  return { key: `unread:${id}`, state: JSON.stringify(reason) };
}

export function failedMailTaskKeyAndState({ id }: FailedMailRow): TaskKeyAndState {
  return { key: `mail:${id}`, state: "" };
}

export function stoppedAddressTaskKeyAndState({ stoppedAt }: UnhandledStoppedAddress): TaskKeyAndState {
  return { key: `mail-stop:${stoppedAt.toISOString()}`, state: "" };
}

export function rateLimitAlertTaskKeyAndState({ action, beganAt }: BurstOfSlowedGifts): TaskKeyAndState {
  return { key: `burst:${action}:${beganAt.toISOString()}`, state: "" };
}
