import "server-only";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { noteActAs } from "../auth/staff";
import { currentTime } from "../clock";
import { type FlashNote, flashNoteCookie } from "../note";
import { seeOther } from "../same-origin-form";

export function appealPath(id: string): string {
  return `/newsroom/appeals/${encodeURIComponent(id)}`;
}

export function partPath(id: string, part: string): string {
  return `${appealPath(id)}/${part.startsWith("words/") ? part : `edit/${part}`}`;
}

/** `said` and `refused` are the ends of message keys: `appeals.said.…` and `appeals.refused.…`. */
export async function redirectBackTo(path: string, says: FlashNote): Promise<Response> {
  return seeOther(path, await flashNoteCookie(path, says));
}

export function appealEditContext(colleague: Colleague) {
  return { by: colleague.id, now: currentTime(), noteAct: noteActAs(colleague) };
}
