/** `08:30` as minutes after midnight; null where it is no time of day. */
export function minutesOf(text: unknown): number | null {
  const match = /^\s*(\d{1,2})[:：](\d{2})\s*$/.exec(String(text))
  const hours = Number(match?.[1])
  const minutes = Number(match?.[2])
  return match && hours < 24 && minutes < 60 ? hours * 60 + minutes : null
}
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
