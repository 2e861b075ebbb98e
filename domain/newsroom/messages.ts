// The messages that came with gifts, for colleagues who look after supporters. Each decision names the version of the words that the
// colleague saw, so that no words are approved unseen.
import type { Db, Tx } from "../database";
import type { Identity } from "../identity";
import { type Message, type MessageStatus, messageOf } from "../supporters/gift-message";
import {
  countUnreadMessages,
  findMessageRow,
  selectMessagesWith,
  selectUnreadMessages,
  setMessageStatus,
} from "../supporters/store/messages";

/** A colleague's decision, and the status that it leads to. */
export const MESSAGE_DECISIONS = { read: "read", publish: "published", hide: "hidden" } as const satisfies Record<
  string,
  MessageStatus
>;
export type MessageDecision = keyof typeof MESSAGE_DECISIONS;

const MOST_UNREAD = 50;
const MOST_OF_A_STATUS = 30;

export type Messages = { unread: Message[]; unreadCount: number } & Record<"read" | "published" | "hidden", Message[]>;

/** Unread ones begin with the oldest, all others with the newest. */
export async function listMessages(db: Db, identity: Pick<Identity, "open">): Promise<Messages> {
  const open = (rows: Parameters<typeof messageOf>[0][]) => rows.map((row) => messageOf(row, identity));
  const unread = await selectUnreadMessages(db, MOST_UNREAD);
  return {
    unread: open(unread),
    unreadCount: unread.length < MOST_UNREAD ? unread.length : await countUnreadMessages(db),
    read: open(await selectMessagesWith(db, "read", MOST_OF_A_STATUS)),
    published: open(await selectMessagesWith(db, "published", MOST_OF_A_STATUS)),
    hidden: open(await selectMessagesWith(db, "hidden", MOST_OF_A_STATUS)),
  };
}

export function parseDecision(text: string | null): MessageDecision | null {
  return (Object.keys(MESSAGE_DECISIONS) as MessageDecision[]).find((each) => each === text) ?? null;
}

/**
 * `changed` names the status before. unchanged: it was so already, for example after a double click · meanwhile: its writer has changed
 * or withdrawn it since the page was drawn · not-allowed: its writer does not let it be published
 */
export type Decided = { kind: "changed"; before: string } | { kind: "unchanged" | "meanwhile" | "not-allowed" };

/** Call it in the transaction that writes the log. */
export async function decideMessage(
  tx: Tx,
  { paymentId, version, decision }: { paymentId: string; version: number; decision: MessageDecision },
): Promise<Decided> {
  const row = await findMessageRow(tx, paymentId);
  if (!row || row.version !== version) return { kind: "meanwhile" };
  if (decision === "publish" && !row.mayPublish) return { kind: "not-allowed" };
  const status = MESSAGE_DECISIONS[decision];
  if (row.status === status) return { kind: "unchanged" };
  const isDone = await setMessageStatus(tx, { paymentId, version, status });
  return isDone ? { kind: "changed", before: row.status } : { kind: "meanwhile" };
}
