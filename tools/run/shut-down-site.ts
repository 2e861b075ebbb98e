type ShutdownSteps = Record<"endServer" | "writeReports" | "closePages" | "endJobs", () => Promise<void>>;

/**
 * Shuts the site down in this order. The reports are written right after the last request, because the process can be
 * killed during later steps.
 */
export async function shutDownSite({ endServer, writeReports, closePages, endJobs }: ShutdownSteps): Promise<void> {
  await endServer();
  await writeReports();
  await closePages();
  await endJobs();
}
