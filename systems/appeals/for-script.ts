// Attributes of the document that tell the scripts of reader pages about the live appeal and the site's risk. Every reader gets the
// same attributes.
import { changedManners } from "../../domain/appeal/manner-choices";
import { env } from "../env";
import { findManners } from "./reader-appeal";

/** Under high risk `data-neutral` tells the script to store nothing that shows a gift (domain/appeal/neutral-memory.ts). */
export type ScriptAttributes = { "data-manners"?: string; "data-neutral"?: string };

export async function findScriptAttributes(): Promise<ScriptAttributes> {
  const own = changedManners(await findManners());
  return {
    // Left out if the manners are the script's defaults, to keep the page small.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
