// Reads the Stripe-Version header. Refuses a version that is neither published nor a possible preview, so that a typing
// mistake does not go unnoticed.
import { API_VERSION } from "../objects";
import { invalidRequest } from "./errors";
import VALUES from "./stripe-values.json";

/**
 * The API version of a call without a Stripe-Version header. It is the last version in which Stripe accepted the
 * parameter payment_method_types.
 */
const DEFAULT_VERSION = "2026-03-25.dahlia";

/** The versions that the types of the `stripe` package list, and the version that the stand-in implements. */
const PUBLISHED = new Set([...VALUES["POST /v1/webhook_endpoints"].api_version.split(" "), API_VERSION]);

const PREVIEW = /^(\d{4}-\d{2}-\d{2})\.preview$/;
const FIRST_PREVIEW = "2024-09-30";

export function apiVersionOf(header: string | string[] | undefined): string {
  if (header === undefined || header === "") return DEFAULT_VERSION;
  const text = String(header);
  if (PUBLISHED.has(text) || isPreview(text)) return text;
  const message = `Invalid Stripe API version: ${text.slice(0, 60)}. The newest version built here is ${API_VERSION}.`;
  throw invalidRequest(message);
}

function isPreview(text: string): boolean {
  const [, day = ""] = PREVIEW.exec(text) ?? [];
  return !Number.isNaN(Date.parse(day)) && day >= FIRST_PREVIEW && day <= API_VERSION.slice(0, day.length);
}
