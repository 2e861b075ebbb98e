// The attributes of the reader script's element. They are the same for every reader.
import { nonDefaultManners } from "../../domain/appeal/manner-choices";
import { env } from "../env";
import { getMannersInForce } from "./reader-appeal";

/**
 * `data-manners`: the live appeal's manners, as JSON. `data-neutral`: set if OUTLET_RISK is high. The script then
 * stores nothing that reveals a gift (domain/appeal/memory-for-high-risk.ts). The only exception is sessionStorage,
 * which lists the sent gift forms until the tab is closed.
 */
export type AppealScriptAttributes = { "data-manners"?: string; "data-neutral"?: string };

export async function findAppealScriptAttributes(): Promise<AppealScriptAttributes> {
  const own = nonDefaultManners(await getMannersInForce());
  return {
    // The attribute is left out if all values are the script's defaults, to keep the page small.
    ...(own && { "data-manners": JSON.stringify(own) }),
    ...(env().OUTLET_RISK === "high" && { "data-neutral": "" }),
  };
}
