// A reminder mail already asks for a gift, so the banner rests for readers who come from such a mail.
import { afterClosing } from "../../domain/appeal/after-answer";
import { FROM_REMINDER } from "../../domain/appeal/manners";
import { updateMemory } from "./memory";
import { ownManners } from "./own-manners";

export function restAfterReminder(): void {
  if (!new URLSearchParams(location.search).has(FROM_REMINDER)) return;
  const manners = ownManners();
  updateMemory((reader, at) => afterClosing(reader, { way: "reminder", at, manners }));
}
