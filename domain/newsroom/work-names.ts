// The key and the state of each kind of task that waits for staff. They contain only ids and times: a stopped e-mail address is
// identified by the time of the stop, never by its hash.
import type { DeadLetter } from "../ledger/dead-letters";
import type { UnreadableObject } from "./books";
import type { LeftEvidence, OpenDispute } from "./disputes";
import type { OpenMailStop } from "./mail-stops";
import type { RateLimitAlert } from "./store";
import type { DifferenceRow, FailedMailRow } from "./store/work";
import type { Work } from "./work";

export function dispute({ id, answerBy }: OpenDispute): Work {
  return { key: `dispute:${id}`, state: answerBy?.toISOString() ?? "with the bank" };
}

export function leftEvidence({ disputeId, names }: LeftEvidence): Work {
  return { key: `evidence-left:${disputeId}`, state: names.join(",") };
}

export function deadLetter({ id, reason }: DeadLetter): Work {
  return { key: `event:${id}`, state: JSON.stringify(reason) };
}

export function difference({ object, place, cause, ours, theirs }: DifferenceRow): Work {
  return { key: `drift:${place}:${object}`, state: JSON.stringify([cause, ours, theirs]) };
}

export function unreadable({ id, reason }: UnreadableObject): Work {
  return { key: `unread:${id}`, state: JSON.stringify(reason) };
}

export function mail({ id }: FailedMailRow): Work {
  return { key: `mail:${id}`, state: "" };
}

export function mailStop({ stoppedAt }: OpenMailStop): Work {
  return { key: `mail-stop:${stoppedAt.toISOString()}`, state: "" };
}

export function burst({ action, beganAt }: RateLimitAlert): Work {
  return { key: `burst:${action}:${beganAt.toISOString()}`, state: "" };
}
