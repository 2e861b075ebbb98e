import { setTimeout as delay } from "node:timers/promises";
import { withConcurrency } from "../with-concurrency";
import type { SiteInstance } from "./instance";
import type { TrialResult } from "./trial-result";

/**
 * The site's limits for sign-in links in 15 minutes: per e-mail address, and per client (systems/auth/link-limits.ts).
 */
const LIMITS = { email: 12, client: 10 };
const QUIET_MS = 6_000;

export async function trySignInLinkLimits(both: SiteInstance[]): Promise<TrialResult> {
  // First, many clients ask for one e-mail address. Then one client asks for many addresses, none of which belongs to a
  // supporter.
  const oneEmail = Array.from({ length: 20 }, (_, n) => ({
    email: "rosa@example.org",
    client: `203.0.113.${n + 1}`,
  }));
  const oneClient = Array.from({ length: 60 }, (_, n) => ({
    email: `made-up-${n}@example.org`,
    client: "198.51.100.7",
  }));
  await requestLinks([...oneEmail, ...oneClient], both);
  await untilQuiet(both);
  const mails = mailsTo(both);
  const ofEmail = mails.filter((to) => to === "rosa@example.org").length;
  const ofClient = mails.filter((to) => to.startsWith("made-up-")).length;
  return {
    rows: [
      [
        `sign-in links for one e-mail address, requested ${oneEmail.length} times at both (limit: ${LIMITS.email})`,
        ofEmail,
      ],
      [`sign-in links for one client, requested ${oneClient.length} times at both (limit: ${LIMITS.client})`, ofClient],
    ],
    differences: [
      ...(ofEmail === LIMITS.email ? [] : [`one e-mail address got ${ofEmail} links`]),
      ...(ofClient === LIMITS.client ? [] : [`one client got ${ofClient} links`]),
    ],
  };
}

async function requestLinks(requests: { email: string; client: string }[], both: SiteInstance[]): Promise<void> {
  await withConcurrency(
    requests.entries(),
    async ([n, { email, client }]) => {
      const headers = { "x-forwarded-for": client, "sec-fetch-site": "same-origin" };
      const body = new URLSearchParams({ email, next: "/supporters" });
      const address = both[n % both.length]?.baseUrl;
      const response = await fetch(`${address}/sign-in/send`, { method: "POST", redirect: "manual", headers, body });
      if (response.status !== 303) throw new Error(`a request for a link was answered ${response.status}`);
    },
    16,
  );
}

async function untilQuiet(both: SiteInstance[]): Promise<void> {
  for (let seen = -1; seen !== mailsTo(both).length; await delay(QUIET_MS)) seen = mailsTo(both).length;
}

function mailsTo(both: SiteInstance[]): string[] {
  return both
    .flatMap(({ inbox }) => inbox.mails)
    .map((mail) => /^to: *(.+?)\r?$/im.exec(mail)?.[1]?.replace(/[<>]/g, "") ?? "");
}
