import "server-only";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { auditLogRecorderFor } from "../auth/staff";
import { currentTime } from "../clock";
import { type FlashMessage, flashMessageCookie } from "../flash-message";
import { seeOther } from "../same-origin-form";

export function newsroomAppealPath(id: string): string {
  return `/newsroom/appeals/${encodeURIComponent(id)}`;
}

export function appealEditPagePath(id: string, part: string): string {
  return `${newsroomAppealPath(id)}/${part.startsWith("words/") ? part : `edit/${part}`}`;
}

/**
 * Redirects to `path` with a flash message. Its fields `said` and `refused` are the ends of message keys:
 * `appeals.said.…` and `appeals.refused.…`.
 */
export async function redirectWithFlashMessage(path: string, says: FlashMessage): Promise<Response> {
  return seeOther(path, await flashMessageCookie(path, says));
}

export function appealEditorTimeAndActRecorder(colleague: Colleague) {
  return { by: colleague.id, now: currentTime(), recordAct: auditLogRecorderFor(colleague) };
}
