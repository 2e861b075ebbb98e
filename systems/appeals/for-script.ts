// Every reader gets the same attributes.
import { nonDefaultManners } from "../../domain/appeal/manner-choices";
import { env } from "../env";
import { findManners } from "./reader-appeal";

/** With `data-neutral`, the script stores nothing that shows a gift (domain/appeal/neutral-memory.ts). */
export type ScriptAttributes = { "data-manners"?: string; "data-neutral"?: string };

export async function findScriptAttributes(): Promise<ScriptAttributes> {
  const own = nonDefaultManners(await findManners());
  return {
    // Left out if the values are the script's defaults, to keep the page small.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
