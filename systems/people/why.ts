// Reads why a colleague acts, from a form, and puts what was refused back into it.
import "server-only";
import {
  ACT_REASONS,
  type ActReason,
  LONGEST_WORDS,
  type ParsedWhy,
  parseWhy,
  type WhyRefusal,
} from "../../domain/newsroom/people/reasons";
import type { Note } from "../note";

const MOST = 4 * LONGEST_WORDS;

export function readWhy(form: URLSearchParams): ParsedWhy<ActReason> {
  return parseWhy({ why: form.get("why"), words: form.get("words") }, ACT_REASONS);
}

/** The note to the form's page, so that nothing typed is lost. `reason`: null if something else was refused. */
export function keepWhy(form: URLSearchParams, reason: WhyRefusal | null): Note {
  return { why: form.get("why") ?? "", words: (form.get("words") ?? "").slice(0, MOST), refused: reason };
}

const REFUSALS = ["why-missing", "words-missing", "words-too-long", "words-name-somebody"] as const;

/** Null if the note has no reason that was typed. */
export function typedWhyIn(note: Note | null): { why: string; words: string; refusal: WhyRefusal | null } | null {
  const { why, words, refused } = fieldsIn(note);
  if (typeof why !== "string") return null;
  const refusal = REFUSALS.find((each) => each === refused) ?? null;
  return { why, words: typeof words === "string" ? words : "", refusal };
}

/** The fields that a note carries, or those of a form that waited for a code (systems/auth/with-viewer.ts). */
export function fieldsIn(note: Note | null): Note {
  const typed = note?.typed;
  return { ...(typeof typed === "object" ? typed : {}), ...note };
}
