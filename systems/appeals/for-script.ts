// Attributes of the document that tell the scripts of reader pages about the live appeal and the site's risk. The same for every reader.
import { ownMannersOf } from "../../domain/appeal/manner-choices";
import { publication } from "../../publication";
import { env } from "../env";
import { getAppealFor } from "./reader-appeal";

/** Under high risk `data-neutral` tells the script to keep nothing that shows a gift (domain/appeal/neutral-memory.ts). */
export type ForScript = { "data-manners"?: string; "data-neutral"?: string };

export async function attributesForScript(): Promise<ForScript> {
  const { manners } = await getAppealFor(publication.defaultLanguage);
  const own = ownMannersOf(manners);
  return {
    // Left out if nothing differs from the script's own numbers, to keep the page small.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
