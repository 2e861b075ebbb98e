// What the scripts of reader pages must know of the live appeal and of the site's risk, as attributes of the document. The same for every
// reader.
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
    // None where all are the script's own: the page stays as small as it was.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
