import { notFound } from "next/navigation";
import { stopMailToAddress } from "@/domain/supporters/stopped-addresses";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { unsealEmailHash, wrongAddressPagePath } from "@/systems/links/address-link";
import { pathInFormLanguage } from "@/systems/requested-language";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

export const POST = withSameOriginForm<{ token: string }>(pageOf, async (sent) => {
  const { token } = sent.params;
  const emailHash = unsealEmailHash(token) ?? notFound();
  await stopMailToAddress(await database(), { emailHash, now: currentTime() });
  return seeOther(pageOf(sent));
});

function pageOf({ form, params }: { form: URLSearchParams; params: { token: string } }): string {
  return pathInFormLanguage(wrongAddressPagePath(params.token), form);
}
