// Stores the message that comes with a gift. The form is accepted only for a day after the gift was started. It must
// contain the nonce of the gift form (`mark`), which only the device that sent the gift form knows.
import { z } from "zod";
import { offeredLanguage, pathWithLanguageParam } from "@/domain/languages";
import { findGiftProgress, findLanguageOfGift } from "@/domain/supporters/gift-progress";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { type Db, database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { saveOrWithdrawGiftMessage } from "@/systems/messages/send-message";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

const PAGE = "/thank-you/message";
const ofGift = z.object({ session: z.string().regex(/^cs_\w{1,250}$/), mark: z.string().regex(/^[\w-]{16,64}$/) });
type OfGift = z.infer<typeof ofGift>;

export const POST = withSameOriginForm(PAGE, async ({ form, headers }) => {
  const db = await database();
  const gift = ofGift.safeParse(Object.fromEntries(form)).data ?? null;
  const answer = await saveOrWithdrawGiftMessage(db, {
    paymentId: gift && (await findPaymentId(db, gift)),
    form,
    headers,
  });
  const locale = offeredLanguage(gift && (await findLanguageOfGift(db, gift.session)), publication);
  return seeOther(
    pathWithLanguageParam(PAGE, locale, publication),
    await flashMessageCookie(PAGE, { ...answer, gift }),
  );
});

/** Returns the id of the gift's payment. Null if no payment has arrived, or if another device started the gift. */
async function findPaymentId(db: Db, { session, mark }: OfGift): Promise<string | null> {
  const progress = await findGiftProgress(db, { checkoutSessionId: session, formNonces: [mark], now: currentTime() });
  return progress.formNonce !== null && progress.kind === "received" ? progress.paymentId : null;
}
