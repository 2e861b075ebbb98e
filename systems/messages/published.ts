// The published messages of supporters, as this process last read them (keep-fresh.ts).
import { listPublishedMessages, type PublishedMessage } from "../../domain/supporters/published-messages";
import { database } from "../database";
import { identityCrypto } from "../identity";
import { refreshCacheIfOld } from "../keep-fresh";
import { type PublishedMessagesCache, runtime } from "../runtime";
import { offersGiftMessages } from "./offers-messages";

/** Returns the published messages; none if OUTLET_RISK is high. */
export async function listCachedPublishedMessages(): Promise<readonly PublishedMessage[]> {
  if (!offersGiftMessages()) return [];
  const cache = state();
  await refreshCacheIfOld(cache, {
    refresh: async () => {
      cache.messages = await listPublishedMessages(await database(), identityCrypto());
    },
    failureMessage: "the ledger does not answer; readers get the messages that were read last",
  });
  return cache.messages;
}

/**
 * Deletes this process's cached messages. The next reader whom this process serves waits until the messages are read
 * from the ledger.
 */
export function clearPublishedMessagesCache(): void {
  runtime.publishedMessages = undefined;
}

function state(): PublishedMessagesCache {
  runtime.publishedMessages ??= { messages: [], refreshedAtMs: Number.NEGATIVE_INFINITY, isUnavailable: false };
  return runtime.publishedMessages;
}
