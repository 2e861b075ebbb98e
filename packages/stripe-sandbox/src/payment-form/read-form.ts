import type { IncomingMessage } from "node:http";
import { readBody } from "../http/body";
import { SimulatedStripeError } from "../http/errors";
import { type FormMap, parseForm } from "../http/form";
import type { Messages } from "../locales/en";

export type SubmittedFields = Record<string, string>;
export type FieldErrors = Record<string, keyof Messages["errors"]>;

/** Returns the form's fields. Treats an unreadable body as an empty form, so that the page names the missing fields. */
export async function readSubmittedFields(request: IncomingMessage): Promise<SubmittedFields> {
  try {
    return typedOf(parseForm(await readBody(request)));
  } catch (failure) {
    if (failure instanceof SimulatedStripeError) return {};
    throw failure;
  }
}

function typedOf(form: FormMap): SubmittedFields {
  const texts = Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts.map(([name, text]) => [name, text.trim().slice(0, 500)]));
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
