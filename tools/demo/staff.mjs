import { runNodeOrThrow } from "../run/spawn.mjs";

/** @param {import("../run/settings.mjs").Stack} stack */
export async function prepareStaffFactors({ settings, usesStandIn }) {
  if (!usesStandIn) return;
  await runNodeOrThrow(
    "Preparing the staff of the demo",
    ["--conditions=react-server", "--import", "tsx", "tools/demo/staff-factor.ts"],
    { env: settings },
  );
}
