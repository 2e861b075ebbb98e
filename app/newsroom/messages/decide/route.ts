import {
  applyMessageDecision,
  MESSAGE_DECISIONS,
  type MessageDecision,
  parseMessageDecision,
} from "@/domain/newsroom/messages";
import type { StaffActKind } from "@/domain/newsroom/staff/acts";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { clearPublishedMessagesCache } from "@/systems/messages/published";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/messages";

const ACTS: Record<MessageDecision, StaffActKind> = {
  read: "message-read",
  publish: "message-published",
  hide: "message-hidden",
};

/** Marks a supporter's message as read, publishes it or hides it. The audit log never contains the message's text. */
export const POST = withStaff("people", PAGE, async ({ form, viewer: { colleague } }) => {
  const decision = parseMessageDecision(form.get("do"));
  const [paymentId, version] = [form.get("payment") ?? "", Number(form.get("version"))];
  const db = await database();
  if (!decision || !Number.isSafeInteger(version)) return seeOther(PAGE);
  const decided = await db.$transaction(async (tx) => {
    const result = await applyMessageDecision(tx, { paymentId, version, decision });
    if (result.kind !== "changed") return result;
    const [before, after] = [{ status: result.before }, { status: MESSAGE_DECISIONS[decision] }];
    await recordActInAuditLog(tx, { colleague, kind: ACTS[decision], about: `payment:${paymentId}`, before, after });
    return result;
  });
  clearPublishedMessagesCache();
  const { kind } = decided;
  const isDone = kind === "changed" || kind === "unchanged";
  return seeOther(PAGE, await flashMessageCookie(PAGE, isDone ? { done: decision } : { problem: kind }));
});
