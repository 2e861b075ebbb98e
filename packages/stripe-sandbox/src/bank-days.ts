// Bank days in Unix seconds: days begin at midnight UTC, and nothing moves at weekends.
export function minutes(count: number): number {
  return count * 60;
}

export function days(count: number): number {
  return count * 86_400;
}

export function startOfDay(at: number): number {
  return at - (at % days(1));
}

/** The same time of day, a number of working days later. */
export function afterBankDays(from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0; ) {
    at += days(1);
    if (!isWeekend(at)) left -= 1;
  }
  return at;
}

function isWeekend(at: number): boolean {
  const day = new Date(at * 1000).getUTCDay();
  return day === 0 || day === 6;
}
