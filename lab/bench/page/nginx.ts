// Starts nginx as a tuned file server that sends the same responses as the site: the page's bytes from files, its
// headers from the configuration.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { includeInStopAll } from "../../../tools/run/processes.mjs";
import type { EncodedPageResponse } from "./page-copy";

export type RunningNginx = { version: string; pid: number };

/**
 * Starts nginx, which serves each copy at the path of its coding, such as `/gzip`. Returns null if nginx is not
 * installed.
 */
export async function startNginx(
  copies: EncodedPageResponse[],
  { port, folder }: { port: number; folder: string },
): Promise<RunningNginx | null> {
  const { status, stderr } = spawnSync("nginx", ["-v"], { encoding: "utf8" });
  if (status !== 0) return null;
  const files = join(folder, "files");
  for (const name of [files, join(folder, "temp")]) mkdirSync(name, { recursive: true });
  for (const { coding, body } of copies) writeFileSync(join(files, coding), body);
  const config = join(folder, "nginx.conf");
  writeFileSync(config, configOf(copies, { port, folder }));
  const child = spawn("nginx", ["-p", folder, "-c", config], { stdio: "inherit" });
  includeInStopAll(child);
  const version = /nginx\/([\d.]+)/.exec(stderr)?.[1] ?? "";
  return { version, pid: child.pid ?? 0 };
}

function configOf(copies: EncodedPageResponse[], { port, folder }: { port: number; folder: string }): string {
  const locations = copies.map(({ coding, headers }) => {
    const own = headers.filter(([name]) => !/^(?:content-type|content-length|etag)$/i.test(name));
    return `location = /${coding} { ${own.map(([name, value]) => `add_header ${name} "${value}";`).join(" ")} }`;
  });
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/temp/${kind};`,
  );
  return `daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log;
worker_processes auto;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=10;
  keepalive_requests 100000000;
  default_type "text/html; charset=utf-8";
  ${temp.join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    root ${folder}/files;
    ${locations.join("\n    ")}
  }
}
`;
}
