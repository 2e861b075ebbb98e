// Refuses the demo's invented recipient with a live key, when real people give real money.
import "server-only";
import type { Publication } from "../domain/publication";

const PLACEHOLDER = /\bExample\b|0{8}/;

/** Throws when the key is live and publication.ts still names the demo's recipient. */
export function refuseDemoRecipient({ recipient }: Pick<Publication, "recipient">, { live }: { live: boolean }): void {
  const { legalName, registration, address } = recipient;
  if (live && [legalName, registration ?? "", address].some((fact) => PLACEHOLDER.test(fact)))
    throw new Error(
      "publication.ts still names the demo's recipient: name who receives the money before you use a live key",
    );
}
