// Words to the newsroom that come with a payment: a message, a dedication, or both. They are sealed like an address, and nobody but
// their writer and colleagues who look after supporters reads them, unless the writer allows it and a colleague approves.
import type { GiftMessage } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import type { Identity } from "../identity";
import { lengthOf, plainLine, plainText } from "./plain-words";
import { deleteMessage, findMessageRow, insertMessage, rewriteMessage } from "./store/messages";

/** The fields of the form, with the most characters that each takes. */
export const MOST_CHARACTERS = { text: 500, dedication: 80, penName: 80 } as const;
export type MessageField = keyof typeof MOST_CHARACTERS;
const FIELDS = Object.keys(MOST_CHARACTERS) as MessageField[];

/** `dedication`: for whom the gift is. `penName`: published beside the words, if they are published. Each may be empty. */
export type MessageWords = Record<MessageField, string>;

export type TypedMessage = MessageWords & { mayPublish: boolean };

export type MessageRefusals = Partial<Record<MessageField, "empty" | "too-long">>;

export type ParsedMessage =
  | { kind: "message"; message: TypedMessage }
  /** `typed` is what the form is drawn with again. */
  | { kind: "refused"; refusals: MessageRefusals; typed: TypedMessage };

/**
 * Why a form was refused. words: a field has an error · often: a limit is reached · read: a colleague has read the words that it would
 * change · unknown: the gift is not this device's, or was given too long ago · closed: the newsroom asks for none
 */
export const MESSAGE_PROBLEMS = ["words", "often", "read", "unknown", "closed"] as const;
export type MessageProblem = (typeof MESSAGE_PROBLEMS)[number];

export const NOTHING_TYPED: TypedMessage = { text: "", dedication: "", penName: "", mayPublish: false };

/** A letter, a digit or a sign: joiners alone draw nothing. */
const DRAWS = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** `field`: reads one field of the form. */
export function parseMessage(field: (name: string) => string | null): ParsedMessage {
  const typed = {
    text: plainText(field("text") ?? ""),
    dedication: plainLine(field("dedication") ?? ""),
    penName: plainLine(field("penName") ?? ""),
    mayPublish: field("mayPublish") === "yes",
  };
  const refusals: MessageRefusals = {};
  if (!DRAWS.test(typed.text + typed.dedication)) refusals.text = "empty";
  for (const name of FIELDS) if (lengthOf(typed[name]) > MOST_CHARACTERS[name]) refusals[name] = "too-long";
  if (Object.keys(refusals).length > 0) return { kind: "refused", refusals, typed };
  // A name that may not be published is not kept either.
  return { kind: "message", message: typed.mayPublish ? typed : { ...typed, penName: "" } };
}

/** unread: the writer may change it · published: readers see it · hidden: a colleague took it away from readers, or from the list. */
export const MESSAGE_STATUSES = ["unread", "read", "published", "hidden"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** `words`: null if their seal cannot be opened any more, as after a change of the key. */
export type Message = {
  paymentId: string;
  words: MessageWords | null;
  mayPublish: boolean;
  status: MessageStatus;
  writtenAt: Date;
  version: number;
};

type Sealer = Pick<Identity, "seal" | "open">;

export async function findMessage(
  db: Db | Tx,
  { paymentId, identity }: { paymentId: string; identity: Sealer },
): Promise<Message | null> {
  const row = await findMessageRow(db, paymentId);
  return row && messageOf(row, identity);
}

export async function hasMessage(db: Db, paymentId: string): Promise<boolean> {
  return (await findMessageRow(db, paymentId)) !== null;
}

/** `read`: a colleague has read the words before, so they can be withdrawn and not changed. */
export type SavedMessage = "saved" | "read";

type Save = { paymentId: string; message: TypedMessage; identity: Sealer; now: Date };

/** The caller has checked that the payment is the writer's. The same words again change nothing. */
export async function saveMessage(tx: Tx, { paymentId, message, identity, now }: Save): Promise<SavedMessage> {
  const { mayPublish, ...words } = message;
  const found = await findMessage(tx, { paymentId, identity });
  if (found && found.mayPublish === mayPublish && isSame(found.words, words)) return "saved";
  if (found && found.status !== "unread") return "read";
  const row = { wordsSealed: identity.seal(JSON.stringify(words)), mayPublish, writtenAt: now };
  if (!found) return (await insertMessage(tx, { paymentId, ...row, version: 1, status: "unread" })) ? "saved" : "read";
  return (await rewriteMessage(tx, { paymentId, version: found.version, row })) ? "saved" : "read";
}

/** Safe to repeat. The caller has checked that the payment is the writer's. */
export async function withdrawMessage(db: Db | Tx, paymentId: string): Promise<void> {
  await deleteMessage(db, paymentId);
}

export function messageOf(row: GiftMessage, identity: Pick<Identity, "open">): Message {
  const { wordsSealed, status, ...rest } = row;
  return { ...rest, status: parseStatus(status), words: wordsIn(wordsSealed, identity) };
}

/** A status from a later version of the site is treated as hidden. */
function parseStatus(status: string): MessageStatus {
  return MESSAGE_STATUSES.find((each) => each === status) ?? "hidden";
}

function wordsIn(sealed: string, identity: Pick<Identity, "open">): MessageWords | null {
  try {
    return JSON.parse(identity.open(sealed)) as MessageWords;
  } catch {
    return null;
  }
}

function isSame(found: MessageWords | null, words: MessageWords): boolean {
  return found !== null && FIELDS.every((name) => found[name] === words[name]);
}
