// Tells the newsroom's chat what waits for a person, by an outgoing webhook as Slack and Mattermost take it. A job of the instance
// that holds the lease. The webhook's address is a secret and must not be logged.
import { disputePath } from "../domain/newsroom/evidence/dispute-path";
import "server-only";
import { translator } from "../content/messages";
import { CHAT_KINDS, type ChatKind, queueChatNotes, readValues } from "../domain/newsroom/chat";
import { type ChatNoteRow, changeNote, claimNote, selectDueNotes } from "../domain/newsroom/store/chat";
import { publication } from "../publication";
import { backoffUntil } from "./backoff";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { env, siteUrl } from "./env";
import { logFailedPart } from "./failed-part";
import { log } from "./log";
import { runtime } from "./runtime";

const LOOK_EVERY_MS = 30_000;
const TIMEOUT_MS = 8_000;
/** How long a server holds a note that it sends: longer than one attempt takes. */
const HELD_MS = 30_000;
/** Gives up a note that is three days old: a chat that comes back is not flooded, and the queue shows everything. */
const GIVEN_UP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
const MOST = 10;

/** Does nothing without CHAT_WEBHOOK_URL. */
export async function tellChat(db: Db, now: Date, { timeoutMs = TIMEOUT_MS } = {}): Promise<boolean> {
  const url = env().CHAT_WEBHOOK_URL;
  if (!url || now.getTime() < (runtime.chatAfterMs ?? 0)) return false;
  runtime.chatAfterMs = now.getTime() + LOOK_EVERY_MS;
  await queueChatNotes(db, { now, onFailure: logFailedPart });
  for (const note of await selectDueNotes(db, { now, most: MOST })) await sendNote(db, { note, url, timeoutMs });
  return false;
}

type Sending = { note: ChatNoteRow; url: string; timeoutMs: number };

async function sendNote(db: Db, { note, url, timeoutMs }: Sending): Promise<void> {
  const { key, kind, attempts, queuedAt } = note;
  const now = currentTime();
  const { answerBy } = readValues(note);
  // The deadline has passed while the chat was away, so the note is outdated.
  if (answerBy && new Date(answerBy) <= now) return changeNote(db, key, { sendAfter: null });
  if (!(await claimNote(db, { key, now, until: new Date(now.getTime() + HELD_MS) }))) return;
  const failure = await post(url, { text: textOf(note), timeoutMs });
  if (failure === null) return changeNote(db, key, { sentAt: now, sendAfter: null, heldUntil: null });
  log.warn({ kind, attempts: attempts + 1, reason: failure }, "the newsroom's chat did not take a note");
  const isOver = now.getTime() - queuedAt.getTime() > GIVEN_UP_AFTER_MS;
  const sendAfter = isOver ? null : backoffUntil(now, attempts + 1);
  await changeNote(db, key, { attempts: attempts + 1, sendAfter, heldUntil: null });
}

/** Returns null if the chat accepted the note, and otherwise why not. Follows no redirect: the note goes to this address and no other. */
async function post(url: string, { text, timeoutMs }: { text: string; timeoutMs: number }): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `status ${answer.status}`;
  } catch (error) {
    // The error's message and cause may hold the address.
    return error instanceof Error && error.name === "TimeoutError" ? "no answer in time" : "no connection";
  }
}

/** The publication's name, what is new, and where to look. */
function textOf(note: ChatNoteRow): string {
  const t = translator(publication.defaultLanguage);
  const { count, answerBy, dispute } = readValues(note);
  const kind: ChatKind = CHAT_KINDS.find((each) => each === note.kind) ?? "books";
  const day = answerBy ? formatDeadline(t.locale, answerBy) : "";
  const page = dispute ? disputePath(dispute) : "/newsroom/queue";
  const words = t("chat.note", { name: publication.name, what: t(`chat.${kind}`, { count, day }) });
  return `${escapeForSlack(words)} ${siteUrl()}${page}`;
}

function formatDeadline(locale: string, answerBy: string): string {
  const format = { dateStyle: "medium", timeStyle: "short", timeZone: publication.timeZone } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(answerBy));
}

/** https://api.slack.com/reference/surfaces/formatting#escaping */
function escapeForSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
