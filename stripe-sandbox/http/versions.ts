// Stripe's API versions: a date, and since 2024 the name of its release train. A version that Stripe never published is
// refused, so that a typing mistake does not pass unseen.
import { API_VERSION } from "../objects";
import { invalid } from "./errors";

/** What a caller without a Stripe-Version speaks: the last version that still took payment_method_types. */
const DEFAULT_VERSION = "2026-03-25.dahlia";

/** The first day of each train, the newest first. Before the first of them a version was a date alone. */
const TRAINS = [
  ["2026-09-30", "endive"],
  ["2026-03-25", "dahlia"],
  ["2025-09-30", "clover"],
  ["2025-03-31", "basil"],
  ["2024-09-30", "acacia"],
] as const;
const OLDEST = "2011-01-01";

export function versionOf(given: string | string[] | undefined): string {
  if (given === undefined || given === "") return DEFAULT_VERSION;
  const text = String(given);
  if (isVersion(text)) return text;
  const message = `Invalid Stripe API version: ${text.slice(0, 60)}. The newest version built here is ${API_VERSION}.`;
  throw invalid(message);
}

function isVersion(text: string): boolean {
  const [, day = "", name = ""] = /^(\d{4}-\d{2}-\d{2})(?:\.([a-z]+))?$/.exec(text) ?? [];
  if (Number.isNaN(Date.parse(day)) || day < OLDEST || day > API_VERSION.slice(0, day.length)) return false;
  const train = TRAINS.find(([first]) => day >= first)?.[1] ?? "";
  return name === train || (name === "preview" && train !== "");
}
