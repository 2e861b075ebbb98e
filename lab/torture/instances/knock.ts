// Asks both servers for sign-in links at the same moment: what each lets through is counted together, by the mails that come.
import { setTimeout as delay } from "node:timers/promises";
import { inTurns } from "../in-turns";
import type { Instance } from "./instance";
import type { Seen } from "./main";

/** What docs and systems/auth/send-link.ts promise of an hour. */
const MOST = { address: 5, client: 30 };
const QUIET_MS = 6_000;

export async function knockAtBoth(both: Instance[]): Promise<Seen> {
  // One address, asked for from everywhere; then one client that asks for many. No gift is of these.
  const oneAddress = Array.from({ length: 20 }, (_, n) => ({
    email: "rosa@example.org",
    client: `203.0.113.${n + 1}`,
  }));
  const oneClient = Array.from({ length: 60 }, (_, n) => ({
    email: `made-up-${n}@example.org`,
    client: "198.51.100.7",
  }));
  await knock([...oneAddress, ...oneClient], both);
  await untilQuiet(both);
  const mails = mailsTo(both);
  const ofAddress = mails.filter((to) => to === "rosa@example.org").length;
  const ofClient = mails.filter((to) => to.startsWith("made-up-")).length;
  return {
    rows: [
      [
        `sign-in links for one address, asked for ${oneAddress.length} times at both (most: ${MOST.address} an hour)`,
        ofAddress,
      ],
      [
        `sign-in links for one client, asked for ${oneClient.length} times at both (most: ${MOST.client} an hour)`,
        ofClient,
      ],
    ],
    differences: [
      ...(ofAddress === MOST.address ? [] : [`one address got ${ofAddress} links`]),
      ...(ofClient === MOST.client ? [] : [`one client got ${ofClient} links`]),
    ],
  };
}

/** Half at each server, many at once. */
async function knock(asked: { email: string; client: string }[], both: Instance[]): Promise<void> {
  await inTurns(
    asked.entries(),
    async ([n, { email, client }]) => {
      const headers = { "x-forwarded-for": client, "sec-fetch-site": "same-origin" };
      const body = new URLSearchParams({ email, next: "/supporters" });
      const address = both[n % both.length]?.address;
      const response = await fetch(`${address}/sign-in/send`, { method: "POST", redirect: "manual", headers, body });
      if (response.status !== 303) throw new Error(`a question for a link was answered ${response.status}`);
    },
    16,
  );
}

async function untilQuiet(both: Instance[]): Promise<void> {
  for (let seen = -1; seen !== mailsTo(both).length; await delay(QUIET_MS)) seen = mailsTo(both).length;
}

/** To whom each mail went, in whichever of the two inboxes. */
function mailsTo(both: Instance[]): string[] {
  return both
    .flatMap(({ inbox }) => inbox.mails)
    .map((mail) => /^to: *(.+?)\r?$/im.exec(mail)?.[1]?.replace(/[<>]/g, "") ?? "");
}
