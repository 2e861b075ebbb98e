import { mustRun } from "../run/spawn.mjs";

/** @param {import("../run/settings.mjs").Stack} stack */
export async function prepareStaff({ settings, usesStandIn }) {
  if (!usesStandIn) return;
  await mustRun(
    "Preparing the staff of the demo",
    ["--conditions=react-server", "--import", "tsx", "tools/demo/staff-factor.ts"],
    { env: settings },
  );
}
