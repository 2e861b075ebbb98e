// Refuses to start the site with a live key while publication.ts names the demo's invented recipient. Otherwise real
// people would give real money to an organisation that does not exist.
import "server-only";
import { wordingsOf } from "../domain/localized";
import type { Publication } from "../domain/publication";

const PLACEHOLDER = /\bExample\b|0{8}/;

export function requireOwnRecipientIfLive(
  { recipient }: Pick<Publication, "recipient">,
  { live }: { live: boolean },
): void {
  const { legalName, registration, address, taxNote } = recipient;
  const facts = [legalName, registration ?? "", address, taxNote].flatMap(wordingsOf);
  if (live && facts.some((fact) => PLACEHOLDER.test(fact)))
    throw new Error(
      "publication.ts still names the demo's recipient: name who receives the money before you use a live key",
    );
}
