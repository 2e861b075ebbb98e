// The `data-manners` of reader pages, which their scripts read (components/browser/own-manners.ts).
import { ownMannersOf } from "@/domain/appeal/manner-choices";
import type { Manners } from "@/domain/appeal/manners";

/** None where the newsroom chose nothing: the page stays as small as it was. */
export function mannersAttribute(manners: Manners): string | undefined {
  const own = ownMannersOf(manners);
  return own ? JSON.stringify(own) : undefined;
}
