// Messages and dedications that supporters send with a payment. The site stores them encrypted.
import type { GiftMessage } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import type { IdentityCrypto } from "../identity";
import { countCodePoints, normalizeTypedLine, normalizeTypedText } from "./plain-words";
import { deleteGiftMessage, findMessageRow, insertGiftMessage, replaceUnreadMessageWords } from "./store/messages";

export const MAX_MESSAGE_FIELD_LENGTHS = { text: 500, dedication: 80, penName: 80 } as const;
export type MessageField = keyof typeof MAX_MESSAGE_FIELD_LENGTHS;
const FIELDS = Object.keys(MAX_MESSAGE_FIELD_LENGTHS) as MessageField[];

/**
 * `dedication`: to whom the gift is dedicated. `penName`: the name that readers see as the author. Each text can be "".
 */
export type TextByMessageField = Record<MessageField, string>;

export type GiftMessageFormValues = TextByMessageField & { mayPublish: boolean };

export type MessageFieldRefusals = Partial<Record<MessageField, "empty" | "too-long">>;

export type ParseMessageResult =
  | { kind: "message"; message: GiftMessageFormValues }
  | { kind: "refused"; refusals: MessageFieldRefusals; typed: GiftMessageFormValues };

/**
 * Why a message was not saved. `words`: a text is empty or too long. `often`: too many attempts. `read`: a colleague
 * has already read the message. `unknown`: the gift was not made on this device, or is too old. `closed`: the newsroom
 * accepts no messages.
 */
export const MESSAGE_NOT_SAVED_REASONS = ["words", "often", "read", "unknown", "closed"] as const;
export type MessageNotSavedReason = (typeof MESSAGE_NOT_SAVED_REASONS)[number];

export const EMPTY_GIFT_MESSAGE_FIELDS: GiftMessageFormValues = {
  text: "",
  dedication: "",
  penName: "",
  mayPublish: false,
};

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

export function parseMessage(field: (name: string) => string | null): ParseMessageResult {
  const typed = {
    text: normalizeTypedText(field("text") ?? ""),
    dedication: normalizeTypedLine(field("dedication") ?? ""),
    penName: normalizeTypedLine(field("penName") ?? ""),
    mayPublish: field("mayPublish") === "yes",
  };
  const refusals: MessageFieldRefusals = {};
  if (!VISIBLE.test(typed.text + typed.dedication)) refusals.text = "empty";
  for (const name of FIELDS)
    if (countCodePoints(typed[name]) > MAX_MESSAGE_FIELD_LENGTHS[name]) refusals[name] = "too-long";
  if (Object.keys(refusals).length > 0) return { kind: "refused", refusals, typed };
  return { kind: "message", message: typed.mayPublish ? typed : { ...typed, penName: "" } };
}

/**
 * `unread`: the writer can still change the message. `published`: readers see it. `hidden`: a colleague has hidden it
 * from readers.
 */
export const MESSAGE_STATUSES = ["unread", "read", "published", "hidden"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** A stored message. `words`: null if it can no longer be decrypted, for example after a change of the key. */
export type StoredGiftMessage = {
  paymentId: string;
  words: TextByMessageField | null;
  mayPublish: boolean;
  status: MessageStatus;
  writtenAt: Date;
  version: number;
};

type Sealer = Pick<IdentityCrypto, "seal" | "open">;

export async function findGiftMessage(
  db: Db | Tx,
  { paymentId, identity }: { paymentId: string; identity: Sealer },
): Promise<StoredGiftMessage | null> {
  const row = await findMessageRow(db, paymentId);
  return row && messageOf(row, identity);
}

export async function hasMessage(db: Db, paymentId: string): Promise<boolean> {
  return (await findMessageRow(db, paymentId)) !== null;
}

/**
 * `read`: the new words were not saved, because a colleague has already read the stored message. The writer can now
 * only withdraw that message.
 */
export type SaveGiftMessageOutcome = "saved" | "read";

type Save = { paymentId: string; message: GiftMessageFormValues; identity: Sealer; now: Date };

/**
 * Saves or changes the message of a payment. The caller must check that the payment belongs to the person who sent the
 * form. Changes nothing if neither the words nor the permission to publish them have changed.
 */
export async function saveGiftMessage(tx: Tx, save: Save): Promise<SaveGiftMessageOutcome> {
  const { paymentId, message, identity, now } = save;
  const { mayPublish, ...words } = message;
  const found = await findGiftMessage(tx, { paymentId, identity });
  if (found && found.mayPublish === mayPublish && isSame(found.words, words)) return "saved";
  if (found && found.status !== "unread") return "read";
  const row = { wordsSealed: identity.seal(JSON.stringify(words)), mayPublish, writtenAt: now };
  const isWritten = found
    ? await replaceUnreadMessageWords(tx, { paymentId, version: found.version, row })
    : await insertGiftMessage(tx, { paymentId, ...row, version: 1, status: "unread" });
  // If nothing was written, the message has been changed, withdrawn or read since it was found. Then the function
  // starts again.
  return isWritten ? "saved" : saveGiftMessage(tx, save);
}

/** Deletes the message of a payment. The caller must check that the payment belongs to the person who sent the form. */
export async function withdrawGiftMessage(db: Db | Tx, paymentId: string): Promise<void> {
  await deleteGiftMessage(db, paymentId);
}

export function messageOf(row: GiftMessage, identity: Pick<IdentityCrypto, "open">): StoredGiftMessage {
  const { wordsSealed, status, ...rest } = row;
  return { ...rest, status: parseStatus(status), words: wordsIn(wordsSealed, identity) };
}

/** Returns the stored status; `hidden` if it comes from a later version of the site. */
function parseStatus(status: string): MessageStatus {
  return MESSAGE_STATUSES.find((each) => each === status) ?? "hidden";
}

function wordsIn(sealed: string, identity: Pick<IdentityCrypto, "open">): TextByMessageField | null {
  try {
    return JSON.parse(identity.open(sealed)) as TextByMessageField;
  } catch {
    return null;
  }
}

function isSame(found: TextByMessageField | null, words: TextByMessageField): boolean {
  return found !== null && FIELDS.every((name) => found[name] === words[name]);
}
