// Searches by e-mail address, id or receipt number. The form uses POST, and the redirect's URL contains at most an id
// or a receipt number. So no e-mail address gets into a URL or a log.
import { searchSupportersAndPayments } from "@/domain/newsroom/people/find";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/people";
const MAX_SEARCH_LENGTH = 254;

export const POST = withStaff("people", PAGE, async ({ form }) => {
  const text = (form.get("what") ?? "").slice(0, MAX_SEARCH_LENGTH);
  const found = await searchSupportersAndPayments(await database(), {
    text,
    identity: identityCrypto(),
    now: currentTime(),
  });
  switch (found.kind) {
    case "supporter":
      return seeOther(`/newsroom/people/${found.supporterId}`);
    case "payment":
      return seeOther(`/newsroom/payments/${found.paymentId}`);
    case "payments":
      return seeOther(`${PAGE}?${new URLSearchParams({ number: found.number })}`);
    case "gift":
      return seeOther(`/newsroom/gifts/${found.recurringGiftId}`);
    case "seat":
      return seeOther(PAGE, await flashMessageCookie(PAGE, { typed: text, none: "seat" }));
    case "none":
      return seeOther(PAGE, await flashMessageCookie(PAGE, { typed: text, none: found.searched }));
  }
});
