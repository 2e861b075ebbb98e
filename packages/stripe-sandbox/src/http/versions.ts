// Stripe's API versions: a date, and since 2024 the name of its release train. A version that Stripe never published is
// refused, so that a typing mistake does not pass unseen.
import { API_VERSION } from "../objects";
import { invalid } from "./errors";
import VALUES from "./stripe-values.json";

/** What a caller without a Stripe-Version speaks: the last version that still took payment_method_types. */
const DEFAULT_VERSION = "2026-03-25.dahlia";

/** Every version that Stripe published, from the official package's types, and the one built here. */
const PUBLISHED = new Set([...VALUES["POST /v1/webhook_endpoints"].api_version.split(" "), API_VERSION]);

/** Previews have the days between those of the versions, since the first train that had one. */
const PREVIEW = /^(\d{4}-\d{2}-\d{2})\.preview$/;
const FIRST_PREVIEW = "2024-09-30";

export function versionOf(given: string | string[] | undefined): string {
  if (given === undefined || given === "") return DEFAULT_VERSION;
  const text = String(given);
  if (PUBLISHED.has(text) || isPreview(text)) return text;
  const message = `Invalid Stripe API version: ${text.slice(0, 60)}. The newest version built here is ${API_VERSION}.`;
  throw invalid(message);
}

function isPreview(text: string): boolean {
  const [, day = ""] = PREVIEW.exec(text) ?? [];
  return !Number.isNaN(Date.parse(day)) && day >= FIRST_PREVIEW && day <= API_VERSION.slice(0, day.length);
}
