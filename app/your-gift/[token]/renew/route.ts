import { dayOn } from "@/domain/calendar";
import { queueNewGiftLink } from "@/domain/supporters/linked-recurring-gift";
import { publication } from "@/publication";
import { mayAskForLink } from "@/systems/auth/link-limits";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { giftLinkPath } from "@/systems/links/gift-link";
import { requireGiftLink } from "@/systems/links/with-gift-link";
import { noteFor } from "@/systems/note";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";
import { wakeJobs } from "@/systems/wake-jobs";

/** Mails a new link. The answer is the same whether or not the ledger knows an address for the gift. */
export const POST = withOwnForm<{ token: string }>(
  ({ params }) => giftLinkPath(params.token),
  async ({ headers, params: { token } }) => {
    const path = giftLinkPath(token);
    const { kind, linked } = await requireGiftLink(token);
    if (kind === "open") return seeOther(path);
    const [db, now] = [await database(), currentTime()];
    const mayAsk = await mayAskForLink(db, { subject: linked.subscriptionId, headers, now });
    if (!mayAsk) return seeOther(path, await noteFor(path, { done: "often" }));
    await queueNewGiftLink(db, { linked, day: dayOn(now, publication.timeZone), now });
    wakeJobs();
    return seeOther(path, await noteFor(path, { done: "mailed" }));
  },
);
