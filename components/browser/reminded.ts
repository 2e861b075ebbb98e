// A reader who comes from the mail that reminded them has been asked by it: the banner rests, so that the two ask once together.
import { afterClosing } from "../../domain/appeal/after-answer";
import { FROM_REMINDER } from "../../domain/appeal/manners";
import { updateMemory } from "./memory";
import { ownManners } from "./own-manners";

export function noteReminder(): void {
  if (!new URLSearchParams(location.search).has(FROM_REMINDER)) return;
  const manners = ownManners();
  updateMemory((reader, at) => afterClosing(reader, { way: "reminder", at, manners }));
}
