// With a live key real people give real money, so a page must not tell them that an invented organization takes it.
import { wordingsOf } from "../domain/localized";
import type { Publication } from "../domain/publication";

const PLACEHOLDER = /\bExample\b|0{8}/;

/** Throws where the recipient in publication.ts is still the demo's and the key moves real money. */
export function refuseDemoRecipient({ recipient }: Pick<Publication, "recipient">, { live }: { live: boolean }): void {
  const { legalName, registration, address, taxNote } = recipient;
  const facts = [legalName, registration ?? "", address, taxNote].flatMap(wordingsOf);
  if (live && facts.some((fact) => PLACEHOLDER.test(fact)))
    throw new Error(
      "publication.ts still names the demo's recipient: say who takes the money before you use a live key",
    );
}
