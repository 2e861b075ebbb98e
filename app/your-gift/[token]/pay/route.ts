// Redirects to Stripe's page for the unpaid invoice, or back to the gift's page if no invoice is open. E-mails link to
// this route. A request changes nothing, so it does no harm if a mail program opens the link by itself.

import { flashMessageCookie } from "@/systems/flash-message";
import { giftLinkPath } from "@/systems/links/gift-link";
import { requireKnownGiftLink } from "@/systems/links/with-gift-link";
import { findInvoicePayPage } from "@/systems/open-invoice";
import { pathInFormLanguage } from "@/systems/requested-language";
import { seeOther } from "@/systems/same-origin-form";

export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const path = giftLinkPath(token);
  const { kind, linked } = await requireKnownGiftLink(token);
  const page = kind === "open" ? await findInvoicePayPage(linked.subscriptionId) : null;
  if (page) return seeOther(page);
  const own = pathInFormLanguage(path, new URL(request.url).searchParams);
  return seeOther(own, await flashMessageCookie(path, { done: "nothing-open" }));
}
