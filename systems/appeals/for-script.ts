// Attributes of the HTML document for the scripts of reader pages. They say when the live appeal may show, and how dangerous it
// is for readers to be known as supporters. Every reader gets the same attributes.
import { nonDefaultManners } from "../../domain/appeal/manner-choices";
import { env } from "../env";
import { findManners } from "./reader-appeal";

/**
 * `data-neutral` is set if the setting OUTLET_RISK is high. The script then stores nothing that shows a gift
 * (domain/appeal/neutral-memory.ts).
 */
export type ScriptAttributes = { "data-manners"?: string; "data-neutral"?: string };

export async function findScriptAttributes(): Promise<ScriptAttributes> {
  const own = nonDefaultManners(await findManners());
  return {
    // Left out if the values are the script's defaults, to keep the page small.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
