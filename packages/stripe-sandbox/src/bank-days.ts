// Durations in seconds, and dates of bank transfers in Unix seconds. A day begins at midnight UTC; banks rest at weekends.
export function secondsInMinutes(count: number): number {
  return count * 60;
}

export function secondsInDays(count: number): number {
  return count * 86_400;
}

export function startOfDay(at: number): number {
  return at - (at % secondsInDays(1));
}

/** Returns the same time of day, `count` working days later. */
export function afterBankDays(from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0; ) {
    at += secondsInDays(1);
    if (!isWeekend(at)) left -= 1;
  }
  return at;
}

function isWeekend(at: number): boolean {
  const day = new Date(at * 1000).getUTCDay();
  return day === 0 || day === 6;
}
