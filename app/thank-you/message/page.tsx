import { z } from "zod";
import { MessageResultView } from "@/components/messages/message-result-view";
import { offeredLanguage } from "@/domain/languages";
import { findLanguageOfGift } from "@/domain/supporters/gift-progress";
import { publication } from "@/publication";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { MESSAGE_LIMIT_WINDOW_MINUTES } from "@/systems/messages/may-write";
import { parseMessageFormFlash } from "@/systems/messages/send-message";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("messages.title");

const ofGift = z.object({ session: z.string(), mark: z.string() });

/** The message and the gift's id come in an encrypted cookie, so that neither is in the URL. */
export default async function MessageResultPage() {
  const note = await readFlashMessage("/thank-you/message");
  const gift = ofGift.safeParse(note?.gift).data ?? null;
  const locale = offeredLanguage(gift && (await findLanguageOfGift(await database(), gift.session)), publication);
  return (
    <MessageResultView
      locale={locale}
      gift={gift}
      minutes={MESSAGE_LIMIT_WINDOW_MINUTES}
      {...parseMessageFormFlash(note)}
    />
  );
}
