// Sends notes to the newsroom's chat. The URL of the chat's webhook is a secret and must not be logged.
import { disputePath } from "../domain/newsroom/evidence/dispute-path";
import "server-only";
import { translator } from "../content/messages";
import {
  CHAT_MESSAGE_KINDS,
  type ChatMessageKind,
  parseChatMessageValues,
  queueChatMessages,
} from "../domain/newsroom/chat";
import {
  type ChatMessageRow,
  claimChatMessage,
  selectDueChatMessages,
  updateChatMessageRow,
} from "../domain/newsroom/store/chat";
import { publication } from "../publication";
import { backoffUntil } from "./backoff";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { env, siteUrl } from "./env";
import { logPageSectionFailure } from "./failed-page-section";
import { log } from "./log";
import { runtime } from "./runtime";

const CHECK_EVERY_MS = 30_000;
const TIMEOUT_MS = 8_000;
/** How long a chat message is reserved for the server that is sending it. This is longer than one attempt takes. */
const RESERVED_MS = 30_000;
/**
 * After this time, the site no longer tries to send a chat message. Otherwise, old messages would flood the chat when
 * it works again after a failure.
 */
const GIVEN_UP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
const MAX_NOTES = 10;

/** Queues and sends the notes that are due, at most every 30 seconds. Does nothing if CHAT_WEBHOOK_URL is not set. */
export async function queueAndSendStaffChatMessages(db: Db, now: Date): Promise<boolean> {
  const url = env().CHAT_WEBHOOK_URL;
  if (!url || now.getTime() < (runtime.chatAfterMs ?? 0)) return false;
  runtime.chatAfterMs = now.getTime() + CHECK_EVERY_MS;
  await queueChatMessages(db, { now, onFailure: logPageSectionFailure });
  for (const note of await selectDueChatMessages(db, { now, limit: MAX_NOTES })) await sendNote(db, { note, url });
  return false;
}

async function sendNote(db: Db, { note, url }: { note: ChatMessageRow; url: string }): Promise<void> {
  const { key, kind, attempts, queuedAt } = note;
  const now = currentTime();
  const { answerBy } = parseChatMessageValues(note);
  // If the deadline passed while the chat was unreachable, the note is outdated and is not sent.
  if (answerBy && new Date(answerBy) <= now) return updateChatMessageRow(db, key, { sendAfter: null });
  if (!(await claimChatMessage(db, { key, now, until: new Date(now.getTime() + RESERVED_MS) }))) return;
  const failure = await post(url, textOf(note));
  if (failure === null) return updateChatMessageRow(db, key, { sentAt: now, sendAfter: null, heldUntil: null });
  log.warn({ kind, attempts: attempts + 1, reason: failure }, "the newsroom's chat did not accept a message");
  const isOver = now.getTime() - queuedAt.getTime() > GIVEN_UP_AFTER_MS;
  const sendAfter = isOver ? null : backoffUntil(now, attempts + 1);
  await updateChatMessageRow(db, key, { attempts: attempts + 1, sendAfter, heldUntil: null });
}

/** Sends a note. Returns null if the chat accepted it, and otherwise the reason. Follows no redirect to another URL. */
async function post(url: string, text: string): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `status ${answer.status}`;
  } catch (error) {
    // The error's message and cause can contain the secret URL.
    return error instanceof Error && error.name === "TimeoutError" ? "no answer in time" : "no connection";
  }
}

function textOf(note: ChatMessageRow): string {
  const t = translator(publication.defaultLanguage);
  const { count, answerBy, dispute } = parseChatMessageValues(note);
  const kind: ChatMessageKind = CHAT_MESSAGE_KINDS.find((each) => each === note.kind) ?? "books";
  const day = answerBy ? formatDeadline(t.locale, answerBy) : "";
  const page = dispute ? disputePath(dispute) : "/newsroom/queue";
  const words = t("chat.note", { name: publication.name, what: t(`chat.${kind}`, { count, day }) });
  return `${escapeForSlack(words)} ${siteUrl()}${page}`;
}

function formatDeadline(locale: string, answerBy: string): string {
  const format = { dateStyle: "medium", timeStyle: "short", timeZone: publication.timeZone } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(answerBy));
}

/** Escapes text as api.slack.com/reference/surfaces/formatting#escaping requires. */
function escapeForSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
