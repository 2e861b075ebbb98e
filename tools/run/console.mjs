// What our commands say: a heading a step, its seconds, a bar for what takes long, and one plain message where it cannot go on.
const isTerminal = process.stdout.isTTY === true && process.env.TERM !== "dumb";
const barWidth = 32;
const heartbeatMs = 15_000;

/** Something that the person at the keyboard can put right: shown without a stack trace. */
export class Stop extends Error {}

function paint(code, text) {
  return isTerminal && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
}

export const bold = (text) => paint("1", text);
export const dim = (text) => paint("2", text);
export const red = (text) => paint("31", text);
export const green = (text) => paint("32", text);

export function secondsSince(startedAt) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** Runs one step under a heading. A silent one says now and then that it is still alive. */
export async function step(heading, run, { silent = true } = {}) {
  const startedAt = Date.now();
  console.log(`${bold("→")} ${heading}`);
  const beat = () => console.log(dim(`  … ${secondsSince(startedAt)}`));
  const heartbeat = silent ? setInterval(beat, heartbeatMs) : undefined;
  try {
    const result = await run();
    console.log(dim(`  ${secondsSince(startedAt)}`));
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A bar that is drawn again in place; where the output is no terminal, a line each tenth of the way. */
export function progressBar() {
  let told = -1;
  return (done, total, text = "") => {
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    if (isTerminal) {
      const filled = Math.round(share * barWidth);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      process.stdout.write(`\r  ${bar} ${Math.round(share * 100)} % ${text}\u001b[K${share === 1 ? "\n" : ""}`);
    } else if (Math.floor(share * 10) > told) {
      told = Math.floor(share * 10);
      console.log(`  ${Math.round(share * 100)} % ${text}`);
    }
  };
}

/** Runs a command's main function; a Stop or a failure ends with exit code 1 after `cleanUp`. */
export async function runCommand(main, cleanUp = async () => {}) {
  try {
    await main();
  } catch (error) {
    await cleanUp();
    console.error(`\n${red("✗")} ${error instanceof Stop ? error.message : (error?.stack ?? error)}\n`);
    process.exit(1);
  }
}
