// Every reader gets the same attributes.
import { nonDefaultManners } from "../../domain/appeal/manner-choices";
import { env } from "../env";
import { findLiveManners } from "./reader-appeal";

/** With `data-neutral`, the script stores nothing that shows a gift (domain/appeal/memory-for-high-risk.ts). */
export type ScriptAttributes = { "data-manners"?: string; "data-neutral"?: string };

export async function findScriptAttributes(): Promise<ScriptAttributes> {
  const own = nonDefaultManners(await findLiveManners());
  return {
    // Left out if the values are the script's defaults, to keep the page small.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
