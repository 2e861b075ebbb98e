import "server-only";
import {
  type GiftMessageFormValues,
  MESSAGE_NOT_SAVED_REASONS,
  type MessageFieldRefusals,
  type MessageNotSavedReason,
  parseMessage,
  saveGiftMessage,
  withdrawGiftMessage,
} from "../../domain/supporters/gift-message";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { requestPurgeOfDeletedValues } from "../delete-expired";
import type { FlashMessage } from "../flash-message";
import { identityCrypto } from "../identity";
import { consumeMessageChangeRateLimit } from "./may-write";
import { offersGiftMessages } from "./offers-messages";
import { clearPublishedMessagesCache } from "./published";

export type SaveOrWithdrawMessageResult =
  | { done: "saved" | "withdrawn" }
  | { refused: MessageNotSavedReason; typed: GiftMessageFormValues };

/** Typed texts are cut to these lengths, because a cookie carries them back to the page. */
const MAX_TYPED = { text: 600, dedication: 120, penName: 120 };

type Sent = { form: URLSearchParams; headers: Headers };

export async function saveOrWithdrawGiftMessage(
  db: Db,
  { paymentId, form, headers }: Sent & { paymentId: string | null },
): Promise<SaveOrWithdrawMessageResult> {
  const now = currentTime();
  const parsed = parseMessage((name) => form.get(name));
  const typed = cut(parsed.kind === "message" ? parsed.message : parsed.typed);
  if (!(await consumeMessageChangeRateLimit(db, { paymentId, headers, now }))) return { refused: "often", typed };
  if (paymentId === null) return { refused: "unknown", typed };
  if (form.get("do") === "withdraw") {
    await withdrawGiftMessage(db, paymentId);
    requestPurgeOfDeletedValues();
    clearPublishedMessagesCache();
    return { done: "withdrawn" };
  }
  if (!offersGiftMessages()) return { refused: "closed", typed };
  if (parsed.kind === "refused") return { refused: "words", typed };
  const save = { paymentId, message: parsed.message, identity: identityCrypto(), now };
  const saved = await db.$transaction((tx) => saveGiftMessage(tx, save));
  requestPurgeOfDeletedValues();
  return saved === "saved" ? { done: "saved" } : { refused: "read", typed };
}

function cut({ text, dedication, penName, mayPublish }: GiftMessageFormValues): GiftMessageFormValues {
  return {
    text: text.slice(0, MAX_TYPED.text),
    dedication: dedication.slice(0, MAX_TYPED.dedication),
    penName: penName.slice(0, MAX_TYPED.penName),
    mayPublish,
  };
}

/** The answer to a form, as the page shows it. It comes from a cookie, so parseMessageFormFlash() checks its values. */
export type MessageFormOutcome = {
  done: "saved" | "withdrawn" | null;
  problem: MessageNotSavedReason | null;
  refusals: MessageFieldRefusals;
  /** The fields that the writer filled in, so that the form shows them again. Null unless the form was refused. */
  typed: GiftMessageFormValues | null;
};

export function parseMessageFormFlash(note: FlashMessage | null): MessageFormOutcome {
  const done = note?.done === "saved" || note?.done === "withdrawn" ? note.done : null;
  const problem = MESSAGE_NOT_SAVED_REASONS.find((each) => each === note?.refused) ?? null;
  if (!note?.refused) return { done, problem, refusals: {}, typed: null };
  const parsed = parseMessage((name) => fieldOf(note.typed, name));
  const typed = parsed.kind === "refused" ? parsed.typed : parsed.message;
  return { done, problem, refusals: parsed.kind === "refused" ? parsed.refusals : {}, typed };
}

function fieldOf(typed: unknown, name: string): string | null {
  if (typeof typed !== "object" || typed === null) return null;
  const value = (typed as Record<string, unknown>)[name];
  if (name === "mayPublish") return value === true ? "yes" : null;
  return typeof value === "string" ? value : null;
}
