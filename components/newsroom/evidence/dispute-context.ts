import type { Translate } from "@/content/messages";
import type { DisputeCase } from "@/domain/newsroom/evidence/dispute-case";
import { formatTime } from "../format-time";

export type DisputeScreenContext = {
  t: Translate;
  disputeCase: DisputeCase;
  timeZone: string;
  now: Date;
  nameOf: (colleagueId: string) => string;
};

export function formatDisputeTime({ t, timeZone }: Pick<DisputeScreenContext, "t" | "timeZone">, at: Date): string {
  return formatTime(t, { at, timeZone });
}

/** Returns the fields with a new request id, so that sending the same form twice makes only one request. */
export function hiddenFieldsWithNewRequestId(fields: Record<string, string>): [name: string, value: string][] {
  return Object.entries({ ...fields, request: crypto.randomUUID() });
}
