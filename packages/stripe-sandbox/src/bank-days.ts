// Calculates with bank days, in UTC: Saturdays and Sundays are not working days, and public holidays do not exist.
export function minutesToSeconds(count: number): number {
  return count * 60;
}

export function secondsInDays(count: number): number {
  return count * 86_400;
}

export function startOfUtcDay(seconds: number): number {
  return seconds - (seconds % secondsInDays(1));
}

export function afterBankDays(start: number, count: number): number {
  let day = start;
  for (let daysLeft = count; daysLeft > 0; ) {
    day += secondsInDays(1);
    if (!isWeekend(day)) daysLeft -= 1;
  }
  return day;
}

function isWeekend(seconds: number): boolean {
  const day = new Date(seconds * 1000).getUTCDay();
  return day === 0 || day === 6;
}
