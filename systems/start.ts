import "server-only";
import { rederiveTotalsIfRulesOrTimeZoneChanged } from "../domain/ledger/check/stored-totals";
import { removeOrReinstateRootColleagues } from "../domain/newsroom/staff/colleagues";
import { publication } from "../publication";
import { seedFirstAppeal } from "./appeals/seed";
import { staffChangeContext } from "./auth/staff";
import { keepClockInSyncWithStandIn } from "./clock";
import { refuseCrashPoints } from "./crash-points";
import { database } from "./database";
import { requireOwnRecipientIfLive } from "./demo-recipient";
import { env, isLiveMode } from "./env";
import { eraseRestoredSupportersAtStart } from "./erasure";
import { createErasureListIfMissing } from "./erasure-list";
import { endJobs, startJobs } from "./jobs";
import { log } from "./log";
import { runtime } from "./runtime";

/** Starts the site. If a setting or the database is wrong, logs one clear line and exits the process. */
export async function startSite(): Promise<void> {
  try {
    warnOfSettings();
    refuseCrashPoints({ live: isLiveMode() });
    requireOwnRecipientIfLive(publication, { live: isLiveMode() });
    const db = await database();
    await keepClockInSyncWithStandIn();
    if (await rederiveTotalsIfRulesOrTimeZoneChanged(db, publication.timeZone))
      log.info({}, "recalculated the ledger's sums");
    createErasureListIfMissing();
    await eraseRestoredSupportersAtStart(db);
    await removeOrReinstateRootColleagues(db, staffChangeContext());
    await seedFirstAppeal(db);
  } catch (error) {
    log.fatal({ error: error instanceof Error ? error.message : String(error) }, "Appeal could not start");
    process.exit(1);
  }
  startJobs();
  // This handler does not exit the process. The server does: tools/run/serve.ts, or Next's own server in development.
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => {
      runtime.jobsEnded ??= endJobs().catch(() => {});
    });
}

/** Warns about settings that work but protect less than they could. */
function warnOfSettings(): void {
  if (env().TRUSTED_PROXY_HOPS > 0) return;
  log.warn(
    { setting: "TRUSTED_PROXY_HOPS" },
    "TRUSTED_PROXY_HOPS is 0: the clients' IP addresses are unknown, so limits apply only per e-mail address and to the whole site",
  );
}
