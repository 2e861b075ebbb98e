// The published messages, as this process last read them. /give asks here before it is drawn, so a withdrawn message is gone on every
// instance within a second, and no reader waits for a ledger that does not answer (keep-fresh.ts).
import { listPublishedMessages, type PublishedMessage } from "../../domain/supporters/published-messages";
import { database } from "../database";
import { ownIdentity } from "../identity";
import { type Freshness, keepFresh } from "../keep-fresh";
import { runtime } from "../runtime";
import { offersMessages } from "./offers-messages";

export type PublishedShelf = Freshness & { messages: readonly PublishedMessage[] };

/** Finds the messages that readers may see; none under high risk. */
export async function findPublishedMessages(): Promise<readonly PublishedMessage[]> {
  if (!offersMessages()) return [];
  const shelf = state();
  await keepFresh(shelf, {
    look: async () => {
      shelf.messages = await listPublishedMessages(await database(), ownIdentity());
    },
    away: "the ledger is away: readers see the messages that were read last",
  });
  return shelf.messages;
}

/** Call it after a message was published, hidden or withdrawn: the next reader of this process waits for a new look. */
export function renewPublishedMessages(): void {
  runtime.publishedMessages = undefined;
}

function state(): PublishedShelf {
  runtime.publishedMessages ??= { messages: [], lookedAtMs: Number.NEGATIVE_INFINITY, isAway: false };
  return runtime.publishedMessages;
}
