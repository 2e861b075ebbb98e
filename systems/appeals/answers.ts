// Responses to the forms of the appeals' pages: a redirect to the page, with a note of what happened.
import "server-only";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { actsOf } from "../auth/staff";
import { currentTime } from "../clock";
import { type Note, noteFor } from "../note";
import { seeOther } from "../same-origin-form";

export function appealPath(id: string): string {
  return `/newsroom/appeals/${encodeURIComponent(id)}`;
}

/** `part`: as in domain/appeal/appeal-parts.ts. */
export function partPath(id: string, part: string): string {
  return `${appealPath(id)}/${part.startsWith("words/") ? part : `edit/${part}`}`;
}

/** `said` and `refused`: as `appeals.said.…` and `appeals.refused.…` in the messages. */
export async function redirectBackTo(path: string, says: Note): Promise<Response> {
  return seeOther(path, await noteFor(path, says));
}

/** Who presses, now, and how it is written into the log. */
export function pressedBy(colleague: Colleague) {
  return { by: colleague.id, now: currentTime(), noteAct: actsOf(colleague) };
}
