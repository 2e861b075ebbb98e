// The data shared by all parts of a dispute's page.
import type { Translate } from "@/content/messages";
import type { DisputeCase } from "@/domain/newsroom/evidence/dispute-case";
import { formatTime } from "../format-time";

export type DisputeDesk = {
  t: Translate;
  found: DisputeCase;
  timeZone: string;
  now: Date;
  /** A colleague as the others see them. */
  nameOf: (colleagueId: string) => string;
};

export function timeOn({ t, timeZone }: Pick<DisputeDesk, "t" | "timeZone">, at: Date): string {
  return formatTime(t, { at, timeZone });
}

/** The fields that every form of the page carries. */
export function hiddenFields(fields: Record<string, string>): [name: string, value: string][] {
  return Object.entries({ ...fields, request: crypto.randomUUID() });
}
