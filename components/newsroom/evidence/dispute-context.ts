import type { Translate } from "@/content/messages";
import type { DisputeCase } from "@/domain/newsroom/evidence/dispute-case";
import { formatDateAndTime } from "../format-time";

export type DisputeScreenContext = {
  t: Translate;
  disputeCase: DisputeCase;
  timeZone: string;
  now: Date;
  nameOf: (colleagueId: string) => string;
};

export function formatDisputeTime({ t, timeZone }: Pick<DisputeScreenContext, "t" | "timeZone">, at: Date): string {
  return formatDateAndTime(t, { at, timeZone });
}

/**
 * Returns the hidden fields of a form, with a new random id in `request`. If the same form is sent twice, the site
 * recognizes the id and acts only once.
 */
export function hiddenFieldsWithNewRequestId(fields: Record<string, string>): [name: string, value: string][] {
  return Object.entries({ ...fields, request: crypto.randomUUID() });
}
