import { notFound } from "next/navigation";
import { stopMailTo } from "@/domain/supporters/mail-stops";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { addressLinkPath, openAddressLink } from "@/systems/links/address-link";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";

export const POST = withOwnForm<{ token: string }>(
  ({ params }) => addressLinkPath(params.token),
  async ({ params: { token } }) => {
    const emailHash = openAddressLink(token) ?? notFound();
    await stopMailTo(await database(), { emailHash, now: currentTime() });
    return seeOther(addressLinkPath(token));
  },
);
