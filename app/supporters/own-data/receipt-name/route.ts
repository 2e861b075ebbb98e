import { parseReceiptName, saveReceiptName } from "@/domain/supporters/receipt-name";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/own-data";
/**
 * The maximum length of the typed name, in characters. A longer name is cut. The reason: if the name is refused, it
 * must fit into a small cookie, from which the page shows it again.
 */
const MAX_TYPED_LENGTH = 300;

export const POST = withSupporter(PAGE, async ({ form, viewer: { supporterId } }) => {
  const typed = (form.get("name") ?? "").slice(0, MAX_TYPED_LENGTH);
  const parsed = parseReceiptName(typed);
  if (parsed.kind === "refused")
    return seeOther(PAGE, await flashMessageCookie(PAGE, { name: typed, refused: parsed.reason }));
  await saveReceiptName(await database(), { supporterId, name: parsed.name, identity: identityCrypto() });
  return seeOther(PAGE, await flashMessageCookie(PAGE, { done: parsed.name === null ? "name-gone" : "name" }));
});
