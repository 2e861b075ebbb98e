// Runs once when the server starts: settings and database are checked before the first reader is served.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("./systems/env");
  const { database } = await import("./systems/database");
  const { startJobs } = await import("./systems/jobs");
  try {
    env();
    await database();
  } catch (error) {
    process.stderr.write(`Appeal does not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  startJobs();
}
