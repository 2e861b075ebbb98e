// Lists supporters' messages for staff, and stores what staff decide about them. A decision is valid only for the
// version that the colleague saw, so that nobody approves an unseen text.
import type { Db, Tx } from "../database";
import type { IdentityCrypto } from "../identity";
import { type MessageStatus, messageOf, type StoredGiftMessage } from "../supporters/gift-message";
import {
  countUnreadMessages,
  findMessageRow,
  selectMessagesWithStatus,
  selectUnreadMessages,
  setMessageStatus,
} from "../supporters/store/messages";

export const MESSAGE_DECISIONS = { read: "read", publish: "published", hide: "hidden" } as const satisfies Record<
  string,
  MessageStatus
>;
export type MessageDecision = keyof typeof MESSAGE_DECISIONS;

const MAX_UNREAD = 50;
const MAX_PER_STATUS = 30;

export type MessagesByStatus = { unread: StoredGiftMessage[]; unreadCount: number } & Record<
  "read" | "published" | "hidden",
  StoredGiftMessage[]
>;

/** Lists messages by status. Unread messages begin with the oldest, all others with the newest. */
export async function listMessages(db: Db, identity: Pick<IdentityCrypto, "open">): Promise<MessagesByStatus> {
  const open = (rows: Parameters<typeof messageOf>[0][]) => rows.map((row) => messageOf(row, identity));
  const unread = await selectUnreadMessages(db, MAX_UNREAD);
  return {
    unread: open(unread),
    unreadCount: unread.length < MAX_UNREAD ? unread.length : await countUnreadMessages(db),
    read: open(await selectMessagesWithStatus(db, "read", MAX_PER_STATUS)),
    published: open(await selectMessagesWithStatus(db, "published", MAX_PER_STATUS)),
    hidden: open(await selectMessagesWithStatus(db, "hidden", MAX_PER_STATUS)),
  };
}

export function parseMessageDecision(text: string | null): MessageDecision | null {
  return (Object.keys(MESSAGE_DECISIONS) as MessageDecision[]).find((each) => each === text) ?? null;
}

/**
 * `unchanged`: the message already had this status. `meanwhile`: the writer has changed or withdrawn the message since
 * the colleague saw it. `not-allowed`: the writer does not allow publication.
 */
export type MessageDecisionOutcome =
  | { kind: "changed"; before: string }
  | { kind: "unchanged" | "meanwhile" | "not-allowed" };

/** Changes the status of a message. The caller must write the audit log in the same transaction. */
export async function applyMessageDecision(
  tx: Tx,
  { paymentId, version, decision }: { paymentId: string; version: number; decision: MessageDecision },
): Promise<MessageDecisionOutcome> {
  const row = await findMessageRow(tx, paymentId);
  if (!row || row.version !== version) return { kind: "meanwhile" };
  if (decision === "publish" && !row.mayPublish) return { kind: "not-allowed" };
  const status = MESSAGE_DECISIONS[decision];
  if (row.status === status) return { kind: "unchanged" };
  const isDone = await setMessageStatus(tx, { paymentId, version, status });
  return isDone ? { kind: "changed", before: row.status } : { kind: "meanwhile" };
}
